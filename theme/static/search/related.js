// “Liên quan”: documents like this one, from the search index, once the reader comes near the end.
const place = document.getElementById('lien-quan'), list = place.querySelector('ul'), {core, index, base, tags} = place.dataset;

async function fill() {
  const {connect} = await import(core), about = document.querySelector('meta[name=description]');
  const text = [document.querySelector('h1').textContent, tags, about && about.content].filter(Boolean).join('. ');
  const cards = await connect(index).ask(async (shards) => {
    const hits = await shards.related(text, async (document) => base + (await shards.card(document)).path === location.pathname);
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
if (!(navigator.connection || {}).saveData) {
  new IntersectionObserver(([entry], watcher) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    fill().catch(() => {}); // without network there is no list
  }, {rootMargin: '300px'}).observe(place);
}
