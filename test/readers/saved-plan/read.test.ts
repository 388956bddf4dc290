import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readSavedPlan } from '../../../src/readers/saved-plan/read.ts';
import { corpusBytes, corpusFiles } from '../corpus.ts';
import { backendBytes, LINEAGE, type Made, messageOf, savedPlan } from './made.ts';

const contextOf = async (made: Made = {}) => {
  const read = await readSavedPlan(savedPlan(made));
  if ('absent' in read) throw new Error(read.absent);
  return read.context;
};
const absentOf = async (bytes: Uint8Array): Promise<string> => {
  const read = await readSavedPlan(bytes);
  return 'absent' in read ? read.absent : `context of ${read.context.workspace}`;
};

test('it tells what the JSON of a plan leaves out', async () => {
  expect(
    await contextOf({
      mode: 1,
      targets: ['module.b', 'module.a'],
      variables: ['password', 'name'],
      more: (writer) => writer.tag(16, 2).string('module.c'),
    }),
  ).toEqual({
    workspace: 'prod',
    backend: { type: 's3', address: 's3://acme-state/shop.tfstate' },
    mode: 'destroy',
    targets: ['module.a', 'module.b'],
    forceReplaced: ['module.c'],
    variables: ['name', 'password'],
    applyTimeVariables: [],
    madeBy: '1.11.4',
    madeAt: '2026-11-24T12:00:00Z',
    state: { lineage: LINEAGE, serial: '412' },
  });
});

test.each([
  ['gcs', { bucket: 'b', prefix: 'p' }, 'gcs://b/p'],
  [
    'azurerm',
    { storage_account_name: 'a', container_name: 'c', key: 'k', access_key: 'SECRET' },
    'azurerm://a/c/k',
  ],
  [
    'http',
    { address: 'https://user:SECRET@h.dev/s/1?token=SECRET#SECRET', password: 'SECRET' },
    'https://h.dev/s/1',
  ],
  ['http', { address: 'no url SECRET' }, null],
  [
    'pg',
    { conn_str: 'postgres://user:SECRET@db.dev:5432/tf?sslkey=SECRET' },
    'pg://db.dev:5432/terraform_remote_state',
  ],
  ['pg', { conn_str: 'user=u password=SECRET' }, null],
  ['consul', { address: 'user:SECRET@c.dev:8500', path: 'p' }, 'consul://c.dev:8500/p'],
  ['s3', { bucket: 'b', key: 'k', access_key: 'SECRET', secret_key: 'SECRET', token: 'SECRET' }, 's3://b/k'],
  ['s3', { bucket: null, key: 'k' }, null],
  ['s3', { bucket: 7, key: 'k' }, null],
  ['local', { path: null }, 'local://terraform.tfstate'],
  ['unheard-of', { token: 'SECRET' }, null],
  ['s3', null, null],
])('the address of a %s backend has no secret in it: %j', async (backend, config, address) => {
  const context = await contextOf({ backend, config });
  expect(context.backend).toEqual({ type: backend, address });
  expect(JSON.stringify(context)).not.toContain('SECRET');
});

test('a state that did not exist has no lineage', async () => {
  expect((await contextOf({ state: '{"version":4,"serial":0,"lineage":""}' })).state).toEqual({
    lineage: null,
    serial: '0',
  });
});

test('a mode that is not known is not taken for a known one', async () => {
  expect((await contextOf({ mode: 3 })).mode).toBe('unknown');
});

describe('nothing is taken from what two readers could understand differently', () => {
  const good = savedPlan();
  test.each<[string, Uint8Array, RegExp]>([
    ['another version of the format', savedPlan({ version: 4 }), /version 4/],
    ['bytes after the end', Buffer.concat([good, Buffer.from('x')]), /follows the end/],
    ['bytes before the beginning', Buffer.concat([Buffer.from('PK'), good]), /directory/],
    [
      'a second backend',
      savedPlan({ more: (writer) => writer.tag(13, 2).bytes(backendBytes({ workspace: 'dev' })) }),
      /there 2 times/,
    ],
    ['a second version', savedPlan({ more: (writer) => writer.tag(1, 0).uint64(3) }), /there 2 times/],
    [
      'a backend that is a number',
      savedPlan({ more: (writer) => writer.tag(13, 0).uint64(3) }),
      /is a number/,
    ],
    [
      'a version that is a text',
      zipSync({
        tfplan: messageOf({ version: 3, more: (writer) => writer.tag(1, 2).string('3') }),
        tfstate: strToU8('{}'),
      }),
      /no number/,
    ],
    [
      'a cut message',
      zipSync({ tfplan: messageOf({}).subarray(0, -3), tfstate: strToU8('{}') }),
      /cannot be read/,
    ],
    [
      'a state that says its lineage twice',
      savedPlan({ state: '{"lineage":"a","lineage":"b"}' }),
      /state cannot be read/,
    ],
    ['a state that is no JSON', savedPlan({ state: 'lineage' }), /state cannot be read/],
    ['no plan in it', zipSync({ tfstate: strToU8('{}') }), /no tfplan/],
    ['no zip at all', strToU8('PK\u0003\u0004'), /follows the end/],
    [
      'a workspace that is no text',
      savedPlan({ more: (writer) => writer.tag(14, 2).bytes(new Uint8Array([0xff])) }),
      /14|text/,
    ],
  ])('%s', async (_name, bytes, why) => {
    expect(await absentOf(bytes)).toMatch(why);
  });

  test('two entries of one name', async () => {
    const zip = Buffer.from(savedPlan({ entries: { tfplaX: messageOf({ workspace: 'dev' }) } }));
    for (let at = zip.indexOf('tfplaX'); at !== -1; at = zip.indexOf('tfplaX', at)) zip.write('tfplan', at);
    expect(await absentOf(zip)).toMatch(/two entries "tfplan"/);
  });

  test('a zip bomb is not unpacked', async () => {
    const zip = Buffer.from(savedPlan());
    const entry = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    zip.writeUInt32LE(0xfffffff0, entry + 24);
    expect(await absentOf(zip)).toMatch(/are read at most/);
  });
});

test('bytes that somebody made up end in an answer, and never in a crash', async () => {
  const good = savedPlan({ targets: ['a'] });
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
      const changed = Uint8Array.from(good);
      changed[at] = byte;
      expect(await readSavedPlan(changed)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

const real = corpusFiles('saved-plan');

test.runIf(real.length > 0)('every real saved plan can be read, and says how it was asked for', async () => {
  const seen = new Map<string, string>();
  for (const name of real) {
    const read = await readSavedPlan(corpusBytes(name));
    if ('absent' in read) throw new Error(`${name}: ${read.absent}`);
    const { context } = read;
    expect(context, name).toMatchObject({
      workspace: 'default',
      madeBy: '1.11.4',
      backend: { type: 'local' },
    });
    seen.set(name, [context.mode, ...context.targets, ...context.forceReplaced].join(' '));
  }
  const modeOf = (name: string) => seen.get(`saved-plan/terraform-1.11.4__${name}.tfplan`);
  expect(modeOf('destroy')).toBe('destroy');
  expect(modeOf('refresh-only')).toBe('refresh-only');
  expect(modeOf('targeted')).toMatch(/^normal .*\w/);
  expect(modeOf('update')).toBe('normal');
});
