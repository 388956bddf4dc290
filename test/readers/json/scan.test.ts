import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanDocument, type Want } from '../../../src/readers/json/scan.ts';
import { streamOf, utf8 } from '../bytes.ts';

type Event = readonly [what: string, key: string, detail: string | number, raw: string];

/** All that a scan tells; pieces are joined, since where they are cut is not part of the result. */
async function scan(bytes: Uint8Array, want: Want | ((key: string) => Want), cuts: readonly number[] = []) {
  const events: Event[] = [];
  const pieces = new Map<string, string>();
  const text = (raw: Uint8Array): string => Buffer.from(raw).toString('latin1');
  const wanted = typeof want === 'string' ? () => want : want;
  let failed = '';
  const keys = await scanDocument(streamOf(bytes, cuts), {
    want: (key, kind) => {
      events.push(['want', key, kind, '']);
      return wanted(key);
    },
    value: (key, raw) => events.push(['value', key, '', text(raw)]),
    element: (key, index, raw) => events.push(['element', key, index, text(raw)]),
    piece: (key, raw) => pieces.set(key, (pieces.get(key) ?? '') + text(raw)),
    trailing: (offset, head) => events.push(['trailing', '', offset, text(head)]),
  }).catch((thrown: { code: string; message: string }) => {
    failed = `${thrown.code}: ${thrown.message}`;
    return [];
  });
  return { keys, events, pieces: [...pieces], failed };
}

const WANTS: readonly Want[] = ['skip', 'value', 'elements', 'pieces'];
const wantOf = (key: string): Want => WANTS[key.length % WANTS.length] ?? 'skip';
const cutsOf = (length: number) => fc.array(fc.integer({ min: 0, max: length }), { maxLength: 12 });

test('hands over what JSON.parse finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), async (value) => {
      const document = JSON.stringify(value);
      const back = (raw: string): unknown => JSON.parse(Buffer.from(raw, 'latin1').toString());
      const members = Object.entries(JSON.parse(document) as Record<string, unknown>);
      const whole = await scan(utf8(document), 'value');
      expect(whole.keys).toEqual(members.map(([key]) => key));
      expect(
        whole.events.filter(([what]) => what === 'value').map(([, key, , raw]) => [key, back(raw)]),
      ).toEqual(members);
      const parts = await scan(utf8(document), 'elements');
      for (const [key, member] of members) {
        if (!Array.isArray(member)) continue;
        const found = parts.events.filter(([what, of]) => what === 'element' && of === key);
        expect(found.map(([, , index, raw]) => [index, back(raw)])).toEqual([...member.entries()]);
      }
      expect((await scan(utf8(document), 'pieces')).pieces.map(([key, raw]) => [key, back(raw)])).toEqual(
        members,
      );
    }),
  );
});

test('tells the same of a document however it is cut', async () => {
  const documents = fc
    .tuple(
      fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }),
      fc.constantFrom(0, 2),
      fc.constantFrom('', '\n', ' {}', '\n::debug::x', 'x'.repeat(600)),
    )
    .map(([value, indent, after]) => utf8(JSON.stringify(value, null, indent) + after));
  const cases = documents.chain((bytes) => fc.tuple(fc.constant(bytes), cutsOf(bytes.length)));
  await fc.assert(
    fc.asyncProperty(cases, async ([bytes, cuts]) => {
      expect(await scan(bytes, wantOf, cuts)).toEqual(await scan(bytes, wantOf));
    }),
    { numRuns: 300 },
  );
});

test('refuses what JSON.parse refuses, also in what it passes over', async () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"b"',
    '1',
    '-',
    '0',
    '.',
    'e',
    '+',
    'null',
    ' ',
    '\\',
    '"\\u00e9"',
    '"',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom(...WANTS), async (pieces, want) => {
      const document = `{"a":${pieces.join('')}}`;
      let valid = true;
      try {
        JSON.parse(document);
      } catch {
        valid = false;
      }
      const { failed } = await scan(utf8(document), want);
      if (!valid) expect(failed).not.toBe('');
      else if (!/"b".*"b"/.test(document)) expect(failed).toBe('');
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a top-level key twice', '{"a":1,"b":2,"a":3}', 'duplicate-key'],
  ['a top-level key twice, once escaped', '{"a":1,"\\u0061":3}', 'duplicate-key'],
  ['an array', '[]', 'not-json'],
  ['nothing', '  ', 'not-json'],
  ['brackets that do not match', '{"a":[}]', 'not-json'],
  ['a control character in a string', '{"a":"\u0001"}', 'not-json'],
  ['a second document', '{}{}', 'not-json'],
  ['a leading zero', '{"a":01}', 'not-json'],
  ['a deep value', `{"a":${'['.repeat(600)}`, 'input-too-deep'],
])('refuses %s', async (_name, document, code) => {
  expect((await scan(utf8(document), 'skip')).failed).toMatch(new RegExp(`^${code}: `));
});

test('says where the trailing bytes begin', async () => {
  const { events, failed } = await scan(utf8('{"a":1} \n x'), 'skip');
  expect(events.at(-1)).toEqual(['trailing', '', 10, 'x']);
  expect(failed).toContain('offset 10');
});

test('hands a member over whole where elements were wanted and there is no array', async () => {
  expect((await scan(utf8('{"a": null, "b": []}'), 'elements')).events).toEqual([
    ['want', 'a', 'literal', ''],
    ['value', 'a', '', 'null'],
    ['want', 'b', 'array', ''],
  ]);
});

test('what a callback throws ends the scan', async () => {
  const scanned = { want: () => 'value' as const, element() {}, piece() {}, trailing() {} };
  const value = (): never => {
    throw new Error('enough');
  };
  await expect(scanDocument(streamOf(utf8('{"a":1,"b":2}')), { ...scanned, value })).rejects.toThrow(
    'enough',
  );
});
