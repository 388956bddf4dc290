import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** What `npm pack` would put into the package. */
function packed(): readonly string[] {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(json) as [{ files: readonly { path: string }[] }];
  return files.map(({ path }) => path);
}

test('every page of the package links to what is in the package', () => {
  const files = packed();
  const isThere = (target: string) =>
    files.some((file) => file === target || file.startsWith(`${target.replace(/\/$/, '')}/`));
  const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('dist/'));
  expect(pages.length).toBeGreaterThan(40);
  const dead = pages.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, path = '']) => join(dirname(page), path))
      .filter((target) => !isThere(target))
      .map((target) => `${page} → ${target}`),
  );
  expect(dead).toEqual([]);
});

test('nothing of how the project is built and tested is in the package, and no code kept for one machine', () => {
  expect(
    packed().filter((file) => /^(?:test|fixtures|src|spec|\.ci)\/|\.cache$|\.tsbuildinfo$/.test(file)),
  ).toEqual([]);
});
