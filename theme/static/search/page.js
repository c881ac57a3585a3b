// The search page: a combobox with answers while one types, results, filters, a shareable address.
const form = document.getElementById('tim'), box = form.q, hints = document.getElementById('goi-y');
const [state, meant, list, more, none, index] = ['trang-thai', 'y-ban', 'ket-qua', 'them', 'khong-thay', 'muc-luc'].map((id) => document.getElementById(id));
const filters = form.querySelector('.filters'), folder = form.dataset.index, PAGE = 10;
const label = Object.fromEntries([...form.loai.options].map((option) => [option.value, option.text]));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let core, opened, turn = 0, active = -1, shown = 0, current;

// ---- files: the network, else what an earlier visit kept
const KEPT = 'tim-kiem';
async function get(path, fresh) {
  const url = new URL(folder + path, location.href).href, small = path.endsWith('.json');
  const kept = 'caches' in self ? await caches.open(KEPT).catch(() => null) : null;
  if (kept && !small && !fresh) {
    const found = await kept.match(url);
    if (found) return new Uint8Array(await found.arrayBuffer());
  }
  try {
    const answer = await fetch(url, {cache: fresh ? 'reload' : small ? 'no-cache' : 'default'});
    if (!answer.ok) throw new core.Stale(`${answer.status} ${path}`);
    if (kept) kept.put(url, answer.clone()).catch(() => {});
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    const found = kept && !(error instanceof core.Stale) && await kept.match(url);
    if (found) return new Uint8Array(await found.arrayBuffer());
    throw error;
  }
}

async function tidy() {
  if (!('caches' in self) || !opened) return;
  const kept = await caches.open(KEPT), {base, now} = await opened;
  for (const request of await kept.keys()) {
    const version = new URL(request.url).searchParams.get('v');
    if (version && version !== base.version && version !== now.fresh) kept.delete(request);
  }
}

async function open(fresh) {
  core = core || await import(form.dataset.core);
  return new core.Shards((path, reload) => get(path, fresh || reload)).open(fresh);
}
const shards = (fresh) => {
  if (!opened || fresh) {
    opened = open(fresh);
    opened.catch(() => { opened = null; });
  }
  return opened;
};

// Runs `work` on the index; if the site was republished meanwhile, once more on the new one
async function ask(work) {
  try {
    return await work(await shards());
  } catch (error) {
    return work(await shards(true));
  }
}

// ---- what is asked
const asked = () => ({q: box.value.trim(), kind: form.loai.value, since: form.tu.value, place: form.noi ? form.noi.value : ''});
function address({q, kind, since, place}) {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (kind) query.set('loai', kind);
  if (since) query.set('tu', since);
  if (place) query.set('noi', place);
  return `${location.pathname}${query.size ? '?' + query : ''}`;
}
function fill() {
  const query = new URLSearchParams(location.search);
  box.value = (query.get('q') || '').slice(0, 200);
  for (const name of ['loai', 'tu', 'noi']) {
    if (form[name]) {
      form[name].value = query.get(name) || '';
      if (form[name].selectedIndex < 0) form[name].value = '';
    }
  }
}

