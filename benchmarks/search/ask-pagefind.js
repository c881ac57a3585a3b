// Asks Pagefind what the address says and shows the titles of the first five results.
import * as pagefind from './pagefind.js';

const {results} = await pagefind.search(new URLSearchParams(location.search).get('q'));
const found = await Promise.all(results.slice(0, 5).map((result) => result.data()));
const list = document.getElementById('ket-qua');
list.dataset.all = '';
list.append(...found.map(({meta}) => {
  const item = document.createElement('li');
  item.textContent = meta.title;
  return item;
}));
