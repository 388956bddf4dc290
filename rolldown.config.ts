import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';
import { packFiles } from './src/adapters/catalogue-files.ts';

/** The packages that end up in the bundle. Their licences ask to be where the code is. */
const LICENCES = [
  '@dagrejs/dagre/LICENSE',
  'commander/LICENSE',
  'picocolors/LICENSE',
  'valibot/LICENSE.md',
  'yaml/LICENSE',
];

const licences: Plugin = {
  name: 'licences',
  generateBundle() {
    const texts = LICENCES.map((file) => {
      const text = readFileSync(new URL(`node_modules/${file}`, import.meta.url), 'utf8');
      return `${file.split('/')[0]}\n\n${text.trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join('\n\n') });
  },
};

/** The catalogue in one file; `rules/` stays its source, and is what the library reads. */
const catalogue: Plugin = {
  name: 'catalogue',
  generateBundle() {
    const folder = new URL('rules/', import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(?:json|tsv)$/.test(name))
      // Large, and read only for a CDK assembly: from where it lies.
      .filter((name) => !name.startsWith('replacement/'))
      .sort();
    const files = names.map((name): [string, string] => [name, readFileSync(new URL(name, folder), 'utf8')]);
    this.emitFile({ type: 'asset', fileName: 'rules.pack', source: packFiles(new Map(files)) });
  },
};

/** The bundle is CommonJS, which Node.js starts sooner, in a package of ES modules. */
const commonJs: Plugin = {
  name: 'common-js',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/**
 * The command in few files: Node.js takes longer to find and load a hundred small modules than to judge a small plan.
 * What a check needs is one file; what only some runs need stays apart and is loaded by them. The library in `dist/` is
 * not bundled.
 */
export default defineConfig({
  input: { main: 'src/cli/main.ts', 'judge-worker': 'src/adapters/judge-worker.ts' },
  platform: 'node',
  plugins: [licences, catalogue, commonJs],
  output: {
    // As deep as `src/adapters`, so that `../../rules/` is the same folder from here.
    dir: 'dist/command',
    cleanDir: true,
    format: 'cjs',
    // A module of Node.js is there at once, and to import it would start the loader of ES modules.
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // One file for what several commands need, else there would be one for each set of them.
    codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
  },
});
