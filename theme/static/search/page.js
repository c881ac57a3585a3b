// The search page: a combobox with answers while one types, results, filters, a shareable address.
import {agreement, connect, fold} from './core.js';
import {analyse} from './start.js';

if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('readystatechange', done, {once: true}));
const form = document.getElementById('tim'), box = form.q, hints = document.getElementById('goi-y');
const [state, meant, list, more, none, index] = ['trang-thai', 'y-ban', 'ket-qua', 'them', 'khong-thay', 'muc-luc'].map((id) => document.getElementById(id));
const filters = form.querySelector('.filters'), folder = form.dataset.index, [FIRST, PAGE] = [5, 10];
const label = Object.fromEntries([...form.loai.options].map((option) => [option.value, option.text]));
const said = form.dataset.words.split('|'), say = (i, n, q) => said[i].replace('{n}', n).replace('{q}', () => q);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let turn = 0, active = -1, shown = 0;

// What an earlier visit kept was shown and is too old: asked again, unless the reader is among the results or typing
const {shards, ask} = connect(folder, JSON.parse(document.getElementById('goc').textContent), () => {
  if (!list.contains(document.activeElement) && new URLSearchParams(location.search).get('q') === box.value) show(shown);
});

async function tidy() {
  if (!('caches' in self)) return;
  const kept = await caches.open('tim-kiem'), {base, now} = await shards();
  for (const request of await kept.keys()) {
    const version = new URL(request.url).searchParams.get('v');
    if (version && version !== base.version && version !== now.fresh) kept.delete(request);
  }
}

// ---- what is asked
const asked = () => ({q: box.value.trim(), kind: form.loai.value, since: form.tu.value, place: form.noi ? form.noi.value : ''});
function address(q) {
  const query = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, name === 'q' ? q : value]).filter(([, value]) => value));
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
// Folded words -> the codes of their marks as typed (0: without, or read otherwise)
function words({units, repaired}) {
  const found = new Map(units.map(([text, code]) => [text, code]));
  for (const some of repaired.values()) for (const [parts] of some) for (const part of parts) if (!found.has(part)) found.set(part, 0);
  found.tones = units.some((unit) => unit[1] % 6);
  return found;
}
// The words of a text that were asked for, in their own spelling if they were typed with marks
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const hits = (text, wanted) => [...text.matchAll(WORD)].filter((word) => {
  const [key, code] = analyse(word[0]);
  return wanted.has(key) && agreement(wanted.get(key), code, wanted.tones) > 3;
});
const keys = (text, wanted) => new Set(hits(text, wanted).map((word) => analyse(word[0])[0]));
function marked(text, wanted) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const word of hits(text, wanted)) {
    const mark = document.createElement('mark');
    mark.textContent = word[0];
    out.append(text.slice(at, word.index), mark);
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
function snippet({summary, text}, wanted) {
  let best = keys(summary, wanted).size, said = summary;
  if (best === wanted.size) return said;
  for (const line of text.split('\n')) {
    for (const {index} of hits(line, wanted).slice(0, 40)) {
      const from = index < 50 ? 0 : line.lastIndexOf(' ', index - 40) + 1;
      const piece = line.slice(from, line.length - from > 170 ? line.lastIndexOf(' ', from + 160) : undefined);
      const found = keys(piece, wanted).size;
      if (found > best) [best, said] = [found, (from ? '… ' : '') + piece + (from + piece.length < line.length ? ' …' : '')];
    }
  }
  return said;
}
const day = (date) => date.split('-').reverse().map(Number).join('/');
const link = (card) => form.dataset.base + card.path;

// What an article's own page says, without its tags; the reader who opens it has it already
const ENTITIES = {amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", nbsp: ' '};
async function prose(card) {
  const answer = await fetch(link(card));
  const [, text = ''] = answer.ok ? (await answer.text()).match(/<article[^>]*>([^]*)<\/article>/) || [] : [];
  return text.replace(/<h1[^]*?<\/h1>/, '').replace(/<\/(p|li|h\d|d[td]|t[dh]|blockquote)>/g, '\n').replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] || all);
}

// Rows in sight whose card does not say all that was asked show the piece of the article that does
const seen = 'IntersectionObserver' in self && !(navigator.connection || {}).saveData && new IntersectionObserver((entries) => {
  for (const {isIntersecting, target} of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      target.deepen().catch(() => {}); // without network the summary does
    }
  }
});
function watch(item, card, wanted, said) {
  if (!seen || card.text || keys(`${card.title} ${said.textContent}`, wanted).size === wanted.size) return;
  item.deepen = async () => said.replaceChildren(marked(snippet({...card, text: await prose(card)}, wanted), wanted));
  seen.observe(item);
}

