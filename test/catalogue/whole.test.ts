import { describe, expect, test } from 'vitest';
import { emptiedModules } from '../../src/catalogue/modules.ts';
import { renamesIn } from '../../src/catalogue/rename.ts';
import { movesToKeys, shiftsIn } from '../../src/catalogue/shift.ts';
import type { SetSubject } from '../../src/catalogue/subject.ts';
import { copiesLost, disarmedAndDestroyed } from '../../src/catalogue/together.ts';
import { type Cause, EFFECTS } from '../../src/model/change.ts';
import type { Counts, JudgedChange } from '../../src/model/report.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, subjectOf } from './sample.ts';

const subject = (...changes: readonly JudgedChange[]): SetSubject => ({
  changes,
  counts: Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts,
  facts: {} as SetSubject['facts'],
});

function judged(change: ReturnType<typeof changeOf>, part: Partial<JudgedChange> = {}): JudgedChange {
  const { environment } = subjectOf(change, 'production');
  const rest = { environment, findings: [], location: { account: null, region: null }, needsSignOff: false };
  return { ...change, ...catalogue.assess(change), ...rest, ...part };
}
const elsewhere = subjectOf(deletionOf('x', {}), 'non-production').environment;
const gone = (
  type: string,
  part: Partial<JudgedChange> = {},
  before: Parameters<typeof deletionOf>[1] = {},
) => judged(deletionOf(type, before), part);
const addresses = (changes: readonly JudgedChange[]) => changes.map(({ address }) => address);

const zone = (before: string, after: string): readonly Cause[] => [
  {
    kind: 'attribute',
    path: ['zone'],
    before: { exact: before, visibility: 'shown' },
    after: { exact: after, visibility: 'shown' },
  },
];
const replaced = (number: number, before: string, after: string): JudgedChange =>
  gone('aws_instance', {
    effect: 'replace',
    address: `aws_instance.web[${number}]`,
    causes: zone(before, after),
  });
const last = (number: number): JudgedChange =>
  gone('aws_instance', { address: `aws_instance.web[${number}]` });

describe('an element taken out of the middle of a count', () => {
  test('is found, with all that it hits', () => {
    const changes = subject(last(3), replaced(1, 'b', 'c'), replaced(2, 'c', 'd'));
    expect(shiftsIn(changes)).toEqual([
      { of: 'aws_instance.web', hit: [1, 2, 3].map((number) => `aws_instance.web[${number}]`) },
    ]);
  });

  test.each<[string, JudgedChange[]]>([
    ['only the last goes', [last(3)]],
    ['nothing goes', [replaced(1, 'b', 'c'), replaced(2, 'c', 'd')]],
    ['what is replaced becomes something else', [replaced(1, 'b', 'x'), replaced(2, 'c', 'y'), last(3)]],
    ['the first goes, and one behind it is replaced', [last(0), replaced(1, 'b', 'c')]],
    [
      'a key is no number',
      [gone('aws_instance', { address: 'aws_instance.web["1"]' }), replaced(0, 'a', 'b')],
    ],
    [
      'it is not production',
      [last(3), replaced(2, 'c', 'd')].map((one) => ({ ...one, environment: elsewhere })),
    ],
    ['they are replaced for another reason', [{ ...replaced(1, 'b', 'c'), causes: [] }, last(2)]],
  ])('is not seen where %s', (_, changes) => {
    expect(shiftsIn(subject(...changes))).toEqual([]);
  });
});

test('each object of a count but the one taken out has a block to a key', () => {
  const shift = {
    of: 'module.a["x y"].aws_instance.web',
    hit: [1, 2, 3].map((at) => `module.a["x y"].aws_instance.web[${at}]`),
  };
  expect(movesToKeys(shift).map(({ from, to }) => [from.slice(-3), to.slice(-5)])).toEqual(
    [
      ['[0]', '["0"]'],
      ['[2]', '["2"]'],
      ['[3]', '["3"]'],
    ].map(([from, to]) => [from, to]),
  );
  expect(movesToKeys({ ...shift, of: 'module.a["${x}"].aws_instance.web' })).toEqual([]);
});

