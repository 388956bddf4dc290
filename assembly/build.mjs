// Compiles entry.ts, and what it takes from the others, to WebAssembly, and writes it as base64 into the TypeScript module that loads it. With --check it
// writes nothing, and fails where the module is not what the source compiles to.
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import asc from 'assemblyscript/asc';

const HERE = new URL('./', import.meta.url);
const MODULE = new URL('../src/readers/json/simd/module.ts', HERE);
const OPTIONS = [
  '-O3',
  '--converge',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--noAssert',
  '--initialMemory',
  '5',
];

/** The text of the generated module. */
async function generate() {
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(['entry.ts', '--outFile', 'skip.wasm', ...OPTIONS], {
    readFile: (name) => readFile(new URL(name, HERE), 'utf8').catch(() => null),
    writeFile: (name, contents) => {
      if (name === 'skip.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const text = Buffer.from(binary).toString('base64');
  return `// Generated from assembly/ by \`npm run build\`: do not edit.
/** The WebAssembly module, as base64. */
export const MODULE =
${text
  .match(/.{1,104}/g)
  .map((line) => `  '${line}'`)
  .join(' +\n')};
`;
}

const text = await generate();
if (text !== (await readFile(MODULE, 'utf8').catch(() => ''))) {
  if (argv.includes('--check')) throw new Error('module.ts is stale: run `npm run build`');
  await writeFile(MODULE, text);
}
