import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

/** The packages that end up in the bundle. Their licences ask to be where the code is. */
const LICENCES = ['commander/LICENSE', 'picocolors/LICENSE', 'valibot/LICENSE.md', 'yaml/LICENSE'];

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

/**
 * The command in few files: Node.js takes longer to find and load a hundred small modules than to judge a small plan.
 * What a check needs is one file; what only some runs need stays apart and is loaded by them. The library in `dist/` is
 * not bundled.
 */
export default defineConfig({
  input: { main: 'src/cli/main.ts', 'judge-worker': 'src/adapters/judge-worker.ts' },
  platform: 'node',
  // Optional, and far larger than all of this: it stays where the user installed it.
  external: [/^@aws-sdk\//],
  plugins: [licences],
  output: {
    // As deep as `src/adapters`, so that `../../rules/` is the same folder from here.
    dir: 'dist/command',
    cleanDir: true,
    format: 'esm',
    chunkFileNames: '[name].js',
    // One file for what several commands need, else there would be one for each set of them.
    codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
  },
});
