import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../src/cli/commands.ts';
import { DEFAULT_POLICY } from '../src/policy/defaults.ts';
import { parsePolicy } from '../src/policy/parse.ts';
import { runIn } from './cli/memory-io.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The blocks of a language, in their order. */
const blocks = (page: string, language: string): string[] =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body]) => body ?? '',
  );

/** The anchor that GitHub gives a heading. */
const anchors = (page: string): string[] =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(PAGES)('%s links to what is there', (page) => {
  const wrong = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
    ([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return [target];
      return anchor === undefined || anchors(target).includes(anchor) ? [] : [`${target}#${anchor}`];
    },
  );
  expect(wrong).toEqual([]);
});

test('every page of docs/ can be reached from the README', () => {
  const linked = [...textOf('README.md').matchAll(/\]\((docs\/[\w-]+\.md)/g)].map(([, path]) => path);
  expect(PAGES.filter((page) => page !== 'README.md' && !linked.includes(page))).toEqual([]);
});

test.each(PAGES)('%s names only commands and options that there are', async (page) => {
  const { stdout } = await runIn(['--help']);
  const names = COMMANDS.map(({ name }) => name);
  const helps = await Promise.all(names.map(async (name) => (await runIn([name, '--help'])).stdout));
  const help = [stdout, ...helps].join('\n');
  const shells = blocks(page, 'sh').join('\n').replaceAll('\\\n', ' ');
  for (const [, argument = '', rest = ''] of shells.matchAll(/\bcheck-plan (\S+)([^\n#|&]*)/g)) {
    expect([
      ...names,
      argument.match(/[./'-]|^(tfplan|plans|INPUT|ARN)$/) ? argument : 'a command',
    ]).toContain(argument);
    for (const [option] of `${argument}${rest}`.matchAll(/(?<= |^)--[a-z-]+/g))
      expect(help).toContain(option);
  }
});

test('the policy example is a policy, and says what it seems to say', () => {
  const example = blocks('docs/policy.md', 'yaml').find((block) => block.startsWith('version: 1')) ?? '';
  const policy = parsePolicy(example, 'docs/policy.md');
  expect(policy.roster.persons.map(({ id }) => id)).toEqual(['alice']);
  expect(policy.signOff.required.critical['declared-human']).toEqual({
    kind: 'sign-off',
    persons: 1,
    level: 'senior',
    teams: 0,
    presence: 'none',
  });
  expect(policy.signOff.required.high).toEqual(DEFAULT_POLICY.signOff.required.high);
  expect(policy.rules.get('CP016')?.severity).toBe('high');
});

test('docs/troubleshooting.md has every error code, and no other', () => {
  const { $defs } = JSON.parse(readFileSync(join(ROOT, 'schemas/report.schema.json'), 'utf8'));
  const codes = [...textOf('docs/troubleshooting.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(
    ([, code]) => code,
  );
  expect(codes.toSorted()).toEqual($defs.error.properties.code.enum.toSorted());
});

test.each(PAGES)('the YAML in %s is YAML', (page) => {
  for (const block of blocks(page, 'yaml')) expect(() => parse(block), block).not.toThrow();
});
