import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/model/change.ts';
import type { ChangeSetFacts } from '../../../src/model/changeset.ts';
import { scanDocument } from '../../../src/readers/json/scan.ts';
import { loadSimd } from '../../../src/readers/json/simd/engine.ts';
import { collectPlan } from '../../../src/readers/terraform/collect.ts';
import { factsOf } from '../../../src/readers/terraform/facts.ts';
import { streamOf } from '../bytes.ts';
import { corpusBytes, corpusFiles } from '../corpus.ts';
import { readPlan } from './plan.ts';

interface Plan {
  readonly format_version?: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly Resource[];
}
interface Resource {
  readonly address: string;
  readonly previous_address?: string;
  readonly deposed?: string | boolean;
  readonly change: { readonly actions: readonly string[]; readonly importing?: unknown };
}

/** The effect by another way than the reader's: by the exact list of words. */
function expectedEffect({ address, previous_address, change }: Resource): string {
  const words = change.actions.join();
  if (words === 'no-op' && change.importing) return 'import';
  if (words === 'no-op') return (previous_address ?? address) === address ? 'none' : 'move';
  if (words === 'delete,create' || words === 'create,delete') return 'replace';
  if (words === 'open') return 'read';
  return ['create', 'read', 'update', 'delete', 'forget'].includes(words) ? words : 'unknown';
}

function decoded(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Published plans that somebody changed by hand, and what is wrong with them. */
const CHANGED: readonly (readonly [file: string, code: string])[] = [
  // a key twice in one object of the drift
  ['GoogleCloudPlatform__terraform-validator__read_planned_assets-tf1_0plan.applied.json', 'duplicate-key'],
  // no changes, and no configuration either
  ['cloudposse__atmos__plugins-plan_json-success_no_changes.json', 'malformed-plan'],
];

const engine = loadSimd()?.() ?? null;

/** Reads a plan in UTF-8 in the way in which only large ones are read, where this machine can. */
async function readAsLarge(
  bytes: Uint8Array,
): Promise<{ readonly changes: readonly Change[]; readonly facts: ChangeSetFacts }> {
  if (engine === null) return await readPlan(bytes);
  const changes: Change[] = [];
  const plan = collectPlan((change) => changes.push(change), engine);
  await scanDocument(streamOf(bytes), plan.scanned, engine.createSkipper());
  return { changes, facts: factsOf(plan.collected()) };
}

const files = corpusFiles('tf-plan').filter((file) => file.endsWith('.json'));

describe.runIf(files.length > 0)('the plans of the corpus', () => {
  test('are many', () => {
    expect(files.length).toBeGreaterThan(200);
  });

  test.each(files)('%s', async (file) => {
    const bytes = corpusBytes(file);
    const plan = JSON.parse(decoded(bytes)) as Plan;
    const elements = plan.resource_changes ?? [];
    const noActions = elements.some(({ change }) => change.actions.length === 0);
    const code = noActions ? 'malformed-plan' : CHANGED.find(([name]) => file.endsWith(name))?.[1];
    if (code !== undefined) {
      await expect(readPlan(bytes)).rejects.toMatchObject({ code });
      return;
    }
    const { changes, facts } = await readPlan(bytes);
    const expected = elements
      .map((one) => [one.address, one.deposed ? String(one.deposed) : null, expectedEffect(one)])
      .filter(([, , effect]) => effect !== 'none');
    expect(changes.map(({ address, deposed, effect }) => [address, deposed, effect])).toEqual(expected);
    expect(facts.unchanged).toBe(elements.length - expected.length);
    if (bytes[0] !== 0xff && bytes[0] !== 0xef && bytes[1] !== 0)
      expect(await readAsLarge(bytes)).toEqual({ changes, facts });
    const keys = elements.map(({ address, deposed }) => JSON.stringify([address, deposed]));
    expect(facts.problems.map(({ code }) => code)).toEqual([
      ...(plan.format_version === undefined ? ['unsupported-version'] : []),
      ...(plan.errored === true ? ['errored-plan'] : []),
      ...(new Set(keys).size < keys.length ? ['malformed-plan'] : []),
    ]);
  });

  test('a plan reads the same in chunks of any size', async () => {
    const [file] = files.filter((name) => name.includes('aws-deposed-natural'));
    const bytes = corpusBytes(file ?? '');
    const whole = await readPlan(bytes);
    for (const size of [1, 7, 4096]) {
      const cuts = Array.from({ length: Math.floor((bytes.length - 1) / size) }, (_, i) => (i + 1) * size);
      expect(await readPlan(bytes, cuts)).toEqual(whole);
    }
  });

  test('a plan that is cut off is never a plan', async () => {
    const [file] = files.filter((name) => name.endsWith('terraform-1.11.4__deposed.json'));
    const bytes = corpusBytes(file ?? '');
    const end = bytes.lastIndexOf(0x7d);
    expect(end).toBeGreaterThan(1000);
    for (let length = 0; length <= end; length += length < 200 || length > end - 200 ? 1 : 17) {
      await expect(readPlan(bytes.subarray(0, length))).rejects.toMatchObject({ name: 'CheckError' });
    }
  });
});
