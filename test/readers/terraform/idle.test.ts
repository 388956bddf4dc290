import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainEngine } from '../../../src/readers/json/engine.ts';
import { parseJson } from '../../../src/readers/json/parse.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import { readChange } from '../../../src/readers/terraform/change.ts';
import { createIdleLook, type Idle } from '../../../src/readers/terraform/idle.ts';
import { utf8 } from '../bytes.ts';
import { corpusBytes, corpusFiles } from '../corpus.ts';

const simd = loadSimd()?.() ?? null;
const looks = [plainEngine, ...(simd === null ? [] : [simd])].map(createIdleLook);

/** What every look says of the element, after it is held against what parsing the element says. */
function idleOf(text: string): Idle | null {
  const raw = utf8(text);
  const [idle = null, ...others] = looks.map((look) => look(raw));
  for (const other of others) expect(other).toEqual(idle);
  if (idle !== null) {
    const change = readChange(parseJson(raw, 'the element'), 'the element');
    expect(change).toMatchObject({ effect: 'none', importing: false, causes: [] });
    expect(idle).toEqual({
      address: change.address,
      deposed: change.deposed,
      existed: change.mode === 'managed' && change.before !== null,
      provider: change.provider,
    });
  }
  return idle;
}

const NO_OP = { actions: ['no-op'], before: { id: 'a' }, after: { id: 'a' }, after_unknown: {} };
const ELEMENT = {
  address: 'a.b["k"]',
  mode: 'managed',
  type: 'a',
  name: 'b',
  index: 'k',
  provider_name: 'registry.terraform.io/x/a',
  change: NO_OP,
};
const element = (rest: object): string => JSON.stringify({ ...ELEMENT, ...rest });
const change = (rest: object): string => element({ change: { ...NO_OP, ...rest } });
const PLAIN: Idle = {
  address: 'a.b["k"]',
  deposed: null,
  existed: true,
  provider: 'registry.terraform.io/x/a',
};

test.each<[string, string, Partial<Idle>]>([
  ['on one line', element({}), {}],
  ['on many lines', JSON.stringify(ELEMENT, null, '\t').replaceAll('\n', '\r\n'), {}],
  ['with a deposed object', element({ deposed: 'abcd1234' }), { deposed: 'abcd1234' }],
  ['with an empty deposed key', element({ deposed: '' }), {}],
  ['that was where it is', element({ previous_address: 'a.b["k"]' }), {}],
  ['with nothing before', change({ before: null }), { existed: false }],
  ['without a before', element({ change: { actions: ['no-op'] } }), { existed: false }],
  ['of a data source', element({ mode: 'data' }), { existed: false }],
  ['of a mode that nobody knows', element({ mode: 'new' }), {}],
  ['without a provider', element({ provider_name: null }), { provider: null }],
  ['with an address beyond ASCII', element({ address: 'a.b["é😀"]' }), { address: 'a.b["é😀"]' }],
  ['with escapes', element({}).replace('a.b[', '\\u0061.b['), {}],
  ['with other actions deep inside', change({ before: { actions: ['delete'], importing: { id: 'x' } } }), {}],
  ['with text that looks like an end', change({ after: { x: '"}},"actions":["delete"]' } }), {}],
  ['with an index that is a number', element({ index: 0 }), {}],
])('an element that plainly changes nothing: %s', (_name, text, idle) => {
  expect(idleOf(text)).toEqual({ ...PLAIN, ...idle });
});