// ---- showing
function words(plan, extra) {
  const found = new Set(plan.units.map((unit) => unit[0]));
  for (const some of plan.repaired.values()) for (const [parts] of some) if (extra) parts.forEach((part) => found.add(part));
  return found;
}
function marked(text, wanted) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const word of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (!wanted.has(core.analyse(word[0])[0])) continue;
    out.append(text.slice(at, word.index));
    const mark = document.createElement('mark');
    mark.textContent = word[0];
    out.append(mark);
    at = word.index + word[0].length;
  }
  out.append(text.slice(at));
  return out;
}
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}
// The piece of a card's text that says most of what was asked, or its summary
function snippet(card, wanted) {
  const hit = (text) => [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter((word) => wanted.has(core.analyse(word[0])[0]));
  if (!card.text || hit(card.summary).length >= wanted.size) return card.summary;
  let best = [new Set(hit(card.summary).map((word) => core.analyse(word[0])[0])).size, card.summary];
  for (const line of card.text.split('\n')) {
    for (const {index} of hit(line).slice(0, 40)) {
      const from = index < 50 ? 0 : line.lastIndexOf(' ', index - 40) + 1;
      const piece = line.slice(from, line.length - from > 170 ? line.lastIndexOf(' ', from + 160) : undefined);
      const found = new Set(hit(piece).map((word) => core.analyse(word[0])[0])).size;
      if (found > best[0]) best = [found, (from ? '… ' : '') + piece + (from + piece.length < line.length ? ' …' : '')];
    }
  }
  return best[1];
}
const day = (date) => date.split('-').reverse().map(Number).join('/');
const link = (card) => form.dataset.base + card.path;

function row(card, wanted) {
  const title = element('a', '', marked(card.title, wanted));
  title.href = link(card);
  const meta = element('p', 'row-meta', element('span', '', label[card.kind] || ''));
  if (card.date) meta.append(element('span', '', day(card.date)));
  const item = element('li', 'row', element('h2', 'row-title', title), element('p', '', marked(snippet(card, wanted), wanted)), meta);
  if (card.same) item.append(element('p', 'same', `Còn ${card.same} bài cùng tên.`));
  return item;
}

const since = (days) => new Date(Date.now() - days * 864e5 + 252e5).toISOString().slice(0, 10);

// Cards of the hits that pass the filters, the same title only once, until `count` are there
async function cards(found, index, want, count) {
  const out = [], titles = new Map(), after = want.since && since(want.since);
  let hits = found.hits;
  if (want.kind) hits = hits.filter(([document]) => index.kind(document) === want.kind);
  for (let at = 0; at < hits.length && out.length < count; at += PAGE) {
    for (const card of await Promise.all(hits.slice(at, at + PAGE).map(([document]) => index.card(document)))) {
      if (after && card.date < after) continue;
      if (want.place && !card.places.some((code) => code === want.place || code === form.dataset.place)) continue;
      const name = core.fold(card.title), first = titles.get(name);
      if (first && first.kind === card.kind) first.same = (first.same || 0) + 1;
      else if (out.length < count) { titles.set(name, card); out.push(card); }
    }
  }
  return {cards: out, total: hits.length};
}

function suggestion(plan, found) {
  if (!plan.repaired.size) return '';
  const text = found.map((card) => `${card.title} ${card.summary}`).join(' ').match(/[\p{L}\p{N}\p{M}]+/gu) || [];
  const spelled = new Map(text.map((word) => [core.analyse(word)[0], word.toLowerCase()]).reverse());
  const typed = box.value.normalize('NFC').trim().split(/\s+/);
  if (typed.length !== plan.units.length) return '';
  let changed = false;
  const words = typed.map((word, i) => {
    for (const [parts] of plan.repaired.get(i) || []) {
      if (parts.every((part) => spelled.has(part))) {
        changed = true;
        return parts.map((part) => spelled.get(part)).join(' ');
      }
    }
    return word;
  });
  return changed ? words.join(' ') : '';
}

function close() {
  hints.hidden = true;
  active = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function clear() {
  list.replaceChildren();
  list.hidden = more.hidden = meant.hidden = none.hidden = true;
}

async function show(count) {
  const mine = ++turn, want = asked();
  close();
  filters.hidden = !want.q;
  index.hidden = !!want.q;
  document.title = want.q ? `${want.q} – ${title}` : title;
  if (!want.q) { clear(); state.textContent = ''; return; }
  state.textContent = 'Đang tìm…';
  try {
    const made = await ask(async (shards) => {
      const found = await shards.search(want.q, false);
      return {found, shards, ...(await cards(found, shards, want, count || PAGE))};
    });
    if (mine !== turn) return;
    results(made, want);
  } catch (error) {
    if (mine !== turn) return;
    clear();
    state.textContent = navigator.onLine
      ? 'Chưa tải được dữ liệu tìm kiếm. Hãy thử lại sau ít phút, tra theo mục bên dưới, hoặc gọi các số ở đầu trang.'
      : 'Bạn đang ngoại tuyến và phần dữ liệu này chưa được lưu trên máy. Hãy tra theo mục bên dưới, hoặc gọi các số ở đầu trang.';
    index.hidden = none.hidden = false;
  }
}

function results({found, cards, total}, want) {
  clear();
  current = found;
  shown = cards.length;
  const wanted = words(found.plan, true);
  list.append(...cards.map((card) => row(card, wanted)));
  list.hidden = !shown;
  more.hidden = shown >= total || shown < PAGE;
  none.hidden = shown > 2;
  state.textContent = shown ? `Tìm thấy ${total.toLocaleString('vi')} kết quả cho “${want.q}”.` : `Chưa tìm thấy kết quả nào cho “${want.q}”.`;
  if (!shown) index.hidden = false;
  const better = suggestion(found.plan, cards.slice(0, 3));
  if (better) {
    const again = element('a', '', better);
    again.href = address({...want, q: better});
    meant.replaceChildren('Có phải bạn tìm: ', again, '?');
    meant.hidden = false;
  }
}

// ---- while one types
async function hint() {
  const mine = ++turn, q = box.value.trim();
  if ([...q].length < 2) { close(); return; }
  await wait(130);
  if (mine !== turn) return;
  try {
    const {found, found: {plan}, cards: best} = await ask(async (shards) => {
      const found = await shards.search(q, !!shards.vocabulary && !/\s$/.test(box.value));
      return {found, ...(await cards(found, shards, {}, 6))};
    });
    if (mine !== turn || document.activeElement !== box) return;
    const wanted = words(plan, true);
    hints.replaceChildren(...best.map((card, i) => {
      const option = element('li', '', marked(card.title, wanted), element('small', '', label[card.kind] || ''));
      option.id = `goi-y-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.href = link(card);
      return option;
    }));
    active = -1;
    hints.hidden = !best.length;
    box.setAttribute('aria-expanded', String(!!best.length));
    state.textContent = best.length ? `${best.length} gợi ý, dùng phím mũi tên để chọn; Enter để xem tất cả ${found.hits.length.toLocaleString('vi')} kết quả.` : '';
    (await shards()).words().catch(() => {});
  } catch (error) {
    close();
  }
}

function choose(step) {
  const options = [...hints.children];
  if (hints.hidden || !options.length) return false;
  active += step;
  if (active >= options.length) active = -1;
  if (active < -1) active = options.length - 1;
  options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
  if (active < 0) box.removeAttribute('aria-activedescendant');
  else {
    box.setAttribute('aria-activedescendant', options[active].id);
    options[active].scrollIntoView({block: 'nearest'});
  }
  return true;
}

box.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (choose(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
  } else if (event.key === 'Escape' && !hints.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === 'Enter' && active >= 0) {
    event.preventDefault();
    location.href = hints.children[active].dataset.href;
  }
});
box.addEventListener('input', (event) => { if (!event.isComposing) hint(); });
box.addEventListener('compositionend', hint);
box.addEventListener('focus', () => { shards().catch(() => {}); }, {once: true});
box.addEventListener('blur', () => setTimeout(close, 150));
hints.addEventListener('mousedown', (event) => {
  const option = event.target.closest('li');
  event.preventDefault();
  if (option) location.href = option.dataset.href;
});

// ---- addresses and the way back
const title = document.title;
function go(replace) {
  const url = address(asked());
  if (url !== location.pathname + location.search) history[replace ? 'replaceState' : 'pushState']({}, '', url);
  return show();
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  go();
});
filters.addEventListener('change', () => go());
more.firstElementChild.addEventListener('click', async () => {
  const first = shown;
  await show(shown + PAGE);
  const next = list.children[first];
  if (next) next.querySelector('a').focus({preventScroll: true});
});
meant.addEventListener('click', (event) => {
  if (event.target.href && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    history.pushState({}, '', event.target.href);
    fill();
    show();
  }
});
async function back(event) {
  fill();
  const place = (event && event.state) || history.state || {};
  await show(place.shown);
  if (place.top) scrollTo(0, place.top);
}
addEventListener('popstate', back);
addEventListener('pagehide', () => {
  history.replaceState({...history.state, top: scrollY, shown: Math.max(shown, PAGE)}, '');
  tidy().catch(() => {});
});

for (const [name, value] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'goi-y'})) box.setAttribute(name, value);
history.scrollRestoration = 'manual';
back();
