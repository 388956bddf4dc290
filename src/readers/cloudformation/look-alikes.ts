import { isObject, type Json } from '../../model/json.ts';
import { OBJECTS, type Words } from '../look-alikes.ts';
import { DELETION } from './deletion.ts';
import { DESCRIBE } from './member.ts';

/** What a document is that is no description of a change set; null where it is one. */
export function notAChangeSet(document: Json): Words | null {
  if (!isObject(document)) return OTHER;
  const has = (key: string): boolean => document.has(key);
  const alike = ALIKE.find(({ keys }) => keys.some(has));
  if (alike !== undefined) return alike;
  if (has('Changes') || (has('ChangeSetId') && has('ExecutionStatus'))) return null;
  if (has('ChangeSetId') || has('ChangeSetName')) return UNLISTED;
  const top = { keys: new Set(document.keys()), small: new Map<string, Json>() };
  return OBJECTS.find(({ when }) => when(top)) ?? OTHER;
}

const OTHER: Words = {
  is: 'not the description of a change set',
  mend: `check the answer of ${DESCRIBE} as it is`,
};

const UNLISTED: Words = {
  is: 'a change set without its list of changes',
  mend: `check the whole answer of ${DESCRIBE}`,
};

const ALIKE: readonly (Words & { readonly keys: readonly string[] })[] = [
  {
    keys: ['format_version', 'resource_changes', 'planned_values'],
    is: 'a Terraform plan and a change set at once',
    mend: 'no tool writes this: find out who changed the file',
  },
  {
    keys: ['resourceChange'],
    is: 'the JSON of the CloudFormation console, which leaves out the stack, its state and what becomes of old objects',
    mend: `check the answer of ${DESCRIBE} instead`,
  },
  {
    keys: ['ResourceChange'],
    is: 'only the list of changes of a change set, without its state',
    mend: `check the whole answer of ${DESCRIBE}, without --query`,
  },
  {
    keys: ['Hooks'],
    is: 'the hooks of a change set, not the change set',
    mend: `check the answer of ${DESCRIBE} instead`,
  },
];

/** Any of these at the top of a document, or of the first element of a list, makes it one for this reader to judge or name. */
export const TELLING_KEYS: ReadonlySet<string> = new Set([
  DELETION,
  'Changes',
  'ChangeSetId',
  'ChangeSetName',
  'resourceChange',
  'ResourceChange',
]);
