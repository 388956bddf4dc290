import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runIn } from './memory-io.ts';

const scriptFor = async (shell: string): Promise<string> => (await runIn(['completion', shell])).stdout;
const isMissing = (shell: string): boolean => spawnSync(shell, ['--version']).error !== undefined;

/** What is typed, with the word to complete last, and some of what must and must not be offered. */
const CASES: readonly (readonly [
  typed: readonly string[],
  offered: readonly string[],
  not: readonly string[],
])[] = [
  [[''], ['sign', 'verify', 'init', 'completion', 'plan.json'], []],
  [['ver'], ['verify'], ['sign', 'plan.json']],
  [['--fo'], ['--format'], ['--key', '--quiet']],
  [
    ['--format', ''],
    ['text', 'json', 'markdown', 'sarif'],
    ['plan.json', 'sign'],
  ],
  [['rules', '--format', ''], ['text', 'json'], ['sarif']],
  [['--author', ''], ['ai', 'human'], ['plan.json']],
  [['--policy', 'pl'], ['plan.json'], ['plan']],
  [['sign', '--'], ['--key', '--hours', '--policy'], ['--format']],
  [['sign', 'pl'], ['plan.json'], []],
  [
    ['rules', 'CP00'],
    ['CP001', 'CP009'],
    ['CP010', 'plan.json'],
  ],
  [['completion', ''], ['bash', 'zsh', 'fish'], ['plan.json']],
];

const folder = mkdtempSync(join(tmpdir(), 'check-plan-completion-'));
writeFileSync(join(folder, 'plan.json'), '{}');

describe.skipIf(isMissing('bash'))(
  `bash completes${isMissing('bash') ? ' (SKIPPED: bash is missing)' : ''}`,
  () => {
    test.each(CASES)('%j', async (typed, offered, not) => {
      const words = ['check-plan', ...typed].map((word) => `'${word}'`).join(' ');
      const script = `${await scriptFor('bash')}
      COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _check_plan; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      const said = stdout.split('\n');
      expect(said).toEqual(expect.arrayContaining([...offered]));
      expect(said.filter((word) => not.includes(word))).toEqual([]);
    });
  },
);

describe.skipIf(isMissing('fish'))(
  `fish completes${isMissing('fish') ? ' (SKIPPED: fish is missing)' : ''}`,
  () => {
    test.each(CASES)('%j', async (typed, offered, not) => {
      const line = `check-plan ${typed.join(' ')}`;
      const script = `${await scriptFor('fish')}\ncomplete -C '${line}'`;
      const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { cwd: folder, encoding: 'utf8' });
      const said = stdout.split('\n').map((one) => one.split('\t')[0]);
      expect(said).toEqual(expect.arrayContaining([...offered]));
      expect(said.filter((word) => not.includes(word ?? ''))).toEqual([]);
    });
  },
);

describe.skipIf(isMissing('zsh'))(
  `zsh completes${isMissing('zsh') ? ' (SKIPPED: zsh is missing)' : ''}`,
  () => {
    test('loads, and knows check-plan', async () => {
      const script = `autoload -Uz compinit && compinit -u -D\n${await scriptFor('zsh')}\nprint -r -- "$_comps[check-plan]"`;
      const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { cwd: folder, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout).toBe('_check_plan\n');
    });
  },
);

test('every command and option of the help is completed, in every shell', async () => {
  const { stdout: help } = await runIn(['--help']);
  const commands = COMMANDS.map(({ name }) => name);
  const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name ?? '');
  expect(commands.length).toBeGreaterThan(4);
  expect(options.length).toBeGreaterThan(8);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = await scriptFor(shell);
    expect([...commands, ...options].filter((word) => !script.includes(word))).toEqual([]);
  }
});

test('another shell is refused with those that there are', async () => {
  const { exitCode, stderr } = await runIn(['completion', 'powershell']);
  expect([exitCode, stderr]).toEqual([64, expect.stringContaining('bash, zsh, fish')]);
});
