import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/model/change.ts';
import { readTerraformPlan } from '../../../src/readers/terraform/read.ts';
import { streamOf, utf8, utf16 } from '../bytes.ts';
import { element, planText, readPlan } from './plan.ts';

const factsOf = async (members: Readonly<Record<string, unknown>>) =>
  (await readPlan(planText(members))).facts;

/** A document without the parts that tell of a state. */
const CREATES_ONLY = {
  planned_values: undefined,
  resource_changes: [element({ actions: ['create'], before: null })],
};

/** A plan with something in every part that is read. */
const FULL = planText({
  resource_changes: [
    element({ actions: ['no-op'], before: { id: 'é "quoted" \\ 😀' } }, { address: 'a["<k>"]' }),
    element({ actions: ['delete', 'create'], replace_paths: [['engine']], before: { engine: 1e21 } }),
  ],
  prior_state: { values: { root_module: { resources: [{ mode: 'managed' }] } } },
  resource_drift: [element({ actions: ['delete'] }, { address: 'gone.a' })],
  output_changes: { a: { actions: ['update'] } },
  action_invocations: [{ address: 'action.x.y', type: 'x', invoke_action_trigger: {} }],
});

test('every cut of a plan reads the same', async () => {
  const whole = await readPlan(FULL);
  const bytes = utf8(FULL);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
      expect(await readPlan(bytes, cuts)).toEqual(whole);
    }),
  );
});

test('every prefix of a plan is refused', async () => {
  const bytes = utf8(FULL);
  for (let length = 0; length < bytes.length; length++)
    await expect(readPlan(bytes.subarray(0, length))).rejects.toMatchObject({ name: 'CheckError' });
});

