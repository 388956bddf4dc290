import type { Cause, Value } from '../../model/change.ts';
import {
  at,
  canonical,
  isArray,
  isNumber,
  type Json,
  type JsonObject,
  type Path,
  type Step,
} from '../../model/json.ts';
import { masked } from '../../model/mask.ts';
import { malformed, optionalText } from './member.ts';
import { reasonCause } from './reason.ts';

/** Why the change happens, in an order that does not depend on that of the document. */
export function causesOf(element: JsonObject, change: JsonObject, where: string): Cause[] {
  const paths = replacePaths(change.get('replace_paths') ?? null, where);
  const causes: Cause[] = paths.map((path) => ({
    kind: 'attribute',
    path,
    before: sideOf(change, 'before', path),
    after: sideOf(change, 'after', path),
  }));
  const reason = optionalText(element, 'action_reason', where);
  // Where the attributes are named, that they cannot change in place is said already.
  const said = reason === 'replace_because_cannot_update' && causes.length > 0;
  return reason === null || said ? causes : [...causes, reasonCause(reason)];
}

function replacePaths(paths: Json, where: string): Path[] {
  if (paths === null) return [];
  if (!isArray(paths)) throw malformed(where, 'has replace_paths that are not a list');
  const found = new Map<string, Path>();
  for (const path of paths) {
    if (!isArray(path)) throw malformed(where, 'has a replace path that is not a list of steps');
    const steps = stepsOf(path);
    found.set(canonical(path.slice(0, steps.length)), steps);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** The steps up to the first that is no name or index: elements of a set have neither, so the cause is the set. */
function stepsOf(path: readonly Json[]): Path {
  const steps: Step[] = [];
  for (const step of path) {
    if (typeof step === 'string') steps.push(step);
    else if (isNumber(step) && INDEX.test(step.text)) steps.push(Number(step.text));
    else break;
  }
  return steps;
}

const INDEX = /^[0-9]{1,9}$/;

function sideOf(change: JsonObject, side: 'before' | 'after', path: Path): Value {
  const value = at(change.get(side), path);
  const unknown = side === 'after' && masked(change.get('after_unknown'), path);
  const sensitive = SENSITIVE.some((mask) => masked(change.get(mask), path));
  // An unknown value is left out of `after`; it must not look like one that is taken away.
  const exact = value === undefined && unknown ? 'unknown' : canonical(value);
  return { exact, visibility: visibilityOf(sensitive, unknown, value !== undefined) };
}

/** What is sensitive on one side was so before or will be, and the other side may tell it. */
const SENSITIVE = ['before_sensitive', 'after_sensitive'];

function visibilityOf(sensitive: boolean, unknown: boolean, present: boolean): Value['visibility'] {
  if (sensitive) return 'sensitive';
  if (unknown) return 'unknown';
  return present ? 'private' : 'absent';
}
