import { CheckError, type Problem } from '../../model/error.ts';
import { isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import type { ResourceChange } from './change.ts';
import { malformed } from './member.ts';
import { nameInMessages } from './notes.ts';
import type { Description } from './pages.ts';

/**
 * The one change set that the others of a document belong to. Each of those belongs to one nested stack, so that what
 * the root leads to is a tree. Throws CheckError `malformed-plan` where it is not.
 */
export function rootOf(descriptions: readonly Description[]): Description {
  const named = new Set<string>();
  for (const child of descriptions.flatMap(({ changes }) => changes.flatMap(({ value }) => childIn(value)))) {
    if (named.has(child))
      throw malformed(`the change set ${child}`, 'is said to be that of two nested stacks');
    named.add(child);
  }
  const [root, other] = descriptions.filter(({ id }) => id === null || !named.has(id));
  if (root === undefined)
    throw malformed('the list of change sets', 'has none that is not nested in another');
  if (other === undefined) return root;
  throw new CheckError(
    'malformed-plan',
    `the list has change sets that do not belong together: ${nameInMessages(root.head)} and ${nameInMessages(other.head)}`,
    'give each its own file, and check them together: `check-plan a.json b.json`',
  );
}

function childIn(change: Json): string[] {
  const resource = isObject(change) ? change.get('ResourceChange') : undefined;
  const id = text(resource, 'ChangeSetId');
  return id === null ? [] : [id];
}

/** A nested change set says only a part of what executing its root does. */
export function rootProblems(head: JsonObject): readonly Problem[] {
  const id = text(head, 'ChangeSetId');
  const root = text(head, 'RootChangeSetId');
  const parent = text(head, 'ParentChangeSetId');
  if (parent === null && (root === null || root === id)) return [];
  return [
    {
      code: 'incomplete-change-set',
      message: `${nameInMessages(head)} is the one of a nested stack: it is executed with its root ${root ?? parent}`,
      mend: 'let AWS be asked for the root (check-plan ARN); or check its file and those of its nested stacks together',
      source: null,
    },
  ];
}

/** A nested stack that changes in a way that the document does not tell. */
export function unopenedProblem({ change, nestedSetId: id }: ResourceChange): Problem {
  return {
    code: 'incomplete-change-set',
    message: `what happens inside of the nested stack ${change.address} is not told`,
    mend:
      id === null
        ? 'create the change set with --include-nested-stacks, and describe it and those of its nested stacks'
        : `let AWS be asked (check-plan ARN); or describe ${id} too, and check both files: check-plan root.json nested.json`,
    source: null,
  };
}
