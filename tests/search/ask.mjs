// Answers queries from an exported index: one JSON value a line in, one out.
// {"tokens": text} | {"stream": [texts]} | {"query": text, "typing": bool}; argv: core.js, index folder
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';

const core = await import(pathToFileURL(process.argv[2]));
const folder = process.argv[3];
const aliases = core.aliasTable(JSON.parse(readFileSync(`${folder}/base.json`)).aliases);
const shards = await new core.Shards(async (path) => new Uint8Array(readFileSync(`${folder}/${path.split('?')[0]}`))).open();
for await (const line of createInterface({input: process.stdin})) {
  const asked = JSON.parse(line);
  let answer;
  if (asked.tokens !== undefined) answer = core.tokens(asked.tokens, aliases, !!asked.asQuery);
  else if (asked.stream) answer = Object.fromEntries(core.stream(asked.stream, aliases));
  else if (asked.number) answer = core.keyNumber(asked.number);
  else {
    const {hits} = await shards.search(asked.query, !!asked.typing);
    answer = {hits: hits.slice(0, asked.limit || 10), found: hits.length};
    if (asked.cards) answer.cards = await Promise.all(hits.slice(0, 5).map(([d]) => shards.card(d)));
  }
  console.log(JSON.stringify(answer));
}
