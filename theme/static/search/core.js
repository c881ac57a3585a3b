// Search in the browser: analysis, shards, ranking. The same rules, in the same whole numbers, as
// plugins/search (analysis.py, repair.py, plan.py, ranking.py); a change here is a change there.

const TONES = {'\u0300': 1, '\u0301': 2, '\u0309': 3, '\u0303': 4, '\u0323': 5};
const QUALITIES = {'a\u0306': 1, 'a\u0302': 2, 'e\u0302': 1, 'o\u0302': 1, 'o\u031b': 2, 'u\u031b': 1};
const RADIX = {a: 3, e: 2, o: 3, u: 2, d: 2};
const FINAL_Y = /^(b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|qu|ch|gh|kh|ngh|nh|ph|th|tr)y$/;
const W = '[\\p{L}\\p{N}\\u0300-\\u036f\\u17b4-\\u17d3\\u17dd]+';
const WORD = new RegExp(`${W}(?:[.\\-/,]${W})*|[.!?;:…\\n]`, 'gu');
const PART = new RegExp(W, 'gu');
const GLUED = /^(?:(\d+)([a-z]+)|([a-z]+)(\d+))$/;
const CLUSTER = /[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[\u4e00-\u9fff]/g;
const UNSPACED = /[\u1780-\u17dd\u4e00-\u9fff]/;
const SYLLABLE = /^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?(?:a[iouy]?|e[ou]?|i[aeu]?|ieu|o[aeio]?|oa[ioy]|oeo|u[aeiouy]?|uay|uau|uo[iu]|uy[aeu]|y|yeu|(?:[aeiouy]|[iy]e|o[aeo]|u[aeoy]|uye)(?:ch|ng|nh|[cmnpt]))$/;
const POWERS = {nghin: 3, ngan: 3, trieu: 6, ti: 9};
const FIELDS = [[768, 20, 12], [512, 30, 20], [160, 50, 35], [64, 75, 380]];
export const FUNCTION_WORDS = new Set('la cua va co cho cac nhung duoc trong khi thi ma nay do de voi den tu tai ve nhu mot ra vao o bi nao gi sao ai khong phai hay hoac nen se da dang toi minh ban the of and is are what how where when for my'.split(' '));
const [LONGEST, UNITS, PAIRS, SHORT, ALONE] = [200, 31, 14, 3, 5];
const [SINGLE, NAME, PAIR, SYNONYM, NUMBER, AGREES, HALF_MARKED] = [128, 384, 160, 192, 192, 6, 8];
export const div = (a, b) => Math.floor(a / b);
export const parts = {repair: './repair.js'}; // where it is; pages set the address with its hash

const known = new Map();
export function analyse(word) {
  let found = known.get(word);
  if (found) return found;
  const base = [], marks = [];
  let tone = 0, code = 0;
  for (const c of word.toLowerCase().normalize('NFD')) {
    if (TONES[c]) tone = TONES[c];
    else if (c >= '\u0300' && c <= '\u036f') {
      const mark = base.length && QUALITIES[base[base.length - 1] + c];
      if (mark) marks[marks.length - 1] = mark;
    } else {
      base.push(c === 'đ' ? 'd' : c);
      marks.push(c === 'đ' ? 1 : 0);
    }
  }
  base.forEach((c, i) => { code = Math.min(code * (RADIX[c] || 1) + marks[i], 1e9); });
  found = [base.join('').replace(FINAL_Y, '$1i'), Math.min(code * 6 + tone, 4095)];
  if (known.size < 65536) known.set(word, found);
  return found;
}
export const isSyllable = (word) => SYLLABLE.test(word);
const digits = (text) => /^[0-9]+$/.test(text);

function split(part) {
  if (UNSPACED.test(part)) return part.match(CLUSTER) || [part];
  const glued = part.toLowerCase().match(GLUED);
  return glued && /^[\x00-\x7f]*$/.test(part) ? glued.slice(1).filter(Boolean) : [part];
}

// [text, code, place, start, end]; start and end are where it stands in the normalised text
function read(text) {
  const units = [], extras = [];
  let place = 0;
  for (const word of text.matchAll(WORD)) {
    const start = units.length;
    for (const part of word[0].match(PART) || []) {
      for (const piece of split(part)) units.push([...analyse(piece), place++]);
    }
    if (units.length === start) place++;
    else if (units.length > start + 1 && !UNSPACED.test(word[0])) {
      const whole = units.slice(start).map((u) => u[0]).join('');
      if (whole.length <= 16 && !digits(whole)) extras.push([whole, [0], start, units.length - 1]);
    }
  }
  return [units, extras];
}

function numbers(units, extras, query) {
  for (let start = 0; start < units.length;) {
    let stop = start;
    while (stop < units.length && digits(units[stop][0]) && units[stop][2] - units[start][2] === stop - start) stop++;
    for (let first = start; first < (query ? Math.min(start + 1, stop) : stop); first++) {
      for (let last = query ? stop - 1 : first; last < Math.min(stop, first + 5); last++) {
        const text = units.slice(first, last + 1).map((u) => u[0]).join('');
        if (last > first && text.length >= 4 && text.length <= 13) extras.push([text, [0], first, last]);
        if (text.startsWith('84') && text.length >= 10 && text.length <= 12) extras.push(['0' + text.slice(2), [0], first, last]);
      }
    }
    if (stop > start && stop < units.length && POWERS[units[stop][0]] && stop - start < 3 && units[stop][2] - units[start][2] === stop - start) {
      const part = stop - start === 2 ? units[start + 1][0] : '';
      const power = POWERS[units[stop][0]] - part.length;
      if (power >= 0 && units[start][0].length <= 4) {
        const value = (units[start][0] + part).replace(/^0+(?=.)/, '');
        extras.push([value === '0' ? '0' : value + '0'.repeat(power), [0], start, stop]);
      }
    }
    start = Math.max(stop, start + 1);
  }
}

export function tokens(text, aliases, query) {
  const [units, extras] = read(text.normalize('NFC'));
  numbers(units, extras, query);
  for (let i = 1; i + 1 < units.length; i++) {
    const [a, b, c] = [units[i - 1], units[i], units[i + 1]];
    if (b[0] === 'so' && digits(c[0]) && c[2] - a[2] === 2) extras.push([`${a[0]} ${c[0]}`, [a[1], c[1]], i - 1, i + 1]);
  }
  units.forEach((unit, i) => {
    for (const [form, name] of aliases.get(unit[0]) || []) {
      if (form.every((word, k) => units[i + k] && units[i + k][0] === word)) extras.push([name, [0], i, i + form.length - 1]);
    }
  });
  return [units, extras];
}

export function aliasTable(groups) {
  const table = new Map();
  for (const [name, ...forms] of groups) {
    for (const form of forms) {
      const words = form.split(' ');
      if (!table.has(words[0])) table.set(words[0], []);
      table.get(words[0]).push([words, name]);
    }
  }
  return table;
}

// A document's tokens: "key\tcodes" -> impact 0..15
export function stream(texts, aliases) {
  const weights = new Map();
  let short = 0;
  texts.forEach((text, field) => {
    const [weight, share, usual] = FIELDS[field];
    const [units, extras] = tokens(text, aliases), n = units.length;
    const step = div(weight * 100, 100 - share + div(share * n, usual));
    if (!field) short = (n <= 4) + (n <= 8);
    const add = (key, codes) => {
      const full = `${key}\t${codes}`;
      if (!weights.has(full)) weights.set(full, [0, 0, 0, 0]);
      weights.get(full)[field] += step;
    };
    units.forEach((unit, i) => {
      const next = units[i + 1];
      add(unit[0], unit[1]);
      if (next && unit[2] + 1 === next[2]) add(`${unit[0]} ${next[0]}`, `${unit[1]},${next[1]}`);
    });
    for (const [key, codes] of extras) add(key, codes);
  });
  const full = (weight) => div(16 * weight, weight + 128);
  for (const [key, [title, head, lead, body]] of weights) {
    const text = Math.min(10, full(lead + body));
    weights.set(key, title ? 12 + short + (text > 7) : head ? Math.min(12, full(head + lead + body)) : text);
  }
  return weights;
}

// ---- numbers of keys: CRC-32, 3 bits of CRC-CCITT, whether it is a pair; below 2^36
const CRC = Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
const encoder = new TextEncoder();
export function keyNumber(key) {
  let a = 0xffffffff, b = 0;
  for (const byte of encoder.encode(key)) {
    a = CRC[(a ^ byte) & 255] ^ (a >>> 8);
    b ^= byte << 8;
    for (let k = 0; k < 8; k++) b = b & 0x8000 ? (b << 1) ^ 0x1021 : b << 1;
    b &= 0xffff;
  }
  return ((a ^ 0xffffffff) >>> 0) * 16 + (b & 7) * 2 + (key.includes(' ') ? 1 : 0);
}

// ---- repair of mistyped words
export function withoutVni(query) {
  const words = query.split(' '), lowered = words.map((w) => w.toLowerCase());
  const end = /^([a-z]+)[1-9]{1,2}$/;
  const some = lowered.filter((w) => end.test(w) && isSyllable(w.match(end)[1])).length > 1;
  return words.map((w, i) => (/^[a-z]+[1-9]+[a-z]+[1-9]*$/.test(lowered[i]) || (some && end.test(lowered[i])) ? w.replace(/[1-9]/g, '') : w)).join(' ');
}

// ---- plan and score. A feature: [key, codes, slot, first, last, weight]
export function plan(query, aliases) {
  let [units, extras] = tokens(withoutVni([...query].slice(0, LONGEST).join('')), aliases, true);
  units = units.slice(0, UNITS);
  extras = extras.filter((extra) => extra[3] < units.length);
  const spans = extras.filter(([key]) => key[0] === '=').map((extra) => extra.slice(2));
  const around = (first, last) => spans.filter(([a, b]) => a <= first && last <= b);
  // The slot of the longest synonym around a stretch: of two that say the same one counts
  const widest = (first, last) => {
    const [a, b] = [[first, last], ...around(first, last)].reduce((best, span) => (span[1] - span[0] > best[1] - best[0] ? span : best));
    return `x${a}-${b}`;
  };
  const features = [], pairs = [];
  units.forEach(([text, code], i) => {
    const weight = isSyllable(text) || FUNCTION_WORDS.has(text) ? SINGLE : NAME;
    if ((units.length <= SHORT || weight === NAME) && !around(i, i).length) features.push([text, [code], 'u' + i, i, i, weight]);
    const next = units[i + 1];
    if (!next) return;
    const empty = [text, next[0]].filter((word) => FUNCTION_WORDS.has(word)).length;
    pairs.push([`${text} ${next[0]}`, [code, next[1]], around(i, i + 1).length ? widest(i, i + 1) : 'b' + i, i, i + 1, (PAIR * (4 - empty)) >> 2]);
  });
  pairs.sort((a, b) => b[5] - a[5] || a[3] - b[3]);
  features.push(...pairs.slice(0, PAIRS));
  units.slice(1).forEach((b, i) => {
    const whole = units[i][0] + b[0];
    if (!(isSyllable(units[i][0]) && isSyllable(b[0])) && /^\p{L}+$/u.test(whole)) features.push([whole, [0], 'b' + i, i, i + 1, PAIR]);
  });
  for (const [key, codes, first, last] of extras) {
    const synonym = key[0] === '=';
    if (!synonym && around(first, last).length) continue;
    features.push([key, codes, widest(first, last), first, last, synonym ? SYNONYM : NUMBER]);
  }
  return {units, around, features, entries: new Map(), repaired: new Map()};
}

export async function look({entries}, source, features) {
  for (const [key, entry] of await source.lookup(new Set(features.map((f) => f[0])))) entries.set(key, entry);
}

// Other readings of words that stand nowhere; without network, what was found without them does
async function repair(made, source, typing) {
  const {units, features, entries} = made, covered = new Set();
  for (const [key, , , first, last] of features) if (entries.has(key)) for (let i = first; i <= last; i++) covered.add(i);
  const places = [...units.keys()].filter((i) => !covered.has(i));
  if (!units.length || (!places.length && !typing)) return;
  try {
    const [words, {reread}] = await Promise.all([source.words(), import(parts.repair)]);
    const more = reread(made, places, typing, words, {analyse, isSyllable, SINGLE, PAIR});
    const before = new Set(features.map((f) => f[0] + '\t' + f[2]));
    await look(made, source, more);
    features.push(...more.filter((f) => !before.has(f[0] + '\t' + f[2])));
  } catch (error) {
    if (error instanceof Stale || !entries.size) throw error;
  }
}

// Looks the words of a longer query up one by one where even the best document lacks some
async function secondLook(made, source, hits) {
  const {units, around, features} = made;
  if (units.length <= SHORT || (hits.length && hits[0][2] === units.length)) return false;
  const slots = new Set(features.map((f) => f[2])), alone = [];
  units.forEach(([text, code], i) => {
    if (!FUNCTION_WORDS.has(text) && !slots.has('u' + i) && !around(i, i).length) alone.push([text, [code], 'u' + i, i, i, SINGLE]);
  });
  alone.splice(ALONE);
  features.push(...alone);
  await look(made, source, alone);
  return alone.length;
}

export function agreement(typed, stands, tones, marks) {
  if (typed === stands) return 16;
  if (!typed) return tones || marks ? HALF_MARKED : 16;
  if (typed % 6 === 0 && div(typed, 6) === div(stands, 6)) return tones ? 3 : 6;
  if (typed < 6 && typed === stands % 6) return marks ? 3 : 6;
  return 2;
}

export function rarity(count, documents) {
  const ratio = div((documents + 1) * 16, count + 1);
  if (!ratio) return 1;
  const bits = 31 - Math.clz32(ratio);
  return Math.max(1, (bits << 3) + div(ratio * 8, 2 ** bits) - 40);
}

export function score({units, features, entries}, source) {
  const best = new Map(), places = new Map(), total = new Map(), hits = [], n = units.length;
  const tones = units.some((unit) => unit[1] % 6), marks = units.some((unit) => unit[1] > 5);
  // Of two pairs that share a syllable the much rarer one is seldom a word
  const common = [];
  for (const [key, , slot, first] of features) if (slot[0] === 'b' && entries.has(key)) common[first] = Math.max(common[first] || 0, entries.get(key).count);
  for (const [key, wanted, slot, first, last, full] of features) {
    const entry = entries.get(key);
    if (!entry) continue;
    const beside = Math.max(common[first - 1] || 0, common[first + 1] || 0);
    const weight = slot[0] === 'b' && beside > 2 * entry.count ? (full * 3) >> 2 : full;
    if (!best.has(slot)) best.set(slot, new Map());
    const values = best.get(slot), worth = rarity(entry.count, source.count) * weight, mask = (2 << last) - (1 << first);
    for (const [codes, documents, impacts] of entry.variants) {
      let match = 16;
      wanted.forEach((typed, i) => { if (i < codes.length) match = (match * agreement(typed, codes[i], tones, marks)) >> 4; });
      const step = div(worth * match, 64);
      documents.forEach((d, i) => {
        const value = step * (1 + impacts[i]);
        if (value > (values.get(d) || 0)) values.set(d, value);
        if (match >= AGREES) places.set(d, places.get(d) | mask);
      });
    }
  }
  for (const values of best.values()) for (const [d, value] of values) total.set(d, (total.get(d) || 0) + value);
  for (const [d, value] of total) {
    const prior = source.prior(d);
    if (!prior) continue;
    let covered = 0;
    for (let mask = places.get(d); mask; mask &= mask - 1) covered++;
    hits.push([d, div(value * div(((prior > 16 ? 16 + div((prior - 16) * 2, Math.max(2, n)) : prior) * 64 + source.freshness(d)) * (n + covered), 2 * n), 1024), covered]);
  }
  return hits.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
}

// source: {count, lookup(keys) -> Map(key -> {count, variants: [[codes, documents, impacts]]}), words(), prior(document), freshness(document)}
// Hits: [document, score, how many places of the query it has something of]
export async function search(query, source, aliases, typing) {
  const made = plan(query, aliases);
  await look(made, source, made.features);
  await repair(made, source, typing);
  let hits = score(made, source);
  if (await secondLook(made, source, hits)) hits = score(made, source);
  return {plan: made, hits};
}

// ---- shards
// What is there is not of the index that was opened
export class Stale extends Error {}

export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const WIDTHS = [10, 7, 4, 2, 3, 3, 3, 4, 4, 4, 4, 10, 6, 5, 8, 9], IMPACTS = new Map();
{
  let code = 0, before = 0;
  for (const [symbol, width] of [...WIDTHS.entries()].sort((a, b) => a[1] - b[1] || a[0] - b[0])) {
    code <<= width - before;
    IMPACTS.set(code++ + (1 << width), symbol);
    before = width;
  }
}

// The leaf of plugins/search/packing.py
function parseLeaf(bytes, slots, low) {
  const found = new Map();
  let at = 32;
  const bit = () => {
    if (at >= bytes.length * 8) throw new Stale('cut short');
    return (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  };
  const take = (width) => {
    let value = 0;
    while (width-- > 0) value = value * 2 + bit();
    return value;
  };
  const ones = () => {
    let count = 0;
    while (bit()) count++;
    return count;
  };
  const rice = (width) => ones() * 2 ** width + take(width);
  const gamma = () => {
    let width = 0;
    while (!bit()) width++;
    return 2 ** width + take(width);
  };
  const impact = () => {
    let code = 1;
    while (!IMPACTS.has(code)) code = code * 2 + bit();
    return IMPACTS.get(code);
  };
  let keys = take(16);
  const far = take(6);
  for (; keys > 0; keys--) {
    low += rice(far);
    let count = bit() ? gamma() : 0, every = 0;
    const variants = [];
    for (let spellings = gamma(); spellings > 0; spellings--) {
      const codes = low % 2 ? [rice(3), rice(3)] : [rice(3)];
      const documents = [], impacts = [], postings = gamma();
      const width = Math.max(0, 31 - Math.clz32(div(Math.max(1, (slots * 11) >> 4), postings)));
      for (let i = 0, before = -1; i < postings; i++) {
        before += rice(width) + 1;
        documents.push(before);
        impacts.push(impact());
      }
      every += postings;
      variants.push([codes, documents, impacts]);
    }
    found.set(low, {count: count || every, variants});
  }
  return found;
}

// get(path, fresh) -> Promise of a Uint8Array; path is below the index folder, `fresh` passes caches by
export class Shards {
  constructor(get) {
    this.get = get;
    this.leaves = new Map();
    this.files = new Map();
  }

  // `base`: base.json as the page brought it; taken if it is still the one that is meant
  async open(reload, base) {
    const read = async (name) => JSON.parse(new TextDecoder().decode(await this.get(name, reload)));
    const [now, own] = await Promise.all([read('now.json'), base || read('base.json')]);
    if (now.base !== own.version) {
      if (base) return this.open(true);
      throw new Stale('base');
    }
    base = own;
    Object.assign(this, {now, base, texts: [], count: now.count, aliases: aliasTable(base.aliases)});
    this.kinds = new Map(base.kinds.map(([kind, prior, prefix]) => [kind, {prior, prefix}]));
    return this;
  }

  // The kind (1 more than its place) and the level of age of the document in each slot
  table() {
    this.slots ||= this.readTable();
    this.slots.catch(() => { this.slots = null; });
    return this.slots;
  }

  async readTable() {
    const {slots, version} = this.base;
    const bytes = slots ? await this.packed('table.bin', version) : new Uint8Array(0), half = slots >> 3;
    const stand = (bytes.length - half) >> 1;
    this.sorts = new Uint8Array(slots);
    this.ages = new Uint8Array(slots);
    let at = half;
    for (let i = 0; i < slots; i++) {
      if (!((bytes[i >> 3] >> (i & 7)) & 1)) continue;
      this.sorts[i] = bytes[at] + 1;
      this.ages[i] = bytes[at++ + stand];
    }
    if (at !== half + stand) throw new Stale('table');
  }

  async packed(path, version) {
    return inflate(await this.get(`${path}?v=${version}`));
  }

  kind(document) {
    return (this.sort(document) || '').split('.')[0];
  }

  // Kind and, if it is not Vietnamese, language: "guides", "guides.en"
  sort(document) {
    const {slots, kinds} = this.base, own = this.texts[document - slots];
    const place = document < slots ? this.sorts[document] - 1 : own ? own[0][0] : -1;
    return (kinds[place] || [])[0];
  }

  prior(document) {
    return (this.kinds.get(this.sort(document)) || {prior: 0}).prior;
  }

  freshness(document) {
    return document < this.base.slots ? Math.max(0, 63 - div((10 << (2 * this.ages[document])) * 64, this.count)) : 63;
  }

  leaf(number) {
    if (!this.leaves.has(number)) {
      const {leaves, tag, version} = this.base;
      const parsed = this.get(`i/${number}.bin?v=${version}`).then((bytes) => {
        if (bytes.length < 4 || new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) !== tag) throw new Stale('leaf');
        return parseLeaf(bytes, this.base.slots, Math.ceil((number * 2 ** 36) / leaves));
      });
      parsed.catch(() => this.leaves.delete(number));
      this.leaves.set(number, parsed);
    }
    return this.leaves.get(number);
  }

  json(path, version) {
    if (!this.files.has(path)) {
      const read = this.packed(path, version).then((bytes) => JSON.parse(new TextDecoder('windows-1258').decode(bytes).normalize('NFC')));
      read.catch(() => this.files.delete(path));
      this.files.set(path, read);
    }
    return this.files.get(path);
  }

  // The newest documents, read and analysed here: their keys -> [[codes, documents, impacts]]
  fresh() {
    this.reading ||= this.readFresh();
    this.reading.catch(() => { this.reading = null; });
    return this.reading;
  }

  async readFresh() {
    const {now: {new: sizes, fresh}, base: {slots}} = this, groups = [];
    for (let k = 0; k * 4 < Math.max(...sizes); k++) groups.push(this.json(`f/${k}.bin`, fresh));
    const found = await Promise.all(groups);
    this.texts = sizes.flatMap((size, part) => found.flatMap((group) => group[part]));
    if (this.texts.length !== sizes[0] + sizes[1]) throw new Stale('fresh');
    const postings = new Map();
    this.texts.forEach(([card, texts], i) => {
      for (const [full, impact] of stream([card[1], ...texts], this.aliases)) {
        const [key, codes] = full.split('\t');
        if (!postings.has(key)) postings.set(key, new Map());
        const variants = postings.get(key);
        if (!variants.has(codes)) variants.set(codes, [codes.split(',').map(Number), [], []]);
        variants.get(codes)[1].push(slots + i);
        variants.get(codes)[2].push(impact);
      }
    });
    return postings;
  }

  async lookup(keys) {
    const found = new Map(), {leaves} = this.base, table = this.table();
    const own = keys.size && this.fresh(), read = [...keys].map(async (key) => {
      const number = keyNumber(key);
      const leaf = leaves ? await this.leaf(div(number * leaves, 2 ** 36)) : new Map();
      const variants = [...((await own).get(key) || new Map()).values()];
      const entry = leaf.get(number) || {count: 0, variants: []};
      const count = entry.count + new Set(variants.flatMap((v) => v[1])).size;
      if (count) found.set(key, {count, variants: [...entry.variants, ...variants]});
    });
    await Promise.all([table, ...read]);
    return found;
  }

  async words() {
    if (!this.vocabulary) {
      const own = await this.fresh();
      const words = new Map(this.base.leaves ? await this.json('words.bin', this.base.version) : []);
      for (const [key, variants] of own) {
        if (key.includes(' ') || key[0] === '=' || /^\p{Nd}+$/u.test(key) || [...key].length > 20) continue;
        const count = new Set([...variants.values()].flatMap((v) => v[1])).size;
        words.set(key, Math.max(words.get(key) || 0, 32 - Math.clz32(count)));
      }
      this.vocabulary = words;
    }
    return this.vocabulary;
  }

  async card(document) {
    const {slots, version, kinds} = this.base;
    const [card, texts] = document < slots
      ? [(await this.json(`d/${document >> 4}.bin`, version))[document & 15], []] : this.texts[document - slots];
    if (!card || !kinds[card[0]] || kinds[card[0]][0] !== this.sort(document)) throw new Stale('cards');
    const [sort, title, path, date, summary, places] = card;
    return {document, kind: this.kind(document), title, date, summary, text: texts[2] || '', places: places.split(' '), path: path || `/${kinds[sort][2]}/${slug(title)}/`};
  }

  search(query, typing) {
    return search(query, this, this.aliases, typing);
  }
}

const slug = (title) => fold(title).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
export const fold = (text) => text.toLowerCase().replace(/đ/g, 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '');

// ---- files: the network, else what an earlier visit kept; for whom `renewed` tells that it was too old that first
async function fetched(url, fresh, renewed) {
  const small = url.endsWith('.json'), kept = 'caches' in self ? await caches.open('tim-kiem').catch(() => null) : null;
  const old = async () => {
    const found = kept && await kept.match(url);
    return found && new Uint8Array(await found.arrayBuffer());
  };
  const found = !fresh && (!small || renewed) && await old();
  if (found && !small) return found;
  const asked = async () => {
    const answer = await fetch(url, {cache: fresh ? 'reload' : small ? 'no-cache' : 'default'});
    if (!answer.ok) throw new Stale(`${answer.status} ${url}`);
    if (kept) kept.put(url, answer.clone()).catch(() => {});
    return new Uint8Array(await answer.arrayBuffer());
  };
  if (found) {
    asked().then((now) => now.join() !== found.join() && renewed()).catch(() => {}); // without network it does
    return found;
  }
  try {
    return await asked();
  } catch (error) {
    const saved = !(error instanceof Stale) && await old();
    if (saved) return saved;
    throw error;
  }
}

// ask(work) runs `work` on the index in `folder`; if the site was republished meanwhile, once more on the new one
export function connect(folder, repair, base, renewed) {
  if (repair) parts.repair = repair;
  let opened;
  const again = renewed && (() => { opened = null; renewed(); });
  const shards = (fresh) => {
    if (!opened || fresh) {
      opened = new Shards((path, reload) => fetched(new URL(folder + path, location.href).href, fresh || reload, path === 'now.json' && again)).open(fresh, !fresh && base);
      opened.catch(() => { opened = null; });
    }
    return opened;
  };
  const ask = async (work) => {
    try {
      return await work(await shards());
    } catch (error) {
      return work(await shards(true));
    }
  };
  return {shards, ask};
}
