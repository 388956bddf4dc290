import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

/**
 * Modules of Node.js that are not loaded before any program starts are loaded when they are first used: each takes
 * milliseconds, and most runs need none of them.
 */
const lateModules: Plugin = {
  name: 'late-modules',
  renderChunk(code) {
    return [...code.matchAll(LATE)].reduce((text, [declaration, indent, name, module]) => {
      const rest = text.replace(declaration, '');
      const uses = new RegExp(`(?<![\\w$.])${name}\\.`, 'g');
      // What hands the module on as a whole needs it at once.
      if (new RegExp(`(?<![\\w$.])${name}(?![\\w$.])`).test(rest)) return text;
      const later = `${indent}let ${name}$; const ${name} = () => (${name}$ ??= require("${module}"));`;
      const made = new RegExp(`\\bnew ${name}\\.(\\w+)`, 'g');
      return text.replace(declaration, later).replace(made, `new (${name}().$1)`).replace(uses, `${name}().`);
    }, code);
  },
};

const LATE =
  /^(\s*)(?:let|const) (\w+) = require\("(node:(?:child_process|crypto|fs\/promises|os|readline[\w/]*|stream[\w/]*|tty|worker_threads|zlib))"\);$/gm;

/**
 * The bundle is for `bin/check-plan.js` to load: each file is one function with the parameters of a CommonJS module,
 * which Node.js starts sooner than ES modules. All of it is ASCII, so that the engine keeps a byte a character.
 */
const forLoader: Plugin = {
  name: 'for-loader',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    withHelpers(chunks);
    delete bundle[HELPERS];
    for (const file of chunks) {
      const code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${hex(unit.charCodeAt(0))}`);
      file.code = `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
    }
    for (const [thread, start] of [
      ['judge', "('main.js').judgeInThread()"],
      ['hash', "('hash.js')"],
    ]) {
      const source = `require('../../bin/check-plan.js')${start};\n`;
      this.emitFile({ type: 'asset', fileName: `${thread}-worker.js`, source });
    }
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/** What the bundler puts into a file of its own, small as it is. Every run would load it besides the first one. */
const HELPERS = 'rolldown-runtime.js';

/** The first file has them in it, and the others take them from there. */
function withHelpers(chunks: readonly { readonly fileName: string; code: string }[]): void {
  const helpers = chunks.find(({ fileName }) => fileName === HELPERS)?.code ?? '';
  for (const chunk of chunks) {
    const isFirst = chunk.fileName === 'main.js';
    const from = isFirst ? 'exports.helpers' : 'require("./main.js").helpers';
    const code = chunk.code.replaceAll(`require("./${HELPERS}")`, from);
    chunk.code = isFirst ? `${from}={};((exports)=>{${helpers}})(${from});${code}` : code;
  }
}

/** Loaded only where a saved plan is read: they stay where they were installed. */
const SAVED_PLAN = ['fflate', '@msgpack/msgpack', '@bufbuild/protobuf/wire'];

const hex = (code: number): string => code.toString(16).padStart(4, '0');

/**
 * What a check loads in any case: all that the files import, and that imports, but for types and what is imported late.
 * Nothing in it needs anything outside of it, so that as one file it waits for no other.
 */
function alwaysLoaded(files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (file: URL): void => {
    if (found.has(fileURLToPath(file))) return;
    found.add(fileURLToPath(file));
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT))
      add(new URL(specifier, file));
  };
  for (const file of files) add(new URL(file, import.meta.url));
  return found;
}

const IMPORT = /^(?:import|export) (?!type )(?:[^;']*? from )?'(\.[^']+)';/gm;
const CHECK = alwaysLoaded(['src/cli/bundle.ts', 'src/cli/check-command.ts']);

/**
 * The command in few files: Node.js takes longer to find and load a hundred small modules than to judge a small plan.
 * What a check needs is one file; what only some runs need stays apart and is loaded by them. The library in `dist/` is
 * not bundled.
 */
export default defineConfig({
  input: {
    main: 'src/cli/bundle.ts',
    hash: 'src/adapters/hash-worker.ts',
  },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  // The SDK is optional, and far larger than all of this: it stays where the user installed it.
  external: [/^@aws-sdk\//, ...SAVED_PLAN],
  plugins: [licences, catalogue, lateModules, forLoader],
  output: {
    // As deep as `src/adapters`, so that `../../rules/` is the same folder from here.
    dir: 'dist/command',
    cleanDir: true,
    format: 'cjs',
    minify: true,
    // A module of Node.js is there at once, and to import it would start the loader of ES modules.
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [{ name: 'main', test: (id) => CHECK.has(id) }],
    },
  },
});
