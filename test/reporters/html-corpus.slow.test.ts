import { expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { corpusBytes, corpusFiles } from '../readers/corpus.ts';

const FILES = ['tf-plan', 'cfn-changeset', 'not-plans'].flatMap(corpusFiles);

test.each(FILES)('of %s there is a page and an explanation, whatever it is', async (file) => {
  const stdin = corpusBytes(file);
  const [page, explanation] = await Promise.all([
    runIn(['-', '--format', 'html'], { stdin }),
    runIn(['explain', '-'], { stdin }),
  ]);
  expect(explanation.exitCode).toBe(page.exitCode);
  expect(`${page.stderr}${explanation.stderr}`).not.toContain('[internal]');
  const ids = [...page.stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBe(new Set(ids).size);
  const led = [...page.stdout.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
  expect(led.filter((id) => !ids.includes(id))).toEqual([]);
});
