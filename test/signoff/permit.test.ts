import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JudgedChange } from '../../src/model/report.ts';
import type { Target } from '../../src/model/signoff.ts';
import { differences } from '../../src/signoff/differences.ts';
import { blocksOf, permittedLines } from '../../src/signoff/permit.ts';
import { change, permitOf, target } from './sample.ts';

const [cause] = change().causes;
const [disarmed] = change().disarmed;
if (cause?.kind !== 'attribute' || disarmed === undefined)
  throw new Error('the sample change lost its cause');

const of = (more: Partial<JudgedChange>, to: Partial<Target> = {}): readonly string[] =>
  permitOf({ target: { ...target, ...to }, changes: [change(more)] }).permits;
const signed = of({});

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing', signed, []],
  [
    'a workspace',
    of({}, { workspace: 'staging' }),
    ['target workspace was "prod" when it was signed, and is "staging"'],
  ],
  [
    'a workspace called null',
    of({}, { workspace: 'null' }),
    ['target workspace was "prod" when it was signed, and is "null"'],
  ],
  [
    'no workspace',
    of({}, { workspace: null }),
    ['target workspace was "prod" when it was signed, and is null'],
  ],
  [
    'an account more',
    of({}, { accounts: ['1', '2'] }),
    ['target accounts was "111122223333" when it was signed, and is "1" "2"'],
  ],
  [
    'another object',
    of({ physicalId: 'db-2' }),
    ['change aws_db_instance.main: physical id was "db-ABC" when it was signed, and is "db-2"'],
  ],
  [
    'a worse fate',
    of({ fate: 'unknown' }),
    ['change aws_db_instance.main: fate was "destroyed" when it was signed, and is "unknown"'],
  ],
  [
    'another order',
    of({ order: 'create-first' }),
    [
      'change aws_db_instance.main: effect was "replace" "delete-first" "planned" when it was signed, and is "replace" "create-first" "planned"',
    ],
  ],
  [
    'another value of a cause',
    of({ causes: [{ ...cause, after: { exact: '"mariadb"', visibility: 'shown' } }] }),
    [
      'change aws_db_instance.main: because of ["engine"] was "shown" "\\"mysql\\"" "shown" "\\"postgres\\"" when it was signed, and is "shown" "\\"mysql\\"" "shown" "\\"mariadb\\""',
    ],
  ],
  [
    'one cause more',
    of({ causes: [cause, { kind: 'reason', reason: 'tainted', says: '' }] }),
    ['change aws_db_instance.main: because tainted was not there when it was signed, and is there'],
  ],
  [
    'a protection less',
    of({ disarmed: [] }),
    [
      'change aws_db_instance.main: disarms deletion_protection ["deletion_protection"] was "shown" "true" "shown" "false" when it was signed, and is not there',
    ],
  ],
  [
    'another resource',
    of({ address: 'aws_db_instance.other' }),
    [
      'not signed: replace aws_db_instance.other [db-ABC] data destroyed',
      'signed, and not here: replace aws_db_instance.main [db-ABC] data destroyed',
    ],
  ],
])('what differs is said, old and new: %s', (_, here, says) => {
  expect(differences(here, signed)).toEqual(says);
});

test('a hidden value that differs is said, and not told', () => {
  const hidden = (exact: string): readonly string[] =>
    of({ causes: [{ ...cause, after: { exact, visibility: 'sensitive' } }] });
  expect(differences(hidden('"a"'), hidden('"b"'))).toEqual([
    'a value that is not shown is another one than was signed',
  ]);
});

test('two texts that differ never differ in nothing', () => {
  const line = fc.constantFrom(
    ...signed,
    'change "b" null',
    '  fate "kept"',
    'odd',
    '  odd "x"',
    'hidden 1 "a" "b"',
  );
  const texts = fc.array(line, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(texts, texts, (here, other) => {
      const same = JSON.stringify(here) === JSON.stringify(other);
      if (same) expect(differences(here, other)).toEqual([]);
      if (differences(here, other).length === 0) expect([...here].sort()).toEqual([...other].sort());
    }),
  );
});

test('no line of a text is left out of its parts', () => {
  const count = blocksOf(signed).reduce((sum, { lines }) => sum + 1 + lines.length, 0);
  expect(count).toBe(signed.length);
});

test('an action that is invoked is among what is permitted', () => {
  const invocation = {
    address: 'action.aws_lambda_invoke.purge',
    type: 'aws_lambda_invoke',
    trigger: 'before destroy of aws_db_instance.main',
    deferred: false,
    findings: [],
    needsSignOff: true,
  };
  expect(permittedLines(permitOf({ invocations: [invocation] }).permits)).toContain(
    'invoke action.aws_lambda_invoke.purge aws_lambda_invoke "before destroy of aws_db_instance.main"',
  );
});