test.each([
  ['that deletes', change({ actions: ['delete'] })],
  ['that deletes too', change({ actions: ['no-op', 'delete'] })],
  ['that says no-op twice', change({ actions: ['no-op', 'no-op'] })],
  ['without actions', element({ change: {} })],
  ['with an empty list of actions', change({ actions: [] })],
  ['with actions that are no list', change({ actions: 'no-op' })],
  ['with a list in the actions', change({ actions: [['no-op']] })],
  ['with the action written otherwise', element({}).replace('no-op', 'no\\u002dop')],
  ['with other actions at the top alone', element({ actions: ['no-op'], change: { before: {} } })],
  ['that is imported', change({ importing: { id: 'x' } })],
  ['with an import that is null', change({ importing: null })],
  ['that moves', element({ previous_address: 'a.c' })],
  ['with an address that is no text', element({ address: 1 })],
  ['with an empty address', element({ address: '' })],
  ['without a change', element({ change: undefined })],
  ['with a change that is null', element({ change: null })],
  ['with a deposed key that is no text', element({ deposed: true })],
  ['with a mode that is no text', element({ mode: ['data'] })],
  ['with a member that nobody knows', element({ later: 1 })],
  ['with a member of the change that nobody knows', change({ later: 1 })],
  ['with the actions twice', element({}).replace('"before"', '"actions":["delete"],"before"')],
  [
    'with the actions twice, once escaped',
    element({}).replace('"before"', '"\\u0061ctions":["delete"],"before"'),
  ],
  ['with the change twice', element({}).replace('"mode"', '"change":{"actions":["delete"]},"mode"')],
  ['with the address twice', element({}).replace('"mode"', '"address":"b","mode"')],
  ['with a comma too many', element({}).replace('"mode"', ',"mode"')],
  ['with a comma at the end', element({}).replace(/\}$/, ',}')],
  ['without a comma', element({}).replace(',"mode"', '"mode"')],
  ['without a colon', element({}).replace('"mode":', '"mode"')],
  ['with half an escape in the address', element({}).replace('a.b[', '\\ud800a.b[')],
  ['with a word that is none', change({ before: null }).replace('null', 'nil')],
  ['with a control character', element({ name: '~' }).replace('~', '\t')],
  ['that goes on', `${element({})} `],
  ['that is a list', '[]'],
  ['that is a text', '"no-op"'],
])('an element that has to be parsed: %s', (_name, text) => {
  expect(idleOf(text)).toBeNull();
});

test('no part of an element passes for one', () => {
  const text = element({});
  for (let length = 0; length < text.length; length++) expect(idleOf(text.slice(0, length))).toBeNull();
});

test('whatever passes changes nothing when it is parsed', () => {
  const words = fc.constantFrom('no-op', 'delete', 'create');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, ELEMENT, NO_OP, ['no-op']));
  const changes = fc
    .record(
      { actions: fc.oneof({ weight: 4, arbitrary: fc.constant(['no-op']) }, fc.array(words)), before: value },
      { requiredKeys: [] },
    )
    .chain((some) =>
      fc.dictionary(fc.constantFrom('after', 'importing', 'x'), value).map((more) => ({ ...more, ...some })),
    );
  const keys = fc.constantFrom(
    'previous_address',
    'deposed',
    'mode',
    'type',
    'action_reason',
    'index',
    'change',
  );
  fc.assert(
    fc.property(changes, fc.dictionary(keys, value), fc.constantFrom(0, 1), (some, more, indent) => {
      idleOf(JSON.stringify({ address: 'a.b', change: some }, null, indent));
      try {
        idleOf(JSON.stringify({ address: 'a.b', ...more, change: some }, null, indent));
      } catch (thrown) {
        expect(thrown).not.toMatchObject({ name: 'CheckError' });
        throw thrown;
      }
    }),
    { numRuns: 1000 },
  );
});

const files = corpusFiles('tf-plan').filter((file) => file.endsWith('.json'));
interface Plan {
  readonly resource_changes?: readonly { readonly change: { readonly actions: readonly string[] } }[];
}

describe.runIf(files.length > 0)('the plans of the corpus', () => {
  test('have many elements that plainly change nothing, and all of those are known', () => {
    let [known, all] = [0, 0];
    for (const file of files) {
      const text = Buffer.from(corpusBytes(file)).toString();
      if (!text.startsWith('{')) continue;
      for (const one of (JSON.parse(text) as Plan).resource_changes ?? []) {
        if (idleOf(JSON.stringify(one)) !== null) known++;
        if (one.change.actions.join() === 'no-op') all++;
      }
    }
    expect(known).toBeGreaterThan(100);
    expect(known / all).toBeGreaterThan(0.9);
  });
});