describe('a large plan', () => {
  const elements = Array.from({ length: 400 }, (_, index) =>
    element(
      {
        actions: index % 10 === 0 ? ['delete', 'create'] : ['no-op'],
        before: { id: `${index}`, text: '{"}]\\"'.repeat(100), actions: ['delete'] },
      },
      { address: `a.b["${index}"]` },
    ),
  );
  const text = planText({ resource_changes: elements, prior_state: { values: [elements] } });
  const bytes = utf8(text);

  test('reads the same as small ones with the same changes', async () => {
    expect(bytes.length).toBeGreaterThan(500_000);
    const { changes, facts } = await readPlan(bytes);
    expect(changes.map(({ effect }) => effect)).toEqual(Array(40).fill('replace'));
    expect(facts).toMatchObject({ unchanged: 360, hadState: true, problems: [] });
    const single = await Promise.all(
      elements
        .filter((_, index) => index % 10 === 0)
        .map((one) => readPlan(planText({ resource_changes: [one] }))),
    );
    expect(changes).toEqual(single.flatMap((one) => one.changes));
  });

  test('reads the same however it is cut', async () => {
    const whole = await readPlan(bytes);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        expect(await readPlan(bytes, at)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test.each([700, 65_536, 100_000])(
    'reads the same from a source that has one buffer, of %d bytes',
    async (size) => {
      const whole = await readPlan(bytes);
      const source = async function* (): AsyncGenerator<Uint8Array> {
        const buffer = Buffer.alloc(size);
        for (let from = 0; from < bytes.length; from += size) {
          const part = bytes.subarray(from, from + size);
          buffer.fill('}').set(part);
          yield buffer.subarray(0, part.length);
        }
        buffer.fill('}');
      };
      const changes: Change[] = [];
      const facts = await readTerraformPlan(source(), (change) => changes.push(change));
      expect({ changes, facts }).toEqual(whole);
    },
  );

  test('is refused where it is cut off, or a bracket is missing', async () => {
    const ends = fc.nat(bytes.length - 1);
    await fc.assert(
      fc.asyncProperty(ends, async (end) => {
        await expect(readPlan(bytes.subarray(0, end))).rejects.toMatchObject({ name: 'CheckError' });
      }),
      { numRuns: 30 },
    );
    const brackets = [...text.matchAll(/[{}[\]](?=[,:"{}[\]]*"(?:change|before|root_module)")/g)];
    expect(brackets.length).toBeGreaterThan(400);
    for (const { index } of [...brackets.slice(0, 10), ...brackets.slice(-10)])
      await expect(readPlan(text.slice(0, index) + text.slice(index + 1))).rejects.toMatchObject({
        name: 'CheckError',
      });
  });

  test('is refused where it has an object twice', async () => {
    const twice = text.replaceAll('a.b[\\"7\\"]', 'a.b[\\"8\\"]');
    expect((await readPlan(twice)).facts.problems).toMatchObject([{ code: 'malformed-plan' }]);
  });
});

test('the order of the members does not matter', async () => {
  const whole = await readPlan(FULL);
  const members = Object.entries(JSON.parse(FULL) as Record<string, unknown>);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(members, { minLength: members.length }), async (shuffled) => {
      expect(await readPlan(JSON.stringify(Object.fromEntries(shuffled), null, 1))).toEqual(whole);
    }),
  );
});

test.each(['le', 'be'] as const)('UTF-16%s is read, with a mark and without', async (order) => {
  const whole = await readPlan(FULL);
  expect(await readPlan(utf16(FULL, order, true))).toEqual(whole);
  expect(await readPlan(utf16(FULL, order, false))).toEqual(whole);
});

test('numbers and keys come through exactly', async () => {
  const before = '{"n":12345678901234567890,"e":1e400,"__proto__":{"constructor":1}}';
  const text = planText({ resource_changes: [element({ before: 'HERE' })] }).replace('"HERE"', before);
  const [change] = (await readPlan(text)).changes;
  expect(change?.before).toEqual(
    new Map<string, unknown>([
      ['n', { kind: 'number', text: '12345678901234567890' }],
      ['e', { kind: 'number', text: '1e400' }],
      ['__proto__', new Map([['constructor', { kind: 'number', text: '1' }]])],
    ]),
  );
});

test.each([
  ['at the top', '{"format_version":"1.2","format_version":"1.2"}'],
  ['at the top, written otherwise', '{"resource_changes":[],"resource_change\\u0073":[]}'],
  [
    'in an element',
    planText({ resource_changes: ['HERE'] }).replace('"HERE"', '{"address":"a","address":"b"}'),
  ],
  [
    'deep in an element',
    planText({ resource_changes: [element({ after: 'HERE' })] }).replace('"HERE"', '{"a":1,"a":1}'),
  ],
  ['in an output', planText({ output_changes: 'HERE' }).replace('"HERE"', '{"a":{},"a":{}}')],
])('a key that stands twice %s is refused', async (_name, text) => {
  await expect(readPlan(text)).rejects.toMatchObject({ code: 'duplicate-key' });
});

test.each([
  [{ resource_changes: null }, 'malformed-plan'],
  [{ resource_changes: {} }, 'malformed-plan'],
  [{ resource_changes: undefined, configuration: undefined }, 'malformed-plan'],
  [{ resource_changes: undefined, planned_values: null }, 'malformed-plan'],
  [{ resource_changes: [], configuration: undefined }, 'malformed-plan'],
  [{ resource_changes: [], planned_values: undefined }, 'malformed-plan'],
  [{ resource_changes: [], format_version: undefined }, 'malformed-plan'],
  [{ resource_drift: null }, 'malformed-plan'],
  [{ errored: 'false' }, 'malformed-plan'],
  [{ errored: null }, 'malformed-plan'],
  [{ complete: 1 }, 'malformed-plan'],
  [{ output_changes: [] }, 'malformed-plan'],
  [{ output_changes: { a: {} } }, 'malformed-plan'],
  [{ action_invocations: [{ address: 'a' }] }, 'malformed-plan'],
  [{ deferred_changes: [{ reason: 'unknown' }] }, 'malformed-plan'],
  [{ deferred_action_invocations: [{}] }, 'malformed-plan'],
  [{ format_version: '2.0' }, 'unsupported-version'],
  [{ format_version: 1.2 }, 'unsupported-version'],
  [{ format_version: null }, 'unsupported-version'],
])('a plan with %j is refused as %s', async (members, code) => {
  await expect(readPlan(planText(members))).rejects.toMatchObject({ code });
});

test('a plan without changes that is whole has none', async () => {
  const { changes, facts } = await readPlan(planText({ resource_changes: undefined }));
  expect(changes).toEqual([]);
  expect(facts.problems).toEqual([]);
});

test('what the caller throws is not taken for a bad plan', async () => {
  const failing = (): never => {
    throw new RangeError('no room');
  };
  await expect(readTerraformPlan(streamOf(utf8(FULL)), failing)).rejects.toThrow(RangeError);
});

describe('the facts', () => {
  test('of a whole plan', async () => {
    expect(await factsOf({})).toEqual({
      kind: 'terraform',
      tool: 'terraform 1.11.4',
      complete: true,
      plannedAt: '2026-11-22T07:45:16Z',
      hadState: false,
      invocations: [],
      deferred: [],
      vanished: [],
      unchanged: 0,
      moduleCalls: null,
      outputsChanged: 0,
      problems: [],
    });
  });

  test.each([
    ['complete', { complete: undefined }, { complete: null }],
    ['complete', { complete: false }, { complete: false }],
    ['plannedAt', { timestamp: '' }, { plannedAt: null }],
    ['tool', { terraform_version: undefined }, { tool: 'terraform' }],
    [
      'tool',
      { resource_changes: [element({}, { provider_name: 'registry.opentofu.org/hashicorp/aws' })] },
      { tool: 'opentofu 1.11.4' },
    ],
    [
      'unchanged',
      {
        resource_changes: [
          element({ actions: ['no-op'] }, { address: 'a.plain' }),
          element({ actions: ['no-op'] }, { address: 'a.unusual', later: 1 }),
          element({ actions: ['no-op'] }, { address: 'a.new', previous_address: 'a.old' }),
          element({ actions: ['no-op'], importing: { id: 'x' } }, { address: 'a.imported' }),
        ],
      },
      { unchanged: 2, problems: [] },
    ],
    [
      'problems',
      { resource_changes: [element({ actions: ['no-op'] }), element({})] },
      { problems: [expect.objectContaining({ code: 'malformed-plan' })] },
    ],
    [
      'outputsChanged',
      {
        output_changes: { a: { actions: ['no-op'] }, b: { actions: ['delete'] }, c: { actions: ['create'] } },
      },
      { outputsChanged: 2 },
    ],
    [
      'vanished',
      { resource_drift: [element({ actions: ['delete'] }), element({ actions: ['update'] })] },
      { vanished: ['aws_db_instance.main'], hadState: true },
    ],
    [
      'deferred',
      {
        deferred_changes: [{ reason: 'deferred_prereq', resource_change: element({ actions: ['delete'] }) }],
      },
      {
        deferred: [
          {
            address: 'aws_db_instance.main',
            type: 'aws_db_instance',
            effect: 'delete',
            reason: 'deferred_prereq',
          },
        ],
      },
    ],
    ['problems', { errored: true }, { problems: [expect.objectContaining({ code: 'errored-plan' })] }],
    [
      'problems',
      { format_version: undefined, resource_changes: [element({})] },
      { problems: [expect.objectContaining({ code: 'unsupported-version' })] },
    ],
    [
      'problems',
      { resource_changes: [element({}), element({}, { deposed: 'a' }), element({})] },
      { problems: [expect.objectContaining({ code: 'malformed-plan' })] },
    ],
  ])('%s of %j', async (_name, members, facts) => {
    expect(await factsOf(members)).toMatchObject(facts);
  });

  test('an object and its leftover are two', async () => {
    const { changes, facts } = await readPlan(
      planText({ resource_changes: [element({}), element({}, { deposed: 'a' })] }),
    );
    expect(changes.map(({ deposed }) => deposed)).toEqual([null, 'a']);
    expect(facts.problems).toEqual([]);
  });

  test.each([
    ['before of a change', { resource_changes: [element({})] }, true],
    ['nothing before', { resource_changes: [element({ actions: ['create'], before: null })] }, false],
    [
      'a data source that is read',
      { resource_changes: [element({ actions: ['read'] }, { mode: 'data' })] },
      false,
    ],
    ['a managed resource in the state', { prior_state: { values: { x: [{ mode: 'managed' }] } } }, true],
    ['a data source in the state', { prior_state: { values: { x: [{ mode: 'data' }] } } }, false],
    ['text that looks like one', { prior_state: { values: { x: '{"mode":"managed"}' } } }, false],
    ['a document cut down by hand', CREATES_ONLY, null],
  ])('hadState with %s', async (_name, members, hadState) => {
    expect(await factsOf(members)).toMatchObject({ hadState });
    const spaced = JSON.stringify(JSON.parse(planText(members)), null, 4);
    const cuts = Array.from(spaced, (_, at) => at);
    expect((await readPlan(spaced, cuts)).facts).toMatchObject({ hadState });
  });

  test.each([
    [{ invoke_action_trigger: {} }, 'invoked by hand'],
    [{ invoke_action_trigger: { calling_resource_address: 'a.b' } }, 'invoked by hand for a.b'],
    [
      {
        lifecycle_action_trigger: {
          triggering_resource_address: 'a.b',
          action_trigger_event: 'BeforeDestroy',
        },
      },
      'before destroy of a.b',
    ],
    [
      { lifecycle_action_trigger: { triggering_resource_address: 'a.b', action_trigger_event: 'New' } },
      'New of a.b',
    ],
    [{}, 'trigger not stated'],
  ])('an invocation with %j is %s', async (trigger, says) => {
    const invocation = { address: 'action.x.y', type: 'x', ...trigger };
    const facts = await factsOf({
      action_invocations: [invocation],
      deferred_action_invocations: [{ reason: 'unknown', action_invocation: invocation }],
    });
    expect(facts.invocations).toEqual([
      { address: 'action.x.y', type: 'x', trigger: says, deferred: false },
      { address: 'action.x.y', type: 'x', trigger: says, deferred: true },
    ]);
  });
});
