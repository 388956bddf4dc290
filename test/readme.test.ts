import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../src/model/decision.ts';
import { runIn } from './cli/memory-io.ts';

const ROOT = new URL('../', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');
const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

const EXAMPLES = ['README.md', 'docs/explain.md'];

test.each(EXAMPLES)(
  'the console example of %s is what the program prints; an ellipsis stands for lines left out',
  async (page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    const [, example = ''] = /^```console\n([\s\S]*?)^```$/m.exec(text) ?? [];
    const [command = '', ...lines] = example.trimEnd().split('\n');
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-readme-'));
    copyFileSync(new URL('fixtures/incident/plan.json', ROOT), join(cwd, 'plan.json'));
    const { exitCode, stdout } = await runIn(command.replace('$ check-plan ', '').split(' '), {
      cwd,
      columns: 100,
    });
    const runs = lines
      .join('\n')
      .split(/^…$/m)
      .map((run) => run.replace(/^\n|\n$/g, ''));
    let from = 0;
    for (const run of runs.filter((one) => one !== '')) {
      const found = stdout.indexOf(`${run}\n`, from);
      expect(
        found,
        `${page} shows lines that the program does not print here:\n${run}`,
      ).toBeGreaterThanOrEqual(from);
      from = found + run.length;
    }
    expect(exitCode).toBe(EXIT.signOffRequired);
  },
);

test('every npm command that it names exists', () => {
  const named = [...README.matchAll(/npm (?:run (?:-s )?([\w-]+)|(test))/g)].map(
    ([, script, test]) => script ?? test,
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((script) => !(String(script) in manifest.scripts))).toEqual([]);
});

test('its exit codes are the ones that there are', () => {
  const codes = [...README.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});

test('it counts the rules that there are', () => {
  const { rules } = JSON.parse(readFileSync(new URL('rules/index.json', ROOT), 'utf8'));
  expect(README).toContain(`${rules.length} [rules](rules/README.md)`);
});
