import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf, update } from './plans.ts';

const exitOf = async (change: object): Promise<number> => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
  return (await runIn(['-'], { stdin: planOf(change), cwd })).exitCode;
};

const DEV = { tags: { env: 'dev' } };
const PROD = { tags: { env: 'prod' } };

describe('destruction in two steps: first the object is made to look like a test, then it is deleted', () => {
  test('the second step alone would pass', async () => {
    expect(await exitOf(deletion({ change: { before: { id: 'db-1', ...DEV } } }))).toBe(EXIT.allowed);
  });

  test.each<[string, object]>([
    ['production becomes dev', update(PROD, DEV)],
    ['what nothing told about becomes dev', update({ tags: {} }, DEV)],
    [
      'what said both says only dev',
      update({ tags: { env: 'prod', stage: 'dev' } }, { tags: { stage: 'dev' } }),
    ],
    ['what had no name is named after a test', update({}, { name: 'shop-dev' })],
    [
      'the tags of production are not known yet',
      update(PROD, {}, { change: { after_unknown: { tags: true } } }),
    ],
    [
      'tags that nothing told are not known yet',
      update({}, {}, { change: { after_unknown: { tags: true } } }),
    ],
    [
      'the one tag that tells is not known yet',
      update({ tags: {} }, { tags: {} }, { change: { after_unknown: { tags: { environment: true } } } }),
    ],
    [
      'the blocks of tags are not known yet',
      update(
        { tag: [] },
        { tag: [{ key: 'env' }] },
        { change: { after_unknown: { tag: [{ value: true }] } } },
      ),
    ],
    ['nothing after is known yet', update({}, {}, { change: { after_unknown: true } })],
    ['it is imported under a tag of tests', update({}, DEV, { change: { importing: { id: 'db-1' } } })],
  ])('the first step does not pass: %s', async (_, first) => {
    expect(await exitOf(first)).toBe(EXIT.signOffRequired);
  });

  test.each<[string, object]>([
    ['a tag that tells nothing', update({ tags: {} }, { tags: { team: 'shop' } })],
    [
      'a tag that tells nothing is not known yet',
      update({ tags: {} }, { tags: {} }, { change: { after_unknown: { tags: { Owner: true } } } }),
    ],
    [
      'what is known to be production stays it',
      update(
        { ...PROD, name: 'a' },
        { ...PROD, name: 'b' },
        { change: { after_unknown: { tags_all: true } } },
      ),
    ],
    ['what was a test stays one', update(DEV, { ...DEV, name: 'shop-dev' })],
    ['production that becomes marked', update({ tags: {} }, PROD)],
  ])('what takes no mark away passes: %s', async (_, change) => {
    expect(await exitOf(change)).toBe(EXIT.allowed);
  });
});
