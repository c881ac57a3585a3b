// Search in the browser: shards, ranking; start.js has the analysis. The same rules, in the same whole numbers, as
// plugins/search (analysis.py, repair.py, plan.py, ranking.py); a change here is a change there.

import {FUNCTION_WORDS, PAIR, SHORT, SINGLE, aliasTable, analyse, div, early, isSyllable, keyNumber, leafOf, plan, tokens} from './start.js';
export {FUNCTION_WORDS, aliasTable, analyse, div, keyNumber, plan, tokens};

const FIELDS = [[768, 20, 12], [512, 30, 20], [160, 50, 35], [64, 75, 380]];
const [ALONE, AGREES, HALF_MARKED] = [5, 6, 8];

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
    const text = Math.min(10, Math.max(4, full(lead + body)));
    weights.set(key, title ? 12 + short + (text > 7) : head ? Math.min(12, full(head + lead + body)) : text);
  }
  return weights;
}

// ---- from a plan to hits
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
    const [words, {reread}] = await Promise.all([source.words(), import('./repair.js')]);
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

const unpacked = async (bytes) => JSON.parse(new TextDecoder('windows-1258').decode(await inflate(bytes)).normalize('NFC'));

const WIDTHS = [11, 11, 11, 11, 1, 3, 3, 4, 5, 5, 4, 8, 6, 5, 7, 9], IMPACTS = new Map();
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
    if (at >= bytes.length * 8) throw new Stale();
    return (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  };
  const take = (width) => {
    let value = 0;
    while (width-- > 0) value = value * 2 + bit();
    return value;
  };
  const rice = (width) => {
    let ones = 0;
    while (bit()) ones++;
    return ones * 2 ** width + take(width);
  };
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
    this.files = new Map();
  }

  // `base`: base.json as the page brought it; taken if it is still the one that is meant
  async open(reload, base) {
    const read = async (name) => JSON.parse(new TextDecoder().decode(await this.get(name, reload)));
    const [now, own] = await Promise.all([read('now.json'), base || read('base.json')]);
    if (now.base !== own.version) {
      if (base) return this.open(true);
      throw new Stale();
    }
    base = own;
    Object.assign(this, {now, base, texts: [], count: now.count, aliases: aliasTable(base.aliases)});
    this.kinds = new Map(base.kinds); // kind -> prior; what follows in a row is left out
    return this;
  }

  // What `make` promises, made once; anew after it failed
  once(name, make) {
    if (!this.files.has(name)) {
      const made = make();
      made.catch(() => this.files.delete(name));
      this.files.set(name, made);
    }
    return this.files.get(name);
  }

  // The kind (1 more than its place) and the level of age of the document in each slot
  table() {
    return this.once('table', () => this.readTable());
  }

  async readTable() {
    const {slots, version} = this.base;
    const bytes = slots ? await inflate(await this.get(`table.bin?v=${version}`)) : new Uint8Array(0), half = slots >> 3;
    const stand = (bytes.length - half) >> 1;
    this.sorts = new Uint8Array(slots);
    this.ages = new Uint8Array(slots);
    let at = half;
    for (let i = 0; i < slots; i++) {
      if (!((bytes[i >> 3] >> (i & 7)) & 1)) continue;
      this.sorts[i] = bytes[at] + 1;
      this.ages[i] = bytes[at++ + stand];
    }
    if (at !== half + stand) throw new Stale();
  }

  kind(document) {
    return this.sort(document)?.split('.')[0];
  }

  // Kind and, if it is not Vietnamese, language: "guides", "guides.en"
  sort(document) {
    const {slots, kinds} = this.base, own = this.texts[document - slots];
    const place = document < slots ? this.sorts[document] - 1 : own ? own[0][0] : -1;
    return kinds[place]?.[0];
  }

  prior(document) {
    return this.kinds.get(this.sort(document)) || 0;
  }

  freshness(document) {
    return document < this.base.slots ? Math.max(0, 63 - div((10 << (2 * this.ages[document])) * 64, this.count)) : 63;
  }

  leaf(number) {
    const {leaves, tag, version, slots} = this.base;
    return this.once(`i/${number}.bin`, async () => {
      const bytes = await this.get(`i/${number}.bin?v=${version}`);
      if (bytes.slice(0, 4).reduceRight((high, byte) => high * 256 + byte, 0) !== tag) throw new Stale();
      return parseLeaf(bytes, slots, Math.ceil((number * 2 ** 36) / leaves));
    });
  }

  json(path, version) {
    return this.once(path, async () => unpacked(await this.get(`${path}?v=${version}`)));
  }

  // The newest documents, read and analysed here: their keys -> [[codes, documents, impacts]]
  fresh() {
    return this.once('fresh', () => this.readFresh());
  }

  async readFresh() {
    const {now: {new: sizes, fresh, first}, base: {slots}} = this, groups = [];
    if (first) groups.push(unpacked(Uint8Array.from(atob(first), (c) => c.charCodeAt())));
    for (let k = 1; k * 4 < Math.max(...sizes); k++) groups.push(this.json(`f/${k}.bin`, fresh));
    const found = await Promise.all(groups);
    this.texts = sizes.flatMap((size, part) => found.flatMap((group) => group[part]));
    if (this.texts.length !== sizes[0] + sizes[1]) throw new Stale();
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
      const leaf = leaves ? await this.leaf(leafOf(number, leaves)) : new Map();
      const variants = [...((await own).get(key)?.values() || [])];
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
    const {slots, cards, version, kinds} = this.base;
    const [card, texts] = document < slots
      ? [(await this.json(`d/${div(document, cards)}.bin`, version))[document % cards], []] : this.texts[document - slots];
    if (!card || !kinds[card[0]] || kinds[card[0]][0] !== this.sort(document)) throw new Stale();
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
async function fetched(folder, path, fresh, renewed) {
  const url = new URL(folder + path, location.href).href;
  const small = url.endsWith('.json'), kept = 'caches' in self ? await caches.open('tim-kiem').catch(() => null) : null;
  const old = async () => {
    const found = kept && await kept.match(url);
    return found && new Uint8Array(await found.arrayBuffer());
  };
  const found = !fresh && (!small || renewed) && await old();
  if (found && !small) return found;
  const asked = async () => {
    const begun = !fresh && early[path];
    delete early[path];
    const answer = await (begun || fetch(url, {cache: fresh ? 'reload' : small ? 'no-cache' : 'default'}));
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
export function connect(folder, base, renewed) {
  let opened;
  const again = renewed && (() => { opened = null; renewed(); });
  const shards = (fresh) => {
    if (!opened || fresh) {
      opened = new Shards((path, reload) => fetched(folder, path, fresh || reload, path === 'now.json' && again)).open(fresh, !fresh && base);
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
