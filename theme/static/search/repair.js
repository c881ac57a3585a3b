// Readings of mistyped words: Telex and VNI residue, one wrong key, words run together, a word begun.
// The same rules as plugins/search/repair.py and ranking.py; loaded when a word stands nowhere.
const [TELEX, SPLIT, EDIT, COMPLETION, READINGS, COMBINATIONS] = [14, 13, 11, 12, 6, 10];
const LETTERS = 'abcdeghiklmnopqrstuvxy';
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function telex(word, analyse, isSyllable) {
  let plain = word.replace(/([aeod])\1/g, '$1').replace(/([aou])w/g, '$1');
  if (plain[0] === 'w') plain = 'u' + plain.slice(1);
  const forms = [plain];
  for (let i = 1; i < plain.length; i++) if ('fsrxj'.includes(plain[i])) forms.push(plain.slice(0, i) + plain.slice(i + 1));
  return [...new Set(forms.map((f) => f.replace(/([aeod])\1/g, '$1')).filter(isSyllable).map((f) => analyse(f)[0]))].filter((f) => f !== word);
}

function edits(word) {
  const found = [];
  for (let i = 0; i <= word.length; i++) {
    const head = word.slice(0, i), tail = word.slice(i);
    if (tail) found.push(head + tail.slice(1));
    if (tail.length > 1) found.push(head + tail[1] + tail[0] + tail.slice(2));
    for (const letter of LETTERS) {
      found.push(head + letter + tail);
      if (tail) found.push(head + letter + tail.slice(1));
    }
  }
  return found;
}

function readings(word, words, analyse, isSyllable) {
  if (word.length > 20 || /\p{Nd}/u.test(word)) return [];
  const found = new Map();
  const add = (parts, trust) => {
    const key = parts.join(' ');
    if (!found.has(key)) found.set(key, [parts, trust, Math.min(...parts.map((p) => words.get(p) || 0))]);
  };
  for (const form of telex(word, analyse, isSyllable)) add([form], TELEX);
  for (let i = 1; i < word.length; i++) {
    const parts = [word.slice(0, i), word.slice(i)];
    if (parts.every((p) => p.length > 1 && words.has(p) && isSyllable(p))) add(parts, SPLIT);
  }
  for (const form of edits(word)) if (words.has(form) && form !== word) add([form], EDIT);
  const order = (a, b) => b[1] - a[1] || b[2] - a[2] || byText(a[0][0], b[0][0]) || byText(a[0][1] || '', b[0][1] || '');
  return [...found.values()].sort(order).slice(0, READINGS);
}

function completions(start, words) {
  const found = [];
  for (const [word, count] of words) if (word.startsWith(start)) found.push([word, count]);
  found.sort((a, b) => b[1] - a[1] || byText(a[0], b[0]));
  return found.slice(0, 4).filter(([word]) => word !== start).map(([word]) => [[word], COMPLETION]);
}

// More features for `places` of a plan where nothing was found and, while one types, for the last word
export function reread(made, places, typing, words, {analyse, isSyllable, SINGLE, PAIR}) {
  const {units, repaired} = made, last = units.length - 1;
  for (const i of places) repaired.set(i, readings(units[i][0], words, analyse, isSyllable));
  if (typing) repaired.set(last, [...completions(units[last][0], words), ...(repaired.get(last) || [])]);
  const more = [];
  for (const [i, some] of repaired) {
    const text = units[i][0];
    if (words.has(text)) more.push([text, [units[i][1]], 'u' + i, i, i, SINGLE]);
    for (const first of [i - 1, i]) {
      if (first >= 0 && first < last && words.has(units[first][0] + units[first + 1][0])) more.push([units[first][0] + units[first + 1][0], [0], 'b' + first, first, first + 1, PAIR]);
    }
    for (const [parts, trust] of some) {
      if (parts.length > 1) more.push([parts.join(' '), [0, 0], 's' + i, i, i, (PAIR * trust) >> 4]);
      else if (!last) more.push([parts[0], [0], 'u' + i, i, i, (SINGLE * trust) >> 4]);
    }
  }
  for (let i = 0; i < last; i++) {
    if (!repaired.has(i) && !repaired.has(i + 1)) continue;
    const [left, right] = [i, i + 1].map((k) => [[[units[k][0]], 16], ...(repaired.get(k) || [])]);
    const pairs = [];
    left.forEach((a, x) => right.forEach((b, y) => { if (x || y) pairs.push([a[1] * b[1], x, y, a[0], b[0]]); }));
    pairs.sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]);
    for (const [trust, x, y, a, b] of pairs.slice(0, COMBINATIONS)) {
      more.push([`${a[a.length - 1]} ${b[0]}`, [x ? 0 : units[i][1], y ? 0 : units[i + 1][1]], 'b' + i, i, i + 1, (PAIR * trust) >> 8]);
    }
  }
  return more;
}
