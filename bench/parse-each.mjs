// Parses every plan of a folder in this one process, and prints the seconds that JSON.parse alone took:
//   node bench/parse-each.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';

const folder = argv[2];
let milliseconds = 0;
for (const name of readdirSync(folder)) {
  const text = readFileSync(join(folder, name), 'utf8');
  const start = performance.now();
  JSON.parse(text);
  milliseconds += performance.now() - start;
}
stdout.write(`${Math.round(milliseconds * 1000) / 1e6}\n`);
