import type { Change } from '../../model/change.ts';
import type { ChangeSetFacts } from '../../model/changeset.ts';
import { CheckError, type Problem } from '../../model/error.ts';
import { isNumber, type Json } from '../../model/json.ts';
import { asUtf8 } from '../encoding.ts';
import { parseJson } from '../json/parse.ts';
import { type ResourceChange, readChange } from './change.ts';
import { DESCRIBE, malformed } from './member.ts';
import { rootOf, rootProblems, unopenedProblem } from './nested.ts';
import { mannerOf, nameInMessages } from './notes.ts';
import { type Description, descriptionsIn } from './pages.ts';
import { type Stack, stackOf } from './stack.ts';
import { statusProblems } from './status.ts';
import { wholeOf } from './whole.ts';

/**
 * Reads what `describe-change-set` or the SDK prints of a change set: one description, or a list of its pages and of the
 * change sets of its nested stacks. Every change is handed over, but for those that change nothing: they are counted.
 *
 * Facts with problems are no judgement. Throws CheckError `not-a-plan`, `not-json`, `duplicate-key`, `input-too-deep`,
 * `malformed-plan`; and whatever `bytes` or `onChange` throw.
 */
export async function readCloudFormation(
  bytes: AsyncIterable<Uint8Array>,
  onChange: (change: Change) => void,
): Promise<ChangeSetFacts> {
  const descriptions = descriptionsIn(parsed(await wholeOf(asUtf8(bytes))));
  const root = rootOf(descriptions);
  const found = changesOf(root, stackOf(root.head, null), descriptions);
  if (descriptions.some((one) => !found.read.includes(one)))
    throw malformed('the list', 'has change sets of nested stacks that no change of the root leads to');
  const effective = found.changes.filter(({ change }) => change.effect !== 'none');
  for (const { change } of effective) onChange(change);
  const manner = mannerOf(root.head, nameInMessages(root.head));
  return {
    kind: 'cloudformation',
    tool: 'cloudformation',
    complete: true,
    plannedAt: momentOf(root.head.get('CreationTime')),
    // Where something is changed or removed it was there; that everything is added says nothing of what stood there.
    hadState: found.changes.some(({ change }) => change.effect !== 'create') ? true : null,
    unchanged: found.changes.length - effective.length,
    invocations: [],
    deferred: [],
    vanished: found.changes.flatMap(({ change, isVanished }) => (isVanished ? [change.address] : [])),
    outputsChanged: 0,
    notes: manner.notes,
    problems: [
      ...rootProblems(root.head),
      ...manner.problems,
      ...found.problems,
      ...repetitionProblems(found.changes),
    ],
  };
}

interface Found {
  readonly read: readonly Description[];
  readonly changes: readonly ResourceChange[];
  readonly problems: readonly Problem[];
}

/** The changes of a change set, and of those of its nested stacks that the document has. */
function changesOf(description: Description, stack: Stack, all: readonly Description[]): Found {
  const { head, changes, problems } = description;
  const own = changes.map(({ value, where }) => readChange(value, where, stack));
  const inside = own.flatMap((one): readonly Found[] => {
    const nested = one.nestedSetId === null ? undefined : all.find(({ id }) => id === one.nestedSetId);
    if (nested === undefined)
      return one.needsNestedSet ? [{ read: [], changes: [], problems: [unopenedProblem(one)] }] : [];
    const inner = stackOf(nested.head, one.change.address);
    return [changesOf(nested, inner, all)];
  });
  return {
    read: [description, ...inside.flatMap((one) => one.read)],
    changes: [...own, ...inside.flatMap((one) => one.changes)],
    problems: [
      ...statusProblems(head, nameInMessages(head)),
      ...problems,
      ...inside.flatMap((one) => one.problems),
    ],
  };
}

function parsed(whole: Uint8Array): Json {
  try {
    return parseJson(whole, 'the change set');
  } catch (thrown) {
    if (!(thrown instanceof CheckError) || thrown.mend !== null) throw thrown;
    throw new CheckError(thrown.code, thrown.message, MEND, thrown);
  }
}

const MEND = `write it again with ${DESCRIBE}; several pages must stand in one list: \`jq -s . page*.json\``;

/** The command line writes RFC 3339, older ones seconds since 1970. */
function momentOf(value: Json | undefined): string | null {
  if (isNumber(value)) {
    const moment = new Date(Number(value.text) * 1000);
    return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  }
  return typeof value === 'string' && MOMENT.test(value) ? value : null;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function repetitionProblems(changes: readonly ResourceChange[]): Problem[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { change } of changes) (seen.has(change.address) ? repeated : seen).add(change.address);
  const [first] = repeated;
  if (first === undefined) return [];
  const more = repeated.size > 1 ? `, and ${repeated.size - 1} more` : '';
  return [
    {
      code: 'malformed-plan',
      message: `the same resource is listed more than once: ${first}${more}`,
      mend: 'no AWS writes this: look for a page that is there twice',
      source: null,
    },
  ];
}
