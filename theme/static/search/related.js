// “Liên quan”: documents like this one, from the search index, once the reader comes near the end.
const place = document.getElementById('lien-quan'), ALIKE = 10, LEAST = 160; // LEAST: the weight of a full pair

// Documents like the one whose title, topics and summary are `text`; `own` tells its card
export async function related(text, shards, own, {plan, look, score}) {
  const made = plan(text, shards.aliases), names = (f) => f[2][0] !== 'x', keys = new Set(), {entries} = made;
  made.features = made.features.filter((f) => f[5] >= LEAST && f[2][0] !== 'u').sort((a, b) => names(a) - names(b) || a[3] - b[3])
    .filter(([key]) => !keys.has(key) && keys.add(key)).slice(0, ALIKE);
  await look(made, shards, made.features);
  made.features = made.features.filter(([key]) => entries.has(key) && entries.get(key).count > 1);
  const found = [];
  for (const hit of score(made, shards)) {
    if (hit[2] < 2 || (found.length && hit[1] * 2 < found[0][1])) continue;
    if (!await own(hit[0])) found.push(hit);
    if (found.length === 5) break;
  }
  return found;
}

async function fill(list, {core, index, base, tags}) {
  const found = await import(core), about = document.querySelector('meta[name=description]');
  const text = [document.querySelector('h1').textContent, tags, about && about.content].filter(Boolean).join('. ');
  const cards = await found.connect(index).ask(async (shards) => {
    const hits = await related(text, shards, async (document) => base + (await shards.card(document)).path === location.pathname, found);
    return Promise.all(hits.map(([document]) => shards.card(document)));
  });
  for (const {title, path, date} of cards) {
    const item = document.createElement('li'), link = item.appendChild(document.createElement('a'));
    link.href = base + path;
    link.textContent = title;
    if (date) item.append(` (${date.split('-').reverse().map(Number).join('/')})`);
    list.append(item);
  }
  for (const part of place.children) part.hidden = !list.children.length;
}

// Nothing is fetched for whoever does not read to the end or saves data; the topics above stand without it
if (place && !(navigator.connection || {}).saveData) {
  new IntersectionObserver(([entry], watcher) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    fill(place.querySelector('ul'), place.dataset).catch(() => {}); // without network there is no list
  }, {rootMargin: '300px'}).observe(place);
}
