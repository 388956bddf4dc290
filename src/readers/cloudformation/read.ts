import type { Change } from '../../model/change.ts';
import type { ChangeSetFacts } from '../../model/changeset.ts';
import { CheckError, type Problem } from '../../model/error.ts';
import { isArray, isNumber, type Json } from '../../model/json.ts';
import { asUtf8 } from '../encoding.ts';
import { parseJson } from '../json/parse.ts';
import { type ResourceChange, readChange } from './change.ts';
import { deletionIn, readDeletion } from './deletion.ts';
import { opening } from './gone.ts';
import { DESCRIBE, malformed } from './member.ts';
import { rootOf, rootProblems, unopenedProblem } from './nested.ts';
import { mannerOf, nameInMessages } from './notes.ts';
import { type Description, descriptionsIn } from './pages.ts';
import { policyEdits } from './policy-edit.ts';
import { stackOf } from './stack.ts';
import { statusProblems } from './status.ts';
import { type Surroundings, surroundingsIn } from './surroundings.ts';
import { transformNotes } from './transforms.ts';
import { wholeOf } from './whole.ts';

/**
 * Reads what `describe-change-set` or the SDK prints of a change set: one description, or a list of its pages and of the
 * change sets of its nested stacks; and what `check-plan` gathers from AWS besides. Every change is handed over, but for
 * those that change nothing: they are counted.
 *
 * Facts with problems are no judgement. Throws CheckError `not-a-plan`, `not-json`, `duplicate-key`, `input-too-deep`,
 * `malformed-plan`, `template-unreadable`; and whatever `bytes` or `onChange` throw.
 */
export async function readCloudFormation(
  bytes: AsyncIterable<Uint8Array>,
  onChange: (change: Change) => void,
): Promise<ChangeSetFacts> {
  const document = parsed(await wholeOf(asUtf8(bytes)));
  const { surroundings, rest } = await surroundingsIn(flattened(document));
  const deletion = deletionIn(rest);
  if (deletion !== null) return readDeletion(rest, deletion, surroundings, onChange);
  const descriptions = descriptionsIn(rest);
  const root = rootOf(descriptions);
  const found = changesOf(root, null, { descriptions, surroundings });
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
    notes: [...manner.notes, ...transformNotes(surroundings)],
    problems: [
      ...rootProblems(root.head),
      ...manner.problems,
      ...found.problems,
      ...repetitionProblems(found.changes),
    ],
  };
}

/** A file in a list of files may have a list of pages itself. */
const flattened = (document: Json): Json => (isArray(document) ? document.flat() : document);

interface Around {
  readonly descriptions: readonly Description[];
  readonly surroundings: Surroundings;
}

interface Found {
  readonly read: readonly Description[];
  readonly changes: readonly FoundChange[];
  readonly problems: readonly Problem[];
}
type FoundChange = Pick<ResourceChange, 'change' | 'isVanished'>;

/** The changes of a change set, and of those of its nested stacks that the document has. */
function changesOf(description: Description, path: string | null, around: Around): Found {
  const { head, changes, problems } = description;
  const stack = stackOf(head, path, around.surroundings);
  const own = changes.map(({ value, where }) => readChange(value, where, stack));
  const gone = own.map(({ change }) => opening(change, around.surroundings));
  const inside = own.flatMap((one): readonly Found[] => {
    const nested =
      one.nestedSetId === null ? undefined : around.descriptions.find(({ id }) => id === one.nestedSetId);
    if (nested === undefined)
      return one.needsNestedSet ? [{ read: [], changes: [], problems: [unopenedProblem(one)] }] : [];
    return [changesOf(nested, one.change.address, around)];
  });
  const listed = new Set(own.map(({ change }) => change.name ?? ''));
  const unlisted = [...gone.flatMap((one) => one.inside), ...policyEdits(stack, listed)];
  return {
    read: [description, ...inside.flatMap((one) => one.read)],
    changes: [
      ...own.map(({ change, isVanished }, at) => ({ change: gone[at]?.opened ?? change, isVanished })),
      ...unlisted.map((change) => ({ change, isVanished: false })),
      ...inside.flatMap((one) => one.changes),
    ],
    problems: [
      ...statusProblems(head, nameInMessages(head)),
      ...problems,
      ...missingCauses(own),
      ...inside.flatMap((one) => one.problems),
    ],
  };
}

/** A page that is missing leaves no trace but this: what it lists is named elsewhere as the cause of a change. */
function missingCauses(own: readonly ResourceChange[]): Problem[] {
  const listed = new Set(own.map(({ change }) => change.name));
  const missing = own.find(({ causedBy }) => causedBy.some((id) => !listed.has(id)));
  if (missing === undefined) return [];
  const cause = missing.causedBy.find((id) => !listed.has(id));
  return [
    {
      code: 'incomplete-change-set',
      message: `${missing.change.address} changes because ${cause} does, and no change of ${cause} is listed`,
      mend: 'a page is missing: describe it with the AWS command line and without --starting-token, or give all pages',
      source: null,
    },
  ];
}

function parsed(whole: Uint8Array): Json {
  try {
    return parseJson(whole, 'the change set');
  } catch (thrown) {
    if (!(thrown instanceof CheckError) || thrown.mend !== null) throw thrown;
    throw new CheckError(thrown.code, thrown.message, MEND, thrown);
  }
}

const MEND = `write it again with ${DESCRIBE}; several pages are a file each, or one JSON list: \`jq -s . page*.json\``;

/** The command line writes RFC 3339, older ones seconds since 1970. */
function momentOf(value: Json | undefined): string | null {
  if (isNumber(value)) {
    const moment = new Date(Number(value.text) * 1000);
    return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  }
  return typeof value === 'string' && MOMENT.test(value) ? value : null;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function repetitionProblems(changes: readonly FoundChange[]): Problem[] {
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
