// Indexes the same texts with a peer and asks it the same questions.
// argv: name, folder with node_modules, documents.json, questions.json, work folder -> JSON on stdout
import {mkdirSync, readFileSync, readdirSync, rmSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {brotliCompressSync} from 'node:zlib';

const [, , name, packages, texts, asked, work] = process.argv;
const require = createRequire(`${packages}/package.json`);
const documents = JSON.parse(readFileSync(texts));
const {sets, ambiguous, cold} = JSON.parse(readFileSync(asked));
const start = process.cpuUsage();
const spent = () => (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1e6;
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

async function minisearch() {
  const MiniSearch = require('minisearch');
  const index = new MiniSearch({fields: ['title', 'summary', 'body'], idField: 'path'});
  index.addAll(documents);
  const size = brotliCompressSync(JSON.stringify(index)).length;
  return {find: async (query) => index.search(query, {fuzzy: 0.2}).map((hit) => hit.id), size, files: 1};
}

async function flexsearch() {
  const {Document} = require('flexsearch');
  const index = new Document({document: {id: 'path', index: ['title', 'summary', 'body']}, tokenize: 'strict', encoder: 'LatinBalance'});
  documents.forEach((document) => index.add(document));
  let text = '';
  index.export((key, data) => { text += data || ''; });
  const find = async (query) => {
    const score = new Map();
    for (const {field, result} of index.search(query, {limit: 20, suggest: true})) {
      result.forEach((id, place) => score.set(id, (score.get(id) || 0) + (field === 'title' ? 3 : 1) / (place + 1)));
    }
    return [...score].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  };
  return {find, size: brotliCompressSync(text).length, files: 1};
}

async function lunr() {
  const build = require('lunr');
  const index = build(function () {
    this.ref('path');
    this.field('title', {boost: 4});
    this.field('summary');
    this.field('body');
    this.pipeline.remove(build.stemmer);
    this.searchPipeline.remove(build.stemmer);
    documents.forEach((document) => this.add(document));
  });
  const size = brotliCompressSync(JSON.stringify(index)).length;
  const clean = (query) => query.replace(/[^\p{L}\p{N}\p{M} ]/gu, ' ');
  return {find: async (query) => index.search(clean(query)).map((hit) => hit.ref), size, files: 1};
}

async function pagefind() {
  const {createIndex} = await import(pathToFileURL(`${packages}/node_modules/pagefind/lib/index.js`));
  const {index} = await createIndex({});
  const safe = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  for (const {path, title, summary, body} of documents) {
    const content = `<html lang="vi"><body><h1>${safe(title)}</h1><p>${safe(summary)}</p><p>${safe(body)}</p></body></html>`;
    await index.addHTMLFile({url: path, content});
  }
  rmSync(work, {recursive: true, force: true});
  mkdirSync(work, {recursive: true});
  await index.writeFiles({outputPath: work});
  let bytes = 0;
  globalThis.fetch = async (url) => {
    const data = readFileSync(decodeURIComponent(`${url}`.replace(/^file:\/\//, '').split('?')[0]).replace(/^(?!\/)/, `${work}/`));
    bytes += data.length;
    return new Response(data);
  };
  globalThis.location = {href: 'file:///', origin: 'file://', pathname: '/'};
  globalThis.document = {querySelector: () => ({getAttribute: () => 'vi'}), currentScript: null};
  globalThis.window = globalThis;
  const open = async (mark) => {
    const client = await import(`${pathToFileURL(`${work}/pagefind.js`)}?${mark}`);
    await client.options({basePath: `file://${work}/`, baseUrl: '/', noWorker: true});
    await client.init();
    return client;
  };
  const client = await open('all');
  const find = async (query) => (await Promise.all((await client.search(query)).results.slice(0, 10).map((hit) => hit.data()))).map((data) => data.url);
  const coldBytes = [], laterBytes = [];
  for (const [place, query] of cold.entries()) {
    bytes = readFileSync(`${work}/pagefind.js`).length;
    const fresh = await open(`cold${place}`);
    for (const hit of (await fresh.search(query)).results.slice(0, 5)) await hit.data();
    coldBytes.push(bytes);
    bytes = 0;
    for (const hit of (await fresh.search(cold[(place + 1) % cold.length])).results.slice(0, 5)) await hit.data();
    laterBytes.push(bytes);
  }
  const all = readdirSync(work, {recursive: true}).map((file) => statSync(`${work}/${file}`)).filter((stat) => stat.isFile());
  return {find, size: all.reduce((sum, stat) => sum + stat.size, 0), files: all.length, cold: middle(coldBytes), later: middle(laterBytes)};
}

const made = await {minisearch, flexsearch, lunr, pagefind}[name]();
const build = spent();
const quality = {}, times = [];
for (const [set, queries] of Object.entries(sets)) {
  let first = 0, five = 0, reciprocal = 0;
  for (const [query, answers] of queries) {
    const before = process.cpuUsage();
    const found = await made.find(query);
    times.push(process.cpuUsage(before).user / 1000);
    const place = found.slice(0, 10).findIndex((path) => answers.includes(path));
    if (place === 0) first++;
    if (place >= 0 && place < 5) five++;
    if (place >= 0) reciprocal += 1 / (place + 1);
  }
  quality[set] = {n: queries.length, first: first / queries.length, five: five / queries.length, mrr: reciprocal / queries.length};
}
let right = 0, every = 0;
for (const [word, good] of ambiguous) {
  for (const path of (await made.find(word)).slice(0, 5)) {
    every++;
    if (good.includes(path)) right++;
  }
}
const {find, ...rest} = made;
console.log(JSON.stringify({...rest, build, quality, phrases: right / Math.max(1, every), cpu: middle(times), memory: process.memoryUsage().rss}));
process.exit(0);
