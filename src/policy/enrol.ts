import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { CheckError } from '../model/error.ts';

/** A key as it is written into the policy. */
export interface NewKey {
  readonly key: string;
  readonly validAfter: string | null;
  readonly validBefore: string | null;
  readonly hardware: { readonly aaguid: string; readonly checked: string } | null;
}

/** What is added: to the person of this id, or a new one, who then needs a level. */
export interface Enrolment {
  readonly id: string;
  readonly level: string | null;
  readonly keys: readonly NewKey[];
  readonly emails: readonly string[];
  readonly accounts: readonly string[];
  readonly teams: readonly string[];
}

/**
 * The text of the policy with the persons in its roster; comments and order stay. `parse` throws `policy-invalid` for a
 * text that is no policy, before as after.
 */
export function enrol(
  text: string,
  enrolments: readonly Enrolment[],
  source: string,
  parse: (text: string, source: string) => unknown,
): string {
  parse(text, source);
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  const persons = personsOf(document, source);
  for (const enrolment of enrolments) add(document, persons, enrolment);
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  parse(written, `${source} with what is added`);
  return written;
}

function personsOf(document: Document, source: string): YAMLSeq {
  const there = document.getIn(['roster', 'persons']);
  if (isSeq(there)) {
    if (there.items.length === 0) there.flow = false;
    return there;
  }
  if (there !== undefined)
    throw new CheckError('policy-invalid', `roster.persons in ${source} is not a list that can be added to`);
  const persons = document.createNode([]);
  document.setIn(['roster', 'persons'], persons);
  return persons;
}

function add(document: Document, persons: YAMLSeq, enrolment: Enrolment): void {
  const { id, level, keys, emails, accounts, teams } = enrolment;
  const person = persons.items.find((item): item is YAMLMap => isMap(item) && item.get('id') === id);
  const lists = { emails, accounts, teams, keys: keys.map(keyNode) };
  if (person === undefined) {
    if (level === null)
      throw new CheckError(
        'usage',
        `${id} is not in the roster yet, and a new person needs a level`,
        'add --level',
      );
    const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
    persons.add(document.createNode({ id, level, ...Object.fromEntries(filled) }));
    return;
  }
  if (level !== null) person.set('level', level);
  for (const [name, list] of Object.entries(lists)) {
    if (list.length === 0) continue;
    const there = person.get(name);
    if (isSeq(there)) for (const item of list) there.add(document.createNode(item));
    else person.set(name, document.createNode(list));
  }
}

/** A key without limits is one line. */
function keyNode({ key, validAfter, validBefore, hardware }: NewKey): unknown {
  const limits = { validAfter, validBefore, hardware };
  const written = Object.entries(limits).filter(([, value]) => value !== null);
  return written.length === 0 ? key : { key, ...Object.fromEntries(written) };
}
