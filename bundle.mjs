import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { env, execPath, stderr } from 'node:process';
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

// The command keeps what it compiled, and what that is depends on what it ran; so whoever built it finds the same. The
// plan is one that asks for a sign-off, and large enough to be scanned as large ones are. It is judged outside of any
// repository and of what a pipeline tells its programs, so that it is the same run everywhere. No package has it in it.
const folder = mkdtempSync(join(tmpdir(), 'check-plan-build-'));
try {
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, readFileSync('fixtures/incident/plan.json', 'utf8') + ' '.repeat(1 << 17));
  const { PATH, SystemRoot, NODE_DISABLE_COMPILE_CACHE } = env;
  const told = Object.entries({ PATH, SystemRoot, NODE_DISABLE_COMPILE_CACHE }).filter(([, value]) => value);
  const { status } = spawnSync(execPath, [resolve('bin/check-plan.js'), plan, '--quiet'], {
    cwd: folder,
    env: Object.fromEntries(told),
    stdio: 'ignore',
  });
  if (status !== 3) stderr.write(`no compiled code is kept: the run for it ended with ${status}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
