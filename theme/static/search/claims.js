// A pasted message against the known claims; plugins/search/claims.py does the same for chatbots.
const form = document.getElementById('doi-chieu');
const [state, list, none] = ['trang-thai', 'ket-qua', 'chua-co'].map((id) => document.getElementById(id));
let loaded;

export function shingles(text, aliases, {tokens, FUNCTION_WORDS}) {
  const [units, extras] = tokens([...text].slice(0, 5000).join(''), aliases, false);
  const found = new Set(units.map((unit) => unit[0]).filter((word) => !FUNCTION_WORDS.has(word)));
  units.forEach((unit, i) => {
    const next = units[i + 1];
    if (next && unit[2] + 1 === next[2]) found.add(`${unit[0]} ${next[0]}`);
  });
  for (const [key] of extras) found.add(key);
  return found;
}

// How much of each known claim a message says, in percent; `core` is core.js
export function matches(message, claims, aliases, possible, core) {
  const {rarity, div} = core, stands = new Map(), said = shingles(message, aliases, core), found = [];
  for (const claim of claims) for (const key of claim.shingles) stands.set(key, (stands.get(key) || 0) + 1);
  for (const claim of claims) {
    let whole = 0, there = 0;
    for (const key of claim.shingles) {
      const weight = rarity(stands.get(key), claims.length);
      whole += weight;
      if (said.has(key)) there += weight;
    }
    const share = div(100 * there, Math.max(1, whole));
    if (share >= possible) found.push({claim, share});
  }
  return found.sort((a, b) => b.share - a.share || (a.claim.path < b.claim.path ? -1 : 1));
}

async function get(name) {
  const url = new URL(form.dataset.index + name, location.href).href;
  const kept = 'caches' in self ? await caches.open('tim-kiem').catch(() => null) : null;
  try {
    const answer = await fetch(url, {cache: 'no-cache'});
    if (!answer.ok) throw new Error(`${answer.status} ${name}`);
    if (kept) kept.put(url, answer.clone()).catch(() => {});
    return await answer.json();
  } catch (error) {
    const found = kept && await kept.match(url);
    if (found) return found.json();
    throw error;
  }
}

async function load() {
  const [core, base, index] = await Promise.all([import(form.dataset.core), get('base.json'), get('claims.json')]);
  const rows = (await Promise.all(index.files.map(get))).flat();
  const claims = rows.map((row) => Object.fromEntries(index.columns.map((name, i) => [name, row[i]])));
  return {core, index, claims, aliases: core.aliasTable(base.aliases)};
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function row({claim, share}, likely) {
  const link = element('a', '', claim.title);
  link.href = form.dataset.base + claim.path;
  const item = element('li', 'row', element('h2', 'row-title', link));
  if (claim.verdict) item.append(element('p', 'row-verdict', `Tin lan truyền: ${claim.verdict}`));
  if (claim.fact) item.append(element('p', '', claim.fact));
  item.append(element('p', 'row-meta', `${share >= likely ? 'Khớp' : 'Có thể liên quan'}: ${share}% – “${claim.claim}”`));
  return item;
}

async function answer() {
  const text = form.tin.value.trim();
  list.replaceChildren();
  list.hidden = none.hidden = true;
  if (!text) { state.textContent = 'Hãy dán tin nhắn vào ô trên.'; return; }
  state.textContent = 'Đang đối chiếu…';
  try {
    loaded = loaded || load();
    const {core, index, claims, aliases} = await loaded;
    const found = matches(text, claims, aliases, index.possible, core);
    list.append(...found.slice(0, 10).map((match) => row(match, index.likely)));
    list.hidden = !found.length;
    none.hidden = found.some((match) => match.share >= index.likely);
    state.textContent = found.length ? `Có ${found.length} tin đã kiểm chứng giống tin này.` : 'Chưa có tin đã kiểm chứng nào giống tin này.';
  } catch (error) {
    loaded = null;
    state.textContent = 'Chưa tải được danh sách tin đồn đã kiểm chứng. Hãy thử lại sau ít phút, hoặc gọi các số ở đầu trang.';
    none.hidden = false;
  }
}

if (form) {
  form.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); answer(); });
}
