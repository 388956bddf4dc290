import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/policy/defaults.ts';
import { firstPolicy } from '../../src/policy/init.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { publicKeySample } from './public-key-samples.ts';

const NOTHING = { accounts: [], workspaces: [], environments: [], signers: [] };
const read = (text: string) => parsePolicy(text, 'check-plan.yaml');

test('where nothing was found, the first policy is the defaults, written out', () => {
  const policy = read(firstPolicy(NOTHING));
  expect({ ...policy, source: DEFAULT_POLICY.source, digest: null }).toEqual(DEFAULT_POLICY);
});

test('accounts found count as production, and people found cannot sign yet', () => {
  const policy = read(
    firstPolicy({
      accounts: ['012345678901', 'acme-prod'],
      workspaces: ['dev'],
      environments: ['staging'],
      signers: [
        { id: 'Alice Example', email: 'Alice@example.dev', key: `${publicKeySample(1)} laptop` },
        { id: 'bob', email: null, key: publicKeySample(2) },
        { id: 'carol', email: 'carol@example.dev', key: null },
      ],
    }),
  );
  expect(policy.production.accounts).toEqual(['012345678901', 'acme-prod']);
  expect(policy.nonProduction).toEqual(DEFAULT_POLICY.nonProduction);
  expect(policy.roster.persons.map(({ id, level, identities }) => ({ id, level, identities }))).toEqual([
    { id: 'alice-example', level: 'mid', identities: ['mail:alice@example.dev'] },
    { id: 'bob', level: 'mid', identities: [] },
  ]);
});

test('whatever was found, the first policy can be read and is no looser than the defaults', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\nsignOff: {}', '"', 'null', '012', '# x', "'", ' a '),
  );
  const key = fc.oneof(
    text,
    fc.integer({ min: 0, max: 3 }).map((seed) => publicKeySample(seed)),
  );
  const signer = fc.record({ id: text, email: fc.option(text), key: fc.option(key) });
  const found = fc.record({
    accounts: fc.array(text),
    workspaces: fc.array(text),
    environments: fc.array(text),
    signers: fc.array(signer),
  });
  fc.assert(
    fc.property(found, (input) => {
      const policy = read(firstPolicy(input));
      expect(policy.signOff).toEqual(DEFAULT_POLICY.signOff);
      expect(policy.nonProduction).toEqual(DEFAULT_POLICY.nonProduction);
      expect(policy.rules.size).toBe(0);
      expect(policy.roster.persons.every(({ level }) => level === 'mid')).toBe(true);
    }),
    { numRuns: 60 },
  );
});
