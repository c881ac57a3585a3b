// Asks the exported index what the questions say: recall, bytes of a cold and of a later query, CPU.
// argv: core.js, index folder, questions.json -> JSON on stdout
import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {pathToFileURL} from 'node:url';

const [, , file, folder, asked] = process.argv;
const core = await import(pathToFileURL(file));
const {sets, ambiguous, cold} = JSON.parse(readFileSync(asked));
let bytes = 0, files = 0;
const get = async (path) => {
  const data = readFileSync(`${folder}/${path.split('?')[0]}`);
  bytes += path.endsWith('.json') ? gzipSync(data, {level: 9}).length : data.length;
  files++;
  return new Uint8Array(data);
};
const shards = await new core.Shards(get).open();
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
const paths = async (hits, count) => (await Promise.all(hits.slice(0, count).map(([d]) => shards.card(d)))).map((card) => card.path);

const quality = {}, times = [];
for (const [name, queries] of Object.entries(sets)) {
  let first = 0, five = 0, reciprocal = 0;
  for (const [query, answers] of queries) {
    await shards.search(query);
    const start = process.cpuUsage();
    const {hits} = await shards.search(query);
    times.push(process.cpuUsage(start).user / 1000);
    const place = (await paths(hits, 10)).findIndex((path) => answers.includes(path));
    if (place === 0) first++;
    if (place >= 0 && place < 5) five++;
    if (place >= 0) reciprocal += 1 / (place + 1);
  }
  const n = queries.length;
  quality[name] = {n, first: first / n, five: five / n, mrr: reciprocal / n};
}

let right = 0, every = 0;
for (const [word, good] of ambiguous) {
  const {hits} = await shards.search(word);
  for (const path of await paths(hits, 5)) {
    every++;
    if (good.includes(path)) right++;
  }
}

const one = [], later = [], count = [];
for (const query of cold) {
  bytes = files = 0;
  const fresh = await new core.Shards(get).open();
  const opened = bytes;
  const {hits} = await fresh.search(query);
  const once = [...fresh.files.keys()].filter((path) => path.startsWith('f/'));
  if (fresh.base.slots) once.push('table.bin');
  const texts = once.reduce((sum, path) => sum + readFileSync(`${folder}/${path}`).length, 0);
  await Promise.all(hits.slice(0, 5).map(([d]) => fresh.card(d)));
  one.push(bytes);
  count.push(files);
  later.push(bytes - opened - texts);
}
console.log(JSON.stringify({
  quality, phrases: right / Math.max(1, every), cpu: middle(times), cold: middle(one), coldMost: Math.max(...one),
  later: middle(later), requests: middle(count), memory: process.memoryUsage().rss,
}));
