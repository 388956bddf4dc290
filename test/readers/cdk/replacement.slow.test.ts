import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the table of replacements is what the specification says, made again', async () => {
  const { replacementTable } = (await import('../../../spec/replacement.mjs' as string)) as {
    replacementTable(): Promise<string>;
  };
  const checkedIn = readFileSync(new URL('../../../rules/replacement/aws.tsv', import.meta.url), 'utf8');
  expect(await replacementTable()).toBe(checkedIn);
});
