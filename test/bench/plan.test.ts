import { describe, expect, test } from 'vitest';

const bench = (file: string) => import(new URL(`../../bench/${file}`, import.meta.url).href);
const { planParts } = (await bench('plan.mjs')) as {
  planParts: (size: number, changing?: number, seed?: number) => Iterable<string>;
};
const { mixture } = (await bench('mixture.mjs')) as {
  mixture: (changing: number, seed: number) => (i: number) => readonly string[];
};

const plan = (...wanted: Parameters<typeof planParts>) => [...planParts(...wanted)].join('');

describe('a generated plan', () => {
  test('is the same for the same arguments, and another for another seed', () => {
    expect(plan(3e5, 0.1, 1)).toBe(plan(3e5, 0.1, 1));
    expect(plan(3e5, 0.1, 1)).not.toBe(plan(3e5, 0.1, 2));
    expect(plan(3e5, 0.1)).toBe(plan(3e5, 0.1));
  });

  test.each([1e5, 1e6, 4e6])('of %i bytes is JSON of about that size', (size) => {
    const text = plan(size, 0.1, 1);
    expect(JSON.parse(text).format_version).toBe('1.2');
    expect(Math.abs(text.length / size - 1)).toBeLessThan(0.1);
  });

  test('changes the asked share of its resources, each address once', () => {
    const { resource_changes } = JSON.parse(plan(4e6, 0.1, 1));
    const changing = resource_changes.filter(
      ({ change }: { change: { actions: string[] } }) => change.actions[0] !== 'no-op',
    );
    expect(changing.length / resource_changes.length).toBeCloseTo(0.1, 2);
    expect(new Set(resource_changes.map(({ address }: { address: string }) => address)).size).toBe(
      resource_changes.length,
    );
  });
});

describe('which resources change', () => {
  const all = (changing: number, seed: number) =>
    Array.from({ length: 100_000 }, (_, i) => mixture(changing, seed)(i));

  test.each([1, 2, 77])('seed %i: one of a hundred changes, one of fifty changes destroys', (seed) => {
    const changes = all(0.01, seed).filter(([action]) => action !== 'no-op');
    expect(changes).toHaveLength(1000);
    expect(changes.filter((actions) => actions.includes('delete'))).toHaveLength(20);
    expect(changes.filter((actions) => actions.length === 2)).toHaveLength(10);
  });

  test('none, or every one', () => {
    expect(all(0, 1).every(([action]) => action === 'no-op')).toBe(true);
    expect(all(1, 1).some(([action]) => action === 'no-op')).toBe(false);
  });

  test('other seeds change others', () => {
    expect(all(0.01, 1)).not.toEqual(all(0.01, 2));
  });
});
