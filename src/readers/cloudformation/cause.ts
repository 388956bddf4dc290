import type { Cause, Value } from '../../model/change.ts';
import { canonical } from '../../model/json.ts';
import { type Action, forces } from './action.ts';
import { type Detail, isMasked, KNOWN_LATER } from './detail.ts';

/** Why a resource is replaced, in an order that does not depend on that of the document. */
export function causesOf({ effect, certainty }: Action, details: readonly Detail[]): readonly Cause[] {
  if (effect !== 'replace') return [];
  const forcing = details.filter(forces);
  const byPath = new Map<string, Cause>();
  for (const detail of [...forcing].sort(byKnowledge)) {
    const key = JSON.stringify(detail.path);
    if (!byPath.has(key)) byPath.set(key, causeOf(detail));
  }
  const attributes = [...byPath].sort(([a], [b]) => compare(a, b)).map(([, cause]) => cause);
  const entities = new Map(forcing.flatMap(entityOf));
  return [
    ...attributes,
    ...[...entities].sort(([a], [b]) => compare(a, b)).map(([reason, says]) => reasonCause(reason, says)),
    ...(certainty === 'possible' ? [POSSIBLE] : []),
  ];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same attribute can stand there for each of its reasons: the detail that knows most of it speaks for it. */
function byKnowledge(a: Detail, b: Detail): number {
  const rank = ({ isTold, isKnownLater }: Detail): number => (isTold ? (isKnownLater ? 1 : 0) : 2);
  return (
    rank(a) - rank(b) ||
    compare(a.before ?? '', b.before ?? '') ||
    compare(a.after ?? '', b.after ?? '') ||
    compare(a.recreation ?? '', b.recreation ?? '')
  );
}

function causeOf({ path, attribute, isTold, before, after, recreation }: Detail): Cause {
  if (isTold && path.length > 0)
    return { kind: 'attribute', path, before: valueSeen(before), after: valueSeen(after) };
  const name = path.length === 0 ? attribute : path.join('.');
  const may = recreation === 'Always' ? 'which forces a replacement' : 'which may force a replacement';
  return reasonCause(`attribute ${name}`, `${name} changes, ${may}; its values are not told`);
}

function valueSeen(text: string | null): Value {
  if (text === null) return { exact: 'absent', visibility: 'absent' };
  if (text.includes(KNOWN_LATER)) return { exact: 'unknown', visibility: 'unknown' };
  return { exact: canonical(text), visibility: isMasked(text) ? 'sensitive' : 'private' };
}

const reasonCause = (reason: string, says: string): Cause => ({ kind: 'reason', reason, says });

const POSSIBLE = reasonCause(
  'possible',
  'whether it is replaced is decided only while applying; it counts as replaced',
);

/** What set it off: a parameter, or another resource. */
function entityOf({ source, causingEntity }: Detail): [string, string][] {
  const word = source === null ? undefined : ENTITIES.get(source);
  if (word === undefined || causingEntity === null) return [];
  return [[`${source} ${causingEntity}`, `${word} ${causingEntity} changes`]];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['ParameterReference', 'the parameter'],
  ['ResourceReference', 'the resource'],
  ['ResourceAttribute', 'the attribute'],
]);
