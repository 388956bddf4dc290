import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { corpusBytes, corpusFiles } from '../readers/corpus.ts';

// Outside of the repository, whose history would be read each time.
const cwd = mkdtempSync(join(tmpdir(), 'check-plan-corpus-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const FILES = ['tf-plan', 'cfn-changeset', 'not-plans'].flatMap(corpusFiles);

const missing = FILES.length === 0 ? ' (SKIPPED: it is not at hand)' : '';

describe.skipIf(missing !== '')(`the corpus${missing}`, () => {
  test('is large', () => {
    expect(FILES.length).toBeGreaterThan(300);
  });

  test.each(FILES)('of %s there is a page and an explanation, whatever it is', async (file) => {
    const stdin = corpusBytes(file);
    const [page, explanation] = await Promise.all([
      runIn(['-', '--format', 'html'], { stdin, cwd }),
      runIn(['explain', '-'], { stdin, cwd }),
    ]);
    expect(explanation.exitCode).toBe(page.exitCode);
    expect(`${page.stderr}${explanation.stderr}`).not.toContain('[internal]');
    const ids = [...page.stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
    const led = [...page.stdout.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(led.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