const noModule: readonly Cause[] = [{ kind: 'reason', reason: 'delete_because_no_module', says: 'x' }];
const inModule = (module: string, part: Partial<JudgedChange> = {}) =>
  gone('aws_sqs_queue', { module, causes: noModule, ...part });

describe('a module that is emptied', () => {
  test('is told by its outermost call', () => {
    const changes = ['module.a', 'module.a.module.b', 'module.a.module.c["x"]'].map((module) =>
      inModule(module),
    );
    expect(emptiedModules(subject(...changes))).toEqual([{ module: 'module.a', destroyed: 3 }]);
  });

  test('is gone with its call, though each resource only says that its block is gone', () => {
    const noBlock: readonly Cause[] = [
      { kind: 'reason', reason: 'delete_because_no_resource_config', says: 'x' },
    ];
    const three = ['module.a', 'module.a["x"]', 'module.a["y"].module.b'].map((module) =>
      inModule(module, { causes: noBlock }),
    );
    const emptied = (moduleCalls: readonly string[] | null, more: JudgedChange[] = []) => {
      const of = subject(...three, ...more);
      return emptiedModules({ ...of, facts: { ...of.facts, moduleCalls } });
    };
    expect(emptied(['b', 'shop'])).toEqual([{ module: 'module.a', destroyed: 3 }]);
    expect(emptied(['a'])).toEqual([]);
    expect(emptied(null)).toEqual([]);
    expect(emptied([], [inModule('module.a["z"]', { effect: 'update' })])).toEqual([]);
  });

  test('is not one with little in it, nor one in which something stays', () => {
    expect(emptiedModules(subject(inModule('module.a'), inModule('module.a')))).toEqual([]);
    const three = [1, 2, 3].map(() => inModule('module.a'));
    expect(emptiedModules(subject(...three, inModule('module.a', { effect: 'update' })))).toEqual([]);
    expect(emptiedModules(subject(...three.map((one) => ({ ...one, causes: [] }))))).toEqual([]);
  });
});

describe('copies that go with the data', () => {
  const database = gone('aws_db_instance', { address: 'db' });
  const snapshot = gone('aws_db_snapshot', { address: 'snapshot' });

  test('are told together', () => {
    const { copies, originals } = copiesLost(subject(database, snapshot));
    expect([addresses(copies), addresses(originals)]).toEqual([['snapshot'], ['db']]);
  });

  const arn = 'arn:aws:rds:eu-west-1:111122223333:db:orders';
  const named = (type: string, address: string, before: Parameters<typeof deletionOf>[1]) =>
    gone(type, { address }, before);
  const orders = named('aws_db_instance', 'db', { identifier: 'orders', arn });

  test.each<[string, JudgedChange]>([
    ['by its name', named('aws_db_snapshot', 'copy', { db_instance_identifier: 'orders' })],
    ['by its ARN', named('aws_db_instance', 'copy', { replicate_source_db: arn })],
    ['by its ARN in another list', named('aws_db_instance', 'copy', { replicate_source_db: `x:${arn}` })],
  ])('name their original %s', (_, copy) => {
    const { copies, originals, isKnown } = copiesLost(subject(orders, copy));
    expect([addresses(copies), addresses(originals), isKnown]).toEqual([['copy'], ['db'], true]);
  });

  test.each<[string, JudgedChange[], string[]]>([
    [
      'one of another that stays',
      [named('aws_db_snapshot', 'copy', { db_instance_identifier: 'carts' })],
      [],
    ],
    ['a vault, which does not say', [named('aws_backup_vault', 'vault', { name: 'all' })], ['vault']],
    ['a vault of somebody else', [named('azurerm_recovery_services_vault', 'vault', { name: 'all' })], []],
    [
      'only a name that looks alike',
      [named('aws_db_snapshot', 'copy', { db_instance_identifier: 'my-orders' })],
      [],
    ],
  ])('are not known to be copies: %s', (_, copies, told) => {
    const lost = copiesLost(subject(orders, ...copies));
    expect([addresses(lost.copies), lost.isKnown]).toEqual([told, false]);
  });

  test.each<[string, JudgedChange[]]>([
    ['there is no copy', [database]],
    ['there are only copies', [snapshot]],
    ['the copy stays', [database, { ...snapshot, effect: 'update' }]],
    ['the original lives on unmanaged', [{ ...database, fate: 'orphaned' }, snapshot]],
    ['it is not production', [{ ...database, environment: elsewhere }, snapshot]],
  ])('are none where %s', (_, changes) => {
    expect(copiesLost(subject(...changes)).copies).toEqual([]);
  });
});

