import type { Change } from '../../../src/model/change.ts';
import type { ChangeSetFacts } from '../../../src/model/changeset.ts';
import { readTerraformPlan } from '../../../src/readers/terraform/read.ts';
import { streamOf, utf8 } from '../bytes.ts';

/** A whole small plan with the given members on top; undefined takes a member out. */
export function planText(members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: [],
    configuration: { root_module: {} },
    timestamp: '2026-11-22T07:45:16Z',
    complete: true,
    errored: false,
    ...members,
  });
}

/** An element of resource_changes: a deletion, or what its actions leave in place. */
export const element = (
  change: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  address: 'aws_db_instance.main',
  mode: 'managed',
  type: 'aws_db_instance',
  name: 'main',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['delete'],
    before: {},
    after: STAYING.has(String(change['actions'])) ? {} : null,
    ...change,
  },
  ...rest,
});

const STAYING: ReadonlySet<string> = new Set(['no-op', 'update', 'create']);

export async function readPlan(
  input: string | Uint8Array,
  cuts: readonly number[] = [],
): Promise<{ changes: Change[]; facts: ChangeSetFacts }> {
  const changes: Change[] = [];
  const bytes = typeof input === 'string' ? utf8(input) : input;
  const facts = await readTerraformPlan(streamOf(bytes, cuts), (change) => changes.push(change));
  return { changes, facts };
}

/** The one change of a plan with this element. */
export async function readElement(value: unknown): Promise<Change> {
  const { changes } = await readPlan(planText({ resource_changes: [value] }));
  const [change] = changes;
  if (change === undefined || changes.length > 1) throw new Error('not exactly one change');
  return change;
}
