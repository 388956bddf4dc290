import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeen } from '../../../src/readers/terraform/seen.ts';

test('says of every object what a set of them says', () => {
  const text = fc.oneof(
    fc.constantFrom('', 'a', 'b', 'aa', '\u0001', '\u0002a'),
    fc.string({ unit: 'binary' }),
  );
  const objects = fc.array(fc.tuple(text, fc.option(text)), { maxLength: 60 });
  fc.assert(
    fc.property(objects, (all) => {
      const seen = createSeen();
      const known = new Set<string>();
      for (const [address, deposed] of all) {
        const key = JSON.stringify([address, deposed]);
        expect(seen.add(address, deposed)).toBe(!known.has(key));
        known.add(key);
      }
    }),
  );
});

test.each<[string, string | null, string, string | null]>([
  ['a', null, 'a', ''],
  ['ab', 'c', 'b', 'ca'],
  ['b', 'a', 'ab', null],
  ['b', 'a', 'ab', ''],
  ['a[1]', null, 'a[10]', null],
])('%j with %j is not %j with %j', (address, deposed, other, otherDeposed) => {
  const seen = createSeen();
  expect(seen.add(address, deposed)).toBe(true);
  expect(seen.add(other, otherDeposed)).toBe(true);
  expect(seen.add(address, deposed)).toBe(false);
  expect(seen.add(other, otherDeposed)).toBe(false);
});

const addresses = [
  (n: number) => `aws_instance.web[${n}]`,
  (n: number) => `module.m["${n % 50}"].aws_instance.web["${n}"]`,
  (n: number) => `module.${n.toString(36)}.a.b`,
  (n: number) => `${n}`.padStart(6, '0'),
  (n: number) => 'a'.repeat(n % 200) + n.toString(2),
];

test('takes none of very many addresses that are alike for another, and finds each again', () => {
  const seen = createSeen();
  for (const addressOf of addresses)
    for (let n = 0; n < 20_000; n++) if (!seen.add(addressOf(n), null)) expect(addressOf(n)).toBeNull();
  for (const addressOf of addresses)
    for (let n = 0; n < 20_000; n += 7) if (seen.add(addressOf(n), null)) expect(addressOf(n)).toBeNull();
});