describe('protection off and data destroyed in one', () => {
  const database = gone('aws_db_instance', { address: 'db' });
  const off = judged(
    changeOf('aws_s3_bucket', { before: { force_destroy: false }, after: { force_destroy: true } }),
    { address: 'bucket' },
  );

  test.each<[string, JudgedChange[], string[]]>([
    ['an update disarms', [database, off], ['bucket']],
    ['a guard is destroyed', [database, gone('aws_s3_bucket_versioning', { address: 'v' })], ['v']],
    ['a lock of Azure is destroyed', [database, gone('azurerm_management_lock', { address: 'l' })], ['l']],
    ['nothing is destroyed', [off], []],
    ['nothing of worth is destroyed', [off, gone('aws_cloudwatch_metric_alarm')], []],
    ['nothing is disarmed', [database], []],
  ])('%s', (_, changes, disarming) => {
    const found = disarmedAndDestroyed(subject(...changes));
    expect(addresses(found.disarming)).toEqual(disarming);
    expect(found.isKnown).toBe(false);
  });

  const bucket = gone(
    'aws_s3_bucket',
    { address: 'bucket' },
    { bucket: 'images', arn: 'arn:aws:s3:::images' },
  );
  const key = (before: object, after: object) =>
    judged(changeOf('aws_kms_key', { before: { ...before }, after: { ...after } }), { address: 'key' });

  test.each<[string, JudgedChange[], string[], string[]]>([
    [
      'the guard names what is destroyed',
      [bucket, gone('aws_s3_bucket_versioning', { address: 'v' }, { bucket: 'images' }), off],
      ['v'],
      ['bucket'],
    ],
    [
      'what is destroyed names what is disarmed',
      [
        gone(
          'aws_db_instance',
          { address: 'db' },
          { identifier: 'x', kms_key_id: 'arn:aws:kms:eu:1:key/77' },
        ),
        key({ arn: 'arn:aws:kms:eu:1:key/77', deletion_window_in_days: 30 }, { deletion_window_in_days: 7 }),
        bucket,
      ],
      ['key'],
      ['db'],
    ],
    [
      'the guard covers it by a pattern',
      [bucket, gone('aws_backup_selection', { address: 's' }, { resources: ['arn:aws:s3:::*'] })],
      ['s'],
      ['bucket'],
    ],
  ])('belong together where %s', (_, changes, disarming, destroyed) => {
    const found = disarmedAndDestroyed(subject(...changes));
    expect(addresses(found.disarming)).toEqual(disarming);
    expect(addresses(found.destroyed)).toEqual(destroyed);
    expect(found.isKnown).toBe(true);
  });
});

test('objects that keep their own name are one, however their addresses differ', () => {
  const from = (index: number, bucket: string) =>
    gone('aws_s3_bucket', { address: `aws_s3_bucket.old[${index}]` }, { bucket });
  const to = (key: string, bucket: string) =>
    judged(changeOf('aws_s3_bucket', { after: { bucket } }, { effect: 'create' }), {
      address: `aws_s3_bucket.new["${key}"]`,
    });
  expect(renamesIn(subject(from(0, 'x'), from(1, 'y'), to('b', 'y'), to('a', 'x')))).toEqual([
    { from: 'aws_s3_bucket.old[0]', to: 'aws_s3_bucket.new["a"]' },
    { from: 'aws_s3_bucket.old[1]', to: 'aws_s3_bucket.new["b"]' },
  ]);
});
