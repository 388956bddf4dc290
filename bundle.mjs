import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { loadConfig } from 'rolldown/config';

// Through the interface and not the command line, which prints a table that nobody who builds wants to read.
await build({ ...(await loadConfig('rolldown.config.ts')), logLevel: 'warn' });

// `check-plan/cdk` once more for apps of CommonJS: what runs TypeScript for most of them (ts-node) refuses ES modules.
await build({
  input: { index: 'src/cdk/index.ts', policy: 'src/policy/parse.ts' },
  platform: 'node',
  external: [/^aws-cdk-lib(?:\/|$)/, 'constructs'],
  // As deep as `dist/cdk`, so that `../../rules/` and `../../bin/` are the same files from here.
  output: {
    dir: 'dist/cdk-cjs',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
  },
  logLevel: 'warn',
});
const types = ['options', 'index'].map((name) => readFileSync(`dist/cdk/${name}.d.ts`, 'utf8'));
const alone = types.join('').replace(/^(?:import|export) type \{[^}]*\} from '\.[^']*';\n/gm, '');
writeFileSync('dist/cdk-cjs/index.d.cts', alone);