function row(card, wanted) {
  const title = element('a', '', marked(card.title, wanted));
  title.href = link(card);
  const meta = element('p', 'row-meta', element('span', '', label[card.kind] || ''));
  if (card.date) meta.append(element('span', '', day(card.date)));
  const said = element('p', '', marked(snippet(card, wanted), wanted));
  const item = element('li', 'row', element('h2', 'row-title', title), said, meta);
  watch(item, card, wanted, said);
  return item;
}

const since = (days) => new Date(Date.now() - days * 864e5 + 252e5).toISOString().slice(0, 10);

// Cards of the hits that pass the filters, the same title only once, until `count` are there; `first` gets the first few
async function cards(found, index, want, count, first) {
  const out = [], titles = new Map(), after = want.since && since(want.since);
  let hits = found.hits;
  if (want.kind) hits = hits.filter(([document]) => index.kind(document) === want.kind);
  for (let at = 0, step = FIRST; at < hits.length && out.length < count; at += step, step = Math.max(FIRST, count - out.length)) {
    if (out.length && first) first(out, hits.length);
    for (const card of await Promise.all(hits.slice(at, at + step).map(([document]) => index.card(document)))) {
      if (after && card.date < after) continue;
      if (want.place && !card.places.some((code) => code === want.place || code === form.dataset.place)) continue;
      const name = fold(card.title), same = titles.get(name);
      if (same && same.kind === card.kind) same.same = (same.same || 0) + 1;
      else if (out.length < count) { titles.set(name, card); out.push(card); }
    }
  }
  return {cards: out, total: hits.length};
}

function suggestion(plan, found) {
  if (!plan.repaired.size) return '';
  const text = found.map((card) => `${card.title} ${card.summary}`).join(' ').match(WORD) || [];
  const spelled = new Map(text.map((word) => [analyse(word)[0], word.toLowerCase()]).reverse());
  const typed = box.value.normalize('NFC').trim().split(/\s+/);
  if (typed.length !== plan.units.length) return '';
  let changed = false;
  const words = typed.map((word, i) => {
    if (spelled.has(plan.units[i][0])) return word;
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
  state.textContent = said[0];
  try {
    let begun;
    const made = await ask(async (shards) => {
      const found = await shards.search(want.q, false);
      begun = false;
      return {found, ...(await cards(found, shards, want, count || PAGE, (cards, total) => {
        if (mine === turn) begun = results({found, cards, total}, want, begun);
      }))};
    });
    if (mine === turn) results(made, want, begun);
  } catch (error) {
    if (mine !== turn) return;
    clear();
    state.textContent = said[navigator.onLine ? 3 : 4];
    index.hidden = none.hidden = false;
  }
}

// Shows what was found; `begun`: its first cards stand already
function results({found, cards, total}, want, begun) {
  if (!begun) clear();
  shown = cards.length;
  const wanted = words(found.plan);
  list.append(...cards.slice(list.children.length).map((card) => row(card, wanted)));
  cards.forEach(({same}, i) => {
    const place = list.children[i].querySelector('.same') || (same && list.children[i].appendChild(element('p', 'same')));
    if (same) place.textContent = say(7, same);
  });
  list.hidden = !shown;
  more.hidden = shown >= total || shown < PAGE;
  none.hidden = shown > 2;
  state.textContent = say(shown ? 1 : 2, total.toLocaleString('vi'), want.q);
  if (!shown) index.hidden = false;
  const better = suggestion(found.plan, cards.slice(0, 3));
  if (better) {
    const again = element('a', '', better);
    again.href = address(better);
    meant.replaceChildren(said[6], again, '?');
    meant.hidden = false;
  }
  return true;
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
    const wanted = words(plan);
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
    state.textContent = best.length ? say(5, best.length, found.hits.length.toLocaleString('vi')) : '';
    (await shards()).words().catch(() => {});
  } catch (error) {
    close();
  }
}

function choose(step) {
  const options = [...hints.children];
  if (hints.hidden || !options.length) return false;
  const stops = options.length + 1; // one of them is the box
  active = (active + step + 1 + stops) % stops - 1;
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
// Who opened this page is going to ask: what every query needs is fetched before
const prepare = () => shards().then((index) => Promise.all([index.table(), index.fresh()])).catch(() => {});
if (!(navigator.connection || {}).saveData) prepare();
box.addEventListener('focus', prepare, {once: true});
box.addEventListener('blur', () => setTimeout(close, 150));
hints.addEventListener('mousedown', (event) => {
  const option = event.target.closest('li');
  event.preventDefault();
  if (option) location.href = option.dataset.href;
});

// ---- addresses and the way back
const title = document.title;
function go() {
  const url = address(asked().q);
  if (url !== location.pathname + location.search) history.pushState({}, '', url);
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
