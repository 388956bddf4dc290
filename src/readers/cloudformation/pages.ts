import { CheckError, type Problem } from '../../model/error.ts';
import { canonical, isArray, type Json, type JsonObject, text } from '../../model/json.ts';
import { notAChangeSet } from './look-alikes.ts';
import { malformed, optionalList, optionalText, requiredObject } from './member.ts';
import { nameInMessages } from './notes.ts';
import { stackNameOf } from './stack.ts';
import { isEmptyChangeSet } from './status.ts';

/** One change set, its pages put together. */
export interface Description {
  /** The ARN, or null where the document does not have it. */
  readonly id: string | null;
  /** All but the changes; the same on every page. */
  readonly head: JsonObject;
  readonly changes: readonly Placed[];
  readonly problems: readonly Problem[];
}
interface Placed {
  readonly value: Json;
  readonly where: string;
}

/**
 * The change sets of a document: one description, or a list of them. Pages of one change set are put together; a page
 * that is missing at the end shows by the NextToken before it, one that is missing elsewhere leaves no trace.
 *
 * Throws CheckError `not-a-plan`, `malformed-plan`.
 */
export function descriptionsIn(document: Json): readonly Description[] {
  const pages = isArray(document)
    ? document.map((page, at) => pageOf(page, `page ${at + 1}`))
    : [pageOf(document, null)];
  const sets = new Map<string | null, Page[]>();
  for (const page of pages) {
    const id = optionalText(page.head, 'ChangeSetId', page.where ?? 'the change set');
    sets.set(id, [...(sets.get(id) ?? []), page]);
  }
  return [...sets].map(([id, parts]) => joined(id, parts));
}

interface Page {
  readonly head: JsonObject;
  readonly where: string | null;
  readonly changes: readonly Placed[];
  readonly nextToken: string | null;
}

function pageOf(value: Json, where: string | null): Page {
  const alike = notAChangeSet(value);
  if (alike !== null)
    throw new CheckError('not-a-plan', `${where === null ? 'this' : where} is ${alike.is}`, alike.mend);
  const head = requiredObject(value, where ?? 'the change set');
  const place = where === null ? '' : `${where} `;
  if (!isArray(head.get('Changes')) && !isNothing(head)) throw malformed(`${place}Changes`, 'is not a list');
  return {
    head,
    where,
    changes: optionalList(head, 'Changes', where ?? 'the change set').map((change, at) => ({
      value: change,
      where: `${place}Changes[${at}]`,
    })),
    nextToken: optionalText(head, 'NextToken', where ?? 'the change set'),
  };
}

/** Where nothing came to be there is no list of changes either; its status says that it cannot be judged. */
const isNothing = (head: JsonObject): boolean =>
  (head.get('Changes') ?? null) === null && text(head, 'Status') === 'FAILED';

function joined(id: string | null, pages: readonly Page[]): Description {
  const [first, ...others] = pages;
  if (first === undefined) throw new Error('a change set without pages');
  const unlike = others.find(({ head }) => SAME.some((key) => differ(head.get(key), first.head.get(key))));
  if (unlike !== undefined)
    throw malformed(unlike.where ?? 'a page', 'says another thing of the change set than the first one');
  const changes = pages.flatMap((page) => page.changes);
  const name = nameInMessages(first.head);
  return {
    id,
    head: first.head,
    changes,
    problems: [
      ...pageProblems(name, pages),
      ...(isEmptyChangeSet(first.head) && changes.length > 0 ? [contradiction(name)] : []),
      ...(id === null || stackNameOf(first.head) === null ? [nameless(name)] : []),
    ],
  };
}

/** What every page of a change set says. */
const SAME = [
  'ChangeSetName',
  'StackId',
  'StackName',
  'Status',
  'ExecutionStatus',
  'StatusReason',
  'DeploymentMode',
  'ParentChangeSetId',
  'RootChangeSetId',
];

const differ = (a: Json | undefined, b: Json | undefined): boolean =>
  canonical(a ?? null) !== canonical(b ?? null);

/** Each page but the last has a NextToken of its own. */
function pageProblems(name: string, pages: readonly Page[]): readonly Problem[] {
  const tokens = pages.flatMap(({ nextToken }) => (nextToken === null ? [] : [nextToken]));
  if (tokens.length === pages.length - 1 && new Set(tokens).size === tokens.length) return [];
  const message =
    tokens.length >= pages.length
      ? `${name} has more pages: a NextToken is left over`
      : `the pages of ${name} do not follow from each other`;
  return [
    {
      code: 'incomplete-change-set',
      message,
      mend: 'let AWS be asked (check-plan ARN); or check the files of all pages together; or describe it without --no-paginate, --max-items and --starting-token, so that every page is fetched',
      source: null,
    },
  ];
}

const contradiction = (name: string): Problem => ({
  code: 'malformed-plan',
  message: `${name} failed for want of changes, and lists changes all the same`,
  mend: 'no AWS writes this: find out who changed the file',
  source: null,
});

const nameless = (name: string): Problem => ({
  code: 'incomplete-change-set',
  message: `${name} does not say which it is or which stack it is for: ChangeSetId, StackId or StackName is missing`,
  mend: 'check the whole answer of `aws cloudformation describe-change-set`, without --query',
  source: null,
});
