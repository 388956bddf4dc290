import * as v from 'valibot';
import type { Path } from '../model/json.ts';
import type { Fault } from './fault.ts';
import { nearest } from './nearest.ts';
import { looksPrivate } from './public-key.ts';
import { type PolicyFile, policySchema } from './schema.ts';

export type Shaped = { readonly file: PolicyFile } | { readonly faults: readonly Fault[] };

/**
 * The document as a policy file, or everything that is wrong with its shape.
 * `written` gives the text of a value as the file has it, or null.
 */
export function shapeOf(document: unknown, written: (path: Path) => string | null): Shaped {
  const result = v.safeParse(policySchema, document);
  if (result.success) return { file: result.output };
  return { faults: result.issues.map((issue) => faultOf(issue, written)) };
}

type Issue = v.BaseIssue<unknown>;

function faultOf(outer: Issue, written: (path: Path) => string | null): Fault {
  const issue = meant(outer);
  const path = [...steps(outer), ...(issue === outer ? [] : steps(issue))];
  if (issue.type === 'strict_object') return keyFault(path, issue);
  if (issue.path?.at(-1)?.origin === 'key') return { path, atKey: true, says: issue.message, mend: null };
  const seen = shown(issue.input, written(path));
  const expected = issue.kind === 'schema' ? EXPECTED[issue.type] : undefined;
  if (issue.input === null)
    return { path, atKey: false, says: 'has no value', mend: 'write one, or take the key out' };
  if (expected !== undefined)
    return { path, atKey: false, says: `is ${seen}, not ${expected}`, mend: mendOf(issue) };
  if (issue.type === 'literal' || issue.type === 'picklist')
    return { path, atKey: false, says: `is ${seen}, not ${choices(issue.expected)}`, mend: null };
  return { path, atKey: false, says: `is ${seen}, which ${issue.message}`, mend: null };
}

/** Where one of several forms is allowed and a mapping was written, what is wrong with the mapping. */
function meant(issue: Issue): Issue {
  if (issue.type !== 'union') return issue;
  const inner = issue.issues?.filter(({ path }) => (path?.length ?? 0) > 0) ?? [];
  return inner.find(({ expected }) => expected === 'never') ?? inner[0] ?? issue;
}

const steps = (issue: Issue): Path =>
  (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));

/** A key that lacks, or one that is not known. */
function keyFault(path: Path, issue: Issue): Fault {
  const key = String(path.at(-1));
  const list = `the keys here are ${issue.message}`;
  if (issue.expected !== 'never')
    return { path: path.slice(0, -1), atKey: false, says: `lacks the key ${key}`, mend: list };
  const near = nearest(key, issue.message.split(', '));
  return {
    path,
    atKey: true,
    says: 'is a key that nobody reads',
    mend: near === null ? list : `did you mean ${near}? ${list}`,
  };
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
};

/** YAML reads 012345678901 as a number and drops its zero. */
const mendOf = (issue: Issue): string | null =>
  issue.type === 'string' && (typeof issue.input === 'number' || typeof issue.input === 'boolean')
    ? 'put it in quotes'
    : null;

const choices = (expected: string | null): string =>
  (expected ?? '').replace(/[()"]/g, '').replaceAll(' | ', ' or ');

const LONGEST_SHOWN = 60;

/** A value for a message: short, and never a private key that was pasted in the wrong place. */
function shown(value: unknown, written: string | null): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  if (typeof value !== 'string') return written ?? String(value);
  if (looksPrivate(value)) return 'a private key';
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}
