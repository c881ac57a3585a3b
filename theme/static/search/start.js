// What a question asks for: its analysis, its plan, and the addresses of the index's files that it needs. The same
// rules as plugins/search (analysis.py, plan.py). Small, and the first script that the search page asks for: what the
// page's own address asks is fetched from here, while the rest of the search (core.js) is still on its way.

const TONES = '\u0300\u0301\u0309\u0303\u0323';
const QUALITIES = {'a\u0306': 1, 'a\u0302': 2, 'e\u0302': 1, 'o\u0302': 1, 'o\u031b': 2, 'u\u031b': 1};
const RADIX = {a: 3, e: 2, o: 3, u: 2, d: 2};
const FINAL_Y = /^([bcdghklmnprstvx]|qu|[cgknpt]h|ngh|tr)y$/;
const W = '[\\p{L}\\p{N}\\u0300-\\u036f\\u17b4-\\u17d3\\u17dd]+';
const WORD = new RegExp(`${W}(?:[.\\-/,]${W})*|[.!?;:…\\n]`, 'gu');
const PART = new RegExp(W, 'gu');
const GLUED = /^(?:(\d+)([a-z]+)|([a-z]+)(\d+))$/;
const CLUSTER = /[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[\u4e00-\u9fff]/g;
const UNSPACED = /[\u1780-\u17dd\u4e00-\u9fff]/;
const SYLLABLE = /^(?:ngh?|[cgknpt]h|gi|qu|tr|[bcdghklmnprstvx])?(?:a[iouy]?|e[ou]?|i[aeu]?|[iy]eu|o[aeio]?|oa[ioy]|oeo|u[aeiouy]?|ua[uy]|uo[iu]|uy[aeu]|y|(?:[aeiouy]|[iy]e|o[aeo]|u[aeoy]|uye)(?:[cn]h|ng|[cmnpt]))$/;
const POWERS = {nghin: 3, ngan: 3, trieu: 6, ti: 9};
export const FUNCTION_WORDS = new Set('la cua va co cho cac nhung duoc trong khi thi ma nay do de voi den tu tai ve nhu mot ra vao o bi nao gi sao ai khong phai hay hoac nen se da dang toi minh ban the of and is are what how where when for my'.split(' '));
const [LONGEST, UNITS, PAIRS, NAME, SYNONYM, NUMBER] = [200, 31, 14, 384, 192, 192];
export const [SHORT, SINGLE, PAIR] = [3, 128, 160];
export const div = (a, b) => Math.floor(a / b);

const known = new Map();
export function analyse(word) {
  let found = known.get(word);
  if (found) return found;
  const base = [], marks = [];
  let tone = 0, code = 0;
  for (const c of word.toLowerCase().normalize('NFD')) {
    if (TONES.includes(c)) tone = TONES.indexOf(c) + 1;
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
const digits = (text) => /^\d+$/.test(text);

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
        if (last > first && /^.{4,13}$/.test(text)) extras.push([text, [0], first, last]);
        if (/^84.{8,10}$/.test(text)) extras.push(['0' + text.slice(2), [0], first, last]);
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

// The leaf, of so many, that holds a key's number
export const leafOf = (number, leaves) => div(number * leaves, 2 ** 36);

// ---- what the page's address asks, before anything else is here: path below the index's folder -> promise of a Response
export const early = {};
const ground = globalThis.document && document.getElementById('goc'), asked = ground && new URLSearchParams(location.search).get('q');
if (asked) {
  const base = JSON.parse(ground.textContent), {leaves, version} = base;
  for (const [key] of leaves ? plan(asked, aliasTable(base.aliases)).features : []) {
    const path = `i/${leafOf(keyNumber(key), leaves)}.bin?v=${version}`;
    (early[path] ||= Promise.resolve(self.caches && caches.match(path)).then((kept) => kept || fetch(path))).catch(() => {}); // who takes it is told
  }
}
