import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCounters } from '../../src/adapters/counters.ts';
import { folderStore } from '../../src/adapters/store/folder.ts';
import { parseJson } from '../../src/readers/json/parse.ts';
import { counterOf, type SeenCounter } from '../../src/signoff/counter.ts';
import { fingerprint } from '../../src/signoff/public-key.ts';
import { verifyRecord } from '../../src/signoff/verify.ts';
import { gateOf, recordOf, statementFor } from './sample.ts';
import { createSigner } from './signer.ts';

const device = createSigner('sk-ed25519');
const gate = gateOf([device]);
const AT = '2026-11-22T07:30:00Z';
const BEFORE = '2026-11-22T07:00:00Z';
const AFTER = '2026-11-22T07:45:00Z';
const seen = (counter: number, approvedAt: string, key = fingerprint(device)): SeenCounter => ({
  key,
  counter,
  approvedAt,
});
const accepted = (counter: number, ...counters: readonly SeenCounter[]): boolean =>
  verifyRecord('r', recordOf(device, statementFor(gate), { counter }), { ...gate, counters }).accepted;

describe('the counter of a security key', () => {
  test.each<[string, boolean, number, readonly SeenCounter[]]>([
    ['nothing is remembered', true, 7, []],
    ['it went up since', true, 7, [seen(6, BEFORE)]],
    ['it went up after', true, 7, [seen(8, AFTER)]],
    ['it is the same record', true, 7, [seen(7, AT)]],
    ['it does not count', true, 0, [seen(0, BEFORE), seen(0, AFTER)]],
    ['another key is higher', true, 7, [seen(9, BEFORE, 'SHA256:other')]],
    ['it goes back', false, 7, [seen(8, BEFORE)]],
    ['a later record has a lower one', false, 7, [seen(6, AFTER)]],
    ['two records have one', false, 7, [seen(7, BEFORE)]],
    ['it stops counting', false, 0, [seen(7, BEFORE)]],
  ])('%s: %s', (_, holds, counter, counters) => {
    expect(accepted(counter, ...counters)).toBe(holds);
  });
});

test('a directory remembers what is signed, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-counters-'));
  const write = (name: string, bytes: Uint8Array | string): void => writeFileSync(join(folder, name), bytes);
  const statement = statementFor(gate);
  write(`${'a'.repeat(64)}.00000001.json`, recordOf(device, statement, { counter: 3 }));
  write(
    `${'b'.repeat(64)}.00000001.json`,
    recordOf(device, statement, { counter: 9, flags: 1, writtenFlags: 5 }),
  );
  write(`${'c'.repeat(64)}.00000001.json`, recordOf(device, statement, { counter: 9, namespace: 'git' }));
  write(`${'d'.repeat(64)}.00000001.json`, '{"payload":');
  write('draft.tmp', recordOf(device, statement, { counter: 9 }));
  expect(await readCounters(folderStore(folder, folder))).toEqual([seen(3, AT)]);
  expect(await readCounters(folderStore(join(folder, 'not-there'), 'not-there'))).toEqual([]);
});

test('an ordinary key has no counter', () => {
  const key = createSigner('ed25519');
  expect(counterOf(recordOf(key, statementFor(gate)), parseJson)).toBeNull();
});
