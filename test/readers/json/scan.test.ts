import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlainSkipper } from '../../../src/readers/json/plain-skipper.ts';
import { type Scanned, scanDocument, type Want } from '../../../src/readers/json/scan.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import type { Skipper } from '../../../src/readers/json/skipper.ts';
import { streamOf, utf8 } from '../bytes.ts';

type Event = readonly [what: string, key: string, detail: string | number, raw: string];

/** All that a scan tells; pieces are joined, since where they are cut is not part of the result. */
async function scan(
  bytes: Uint8Array,
  want: Want | ((key: string) => Want),
  cuts: readonly number[] = [],
  skipper: Skipper | null = null,
) {
  const events: Event[] = [];
  const pieces = new Map<string, string>();
  const text = (raw: Uint8Array): string => Buffer.from(raw).toString('latin1');
  const wanted = typeof want === 'string' ? () => want : want;
  let failed = '';
  const scanned: Scanned = {
    want: (key, kind) => {
      events.push(['want', key, kind, '']);
      return wanted(key);
    },
    value: (key, raw) => events.push(['value', key, '', text(raw)]),
    element: (key, index, raw) => events.push(['element', key, index, text(raw)]),
    piece: (key, raw) => pieces.set(key, (pieces.get(key) ?? '') + text(raw)),
    trailing: (offset, head) => events.push(['trailing', '', offset, text(head)]),
  };
  const keys = await scanDocument(streamOf(bytes, cuts), scanned, skipper).catch(
    (thrown: { code: string; message: string }) => {
      failed = `${thrown.code}: ${thrown.message}`;
      return [];
    },
  );
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

describe('with a skipper', async () => {
  const simd = loadSimd()?.().createSkipper() ?? null;
  const plain = createPlainSkipper();
  const value = fc.jsonValue({ maxDepth: 4 });
  const documents = fc
    .tuple(fc.dictionary(fc.string({ maxLength: 5 }), value, { maxKeys: 5 }), fc.constantFrom(0, 2))
    .map(([members, indent]) => utf8(JSON.stringify(members, null, indent)));
  /** The document with a few bytes put over it, so that most of them are broken. */
  const damaged = fc
    .tuple(documents, fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...'{}[]":,\\\n 1x')), { maxLength: 3 }))
    .map(([bytes, damages]) => {
      const copy = bytes.slice();
      for (const [at, char] of damages) copy[at % copy.length] = char.charCodeAt(0);
      return copy;
    });
  /** Pieces are handed over before what is wrong behind them is known, so how many depends on the cuts. */
  const outcome = async (bytes: Uint8Array, cuts: readonly number[], skipper: Skipper | null) => {
    const { pieces, ...rest } = await scan(bytes, wantOf, cuts, skipper);
    return { ...rest, pieces: rest.failed === '' ? pieces : [] };
  };
  const cut = (arbitrary: fc.Arbitrary<Uint8Array>) =>
    arbitrary.chain((bytes) => fc.tuple(fc.constant(bytes), cutsOf(bytes.length)));

  test('there is one with SIMD', () => {
    expect(simd).not.toBeNull();
  });

  test('tells the same of a document that is JSON', async () => {
    await fc.assert(
      fc.asyncProperty(cut(documents), async ([bytes, cuts]) => {
        const strict = await scan(bytes, wantOf);
        expect(strict.failed).toBe('');
        expect(await scan(bytes, wantOf, cuts, plain)).toEqual(strict);
        expect(await scan(bytes, wantOf, cuts, simd)).toEqual(strict);
      }),
      { numRuns: 300 },
    );
  });

  test('tells the same of any document as the other skipper, and refuses none that is JSON', async () => {
    await fc.assert(
      fc.asyncProperty(cut(damaged), async ([bytes, cuts]) => {
        const loose = await outcome(bytes, [], plain);
        expect(await outcome(bytes, cuts, plain)).toEqual(loose);
        expect(await outcome(bytes, cuts, simd)).toEqual(loose);
        const strict = await outcome(bytes, [], null);
        if (strict.failed === '') expect(loose).toEqual(strict);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(WANTS)('refuses every part of a document (%s)', async (want) => {
    const bytes = utf8('{"a":[{"b":"\\\\","c":{"d":[]}},[1,"}]"]],"e":{"f":null},"g":"h"}');
    for (let length = 0; length < bytes.length; length++) {
      const { failed } = await scan(bytes.subarray(0, length), want, [], simd);
      expect(failed).toMatch(/^not-json: the document ends at/);
    }
    expect((await scan(bytes, want, [], simd)).failed).toBe('');
  });

  test.each([
    ['a bracket of the other kind', '{"a":{"b":[}}', 'not-json'],
    ['a bracket too many', '{"a":{"b":1}}}', 'not-json'],
    ['a control character in a string', '{"a":["\u0001"]}', 'not-json'],
    ['text outside of strings', '{"a":[x]}', 'not-json'],
    ['a top-level key twice', '{"a":{},"b":[{}],"a":{}}', 'duplicate-key'],
    ['a deep value', `{"a":${'['.repeat(600)}`, 'input-too-deep'],
    ['a second document', '{"a":[]}{}', 'not-json'],
    ['what is no value, between the members', '{"a":[],}', 'not-json'],
  ])('refuses %s', async (_name, document, code) => {
    for (const want of WANTS) {
      const { failed } = await scan(utf8(document), want, [], simd);
      expect(failed).toMatch(new RegExp(`^${code}: `));
      expect((await scan(utf8(document), want, [], null)).failed).toMatch(new RegExp(`^${code}: `));
    }
  });
});
