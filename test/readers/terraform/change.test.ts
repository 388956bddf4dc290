import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/readers/json/parse.ts';
import { readChange } from '../../../src/readers/terraform/change.ts';
import { element, planText, readElement, readPlan } from './plan.ts';

describe('a change', () => {
  test('has all that the document says', async () => {
    const change = await readElement(
      element(
        {
          actions: ['delete', 'create'],
          before: { id: 'db-1' },
          after: { id: null },
          after_unknown: { id: true },
        },
        { module_address: 'module.a["k"]', previous_address: 'aws_db_instance.old', deposed: 'deadbeef' },
      ),
    );
    expect(change).toMatchObject({
      address: 'aws_db_instance.main',
      deposed: 'deadbeef',
      previousAddress: 'aws_db_instance.old',
      module: 'module.a["k"]',
      type: 'aws_db_instance',
      name: 'main',
      provider: 'registry.terraform.io/hashicorp/aws',
      mode: 'managed',
      effect: 'replace',
      order: 'delete-first',
      certainty: 'planned',
      fate: 'destroyed',
      physicalId: 'db-1',
      importing: false,
      afterUnknown: new Map([['id', true]]),
    });
  });

  test.each([
    ['no-op', {}, { previous_address: 'aws_db_instance.old' }, 'move'],
    ['no-op', { importing: { id: 'x' } }, {}, 'import'],
    ['no-op', { importing: { unknown: true } }, {}, 'import'],
    ['no-op', { importing: { id: 'x' } }, { previous_address: 'aws_db_instance.old' }, 'import'],
    ['delete', { importing: { id: 'x' } }, { previous_address: 'aws_db_instance.old' }, 'delete'],
    ['update', {}, { previous_address: 'aws_db_instance.old' }, 'update'],
  ])('of %s with %j and %j is %s', async (action, change, rest, effect) => {
    expect(await readElement(element({ actions: [action], ...change }, rest))).toMatchObject({ effect });
  });

  test.each([
    [{}, {}],
    [{}, { previous_address: 'aws_db_instance.main' }],
    [{ replace_paths: [] }, {}],
  ])('of no-op with %j and %j is none', async (change, rest) => {
    const value = element({ actions: ['no-op'], ...change }, rest);
    expect(readChange(parseJson(JSON.stringify(value), 'it'), 'it')).toMatchObject({ effect: 'none' });
    const { changes, facts } = await readPlan(planText({ resource_changes: [value] }));
    expect([changes, facts.unchanged]).toEqual([[], 1]);
  });

  test.each([
    ['data', 'data'],
    ['ephemeral', 'ephemeral'],
    ['managed', 'managed'],
    ['Data', 'managed'],
    [undefined, 'managed'],
    [7, 'managed'],
  ])('of mode %j is %s', async (mode, is) => {
    expect(await readElement(element({}, { mode }))).toMatchObject({ mode: is });
  });

  test.each([
    [undefined, null],
    [null, null],
    [false, null],
    ['', null],
    [true, 'true'],
    ['deadbeef', 'deadbeef'],
    [7, '7'],
  ])('with deposed %j has the key %j', async (deposed, key) => {
    expect(await readElement(element({}, { deposed }))).toMatchObject({ deposed: key });
  });

  test('without a type is of an unknown one', async () => {
    expect(await readElement(element({}, { type: undefined }))).toMatchObject({ type: 'unknown' });
  });

  test('keeps the address as it is, whatever its key holds', async () => {
    const address = 'fe["new\nline.module.x[0] \u202e\u001b[31m"]';
    expect(await readElement(element({}, { address, index: 'new\nline' }))).toMatchObject({ address });
  });

  test.each([
    ['nothing', null],
    ['a text', 'x'],
    ['no address', element({}, { address: undefined })],
    ['an empty address', element({}, { address: '' })],
    ['no change', element({}, { change: undefined })],
    ['a change that is a list', element({}, { change: [] })],
    ['no actions', element({ actions: undefined })],
    ['empty actions', element({ actions: [] })],
    ['actions as a text', element({ actions: 'delete' })],
    ['an action that is no text', element({ actions: ['no-op', 1] })],
    ['a type that is no text', element({}, { type: 1 })],
    ['replace_paths that are no list', element({ replace_paths: {} })],
    ['a replace path that is no list', element({ replace_paths: ['engine'] })],
  ])('is refused with its place where there is %s', async (_name, bad) => {
    const plan = planText({ resource_changes: [element({}, { address: 'a.b' }), bad] });
    await expect(readPlan(plan)).rejects.toMatchObject({
      code: 'malformed-plan',
      message: expect.stringContaining('resource_changes[1]'),
    });
  });
});

describe('the physical id', () => {
  test.each([
    ['the ARN before the id', { before: { id: 'b', arn: 'arn:aws:s3:::b' } }, 'arn:aws:s3:::b'],
    ['the self link before the id', { before: { id: 'i', self_link: 'https://x/i' } }, 'https://x/i'],
    ['the id', { before: { id: 'b', arn: '' } }, 'b'],
    ['a number', { before: { id: 12345678901234567890n } }, '12345678901234567890'],
    [
      'the identity',
      { before: {}, before_identity: { name: 'n', account: 'a' } },
      '{"account":"a","name":"n"}',
    ],
    ['the import id', { before: {}, importing: { id: 'imp' } }, 'imp'],
    ['never a sensitive id', { before: { id: 'secret' }, before_sensitive: { id: true } }, null],
    ['never one that is only planned', { before: null, after: { id: 'planned', arn: 'planned' } }, null],
  ])('is %s', async (_name, change, id) => {
    const json = JSON.stringify(element(change), (_key, value) =>
      typeof value === 'bigint' ? `#${value}` : value,
    );
    const plan = planText({ resource_changes: [] }).replace(
      '[]',
      () => `[${json.replace(/"#(\d+)"/, '$1')}]`,
    );
    expect((await readPlan(plan)).changes).toMatchObject([{ physicalId: id }]);
  });
});

describe('an element that contradicts itself', () => {
  test.each(['no-op', 'update', 'create'])(
    '%s of an object that is gone after it is not known',
    async (action) => {
      const change = await readElement(element({ actions: [action], before: { id: 'db-1' }, after: null }));
      expect(change).toMatchObject({ effect: 'unknown', fate: 'unknown' });
    },
  );
});

test('the id of a generated string is the string, so it names nothing', async () => {
  const change = await readElement(element({ before: { id: 'hunter2' } }, { type: 'random_string' }));
  expect(change.physicalId).toBeNull();
});
