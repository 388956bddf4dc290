import type { Change, Value } from '../model/change.ts';
import {
  at,
  canonical,
  isArray,
  isNumber,
  isObject,
  type Json,
  type Path,
  type Step,
} from '../model/json.ts';
import { masked } from '../model/mask.ts';
import type { Disarmed } from '../model/report.ts';
import { dottedOf, isEmpty, scalarText, written } from './path.ts';
import { documentIn, opened } from './policy-document.ts';
import type { Protection } from './protection.ts';
import { compareQuantities } from './quantity.ts';

/** `access`: rights opened to everybody or everything. The others: what goes, `rules` being what grants, limits or routes. */
export const SHRINKAGES = ['access', 'rules', 'entries', 'amount'] as const;
export type Shrinkage = (typeof SHRINKAGES)[number];

type MayShow = (path: Path, value: Json) => boolean;

/**
 * What an update takes out of an object without any table: elements, blocks, keys, statements; and amounts it lowers. Of
 * amounts that a table has `judged` nothing is said, and nothing inside of what is `told` already.
 */
export function shrinkOf(
  change: Change,
  judged: readonly Protection[],
  told: readonly Disarmed[],
  mayShow: MayShow,
): readonly Disarmed[] {
  const { before, after } = change;
  if (change.effect !== 'update' || !isObject(before) || !isObject(after)) return [];
  const roots = new Set(told.map(({ path }) => path[0]));
  const amounts = new Set(judged.map(({ path }) => path));
  const losses: Loss[] = [];
  for (const [name, was] of before) {
    if (roots.has(name) || SKIPPED.test(name)) continue;
    compare([name], was, after.get(name), { change, losses, amounts, mayShow });
  }
  const most = losses.slice(0, MOST);
  return most.map((loss) => disarmed(change, loss, losses.length - most.length, loss === most.at(-1)));
}

/** A change with more losses than a person reads is told by its first. */
const MOST = 12;
/** Marks and notes, not what the object does; and what the provider fills in. */
const SKIPPED =
  /^(?:tags|tags_all|tag|labels|effective_labels|terraform_labels|annotations|effective_annotations|timeouts|triggers|keepers|triggers_replace|input|output|id|arn|description|Tags|Metadata|Description|depends_on)$/;
/** What grants, limits, routes or feeds: an element less is one rule less. */
const RULES =
  /ingress|egress|inbound|outbound|rule|statement|polic|listener|route|record|member|principal|permission|grant|acl|cidr|allow|deny|access|subnet|peer|origin|target|backend|binding|role|scope|replica|region|zone|volume|disk|device|schema|column|field|attribute|index|key|secret|user|host|alias|domain|certificate|resource/i;
/** Names of amounts of which less can do less. */
const AMOUNT =
  /(?:^|_)(?:count|capacity|replicas?|size|shards|partitions|units|throughput|iops|memory|cpu|storage|quota|limit|max|min|desired|number|retention|days|hours)(?:_|$)|(?:Count|Capacity|Size|Units|Throughput|Iops|Memory|Cpu|Storage|Quota|Limit)$/;

interface Loss {
  readonly path: Path;
  readonly kind: Shrinkage;
  readonly says: string;
}

interface Seen {
  readonly change: Change;
  readonly losses: Loss[];
  /** Dotted paths. */
  readonly amounts: ReadonlySet<string>;
  readonly mayShow: MayShow;
}

function compare(path: Path, was: Json | undefined, now: Json | undefined, seen: Seen): void {
  if (was === now || isEmpty(was) || isUntold(seen.change.afterUnknown, path)) return;
  const before = documentIn(was);
  const after = documentIn(now);
  const grants = before === was && after === now ? [] : opened(before, after);
  for (const grant of grants)
    seen.losses.push({ path, kind: 'access', says: `${written(path)} opens: ${grant}` });
  // One value may stand for a list of one, and `*` for an object: what is written another way is not removed.
  if (isArray(before))
    compareLists(path, before, isArray(after) ? after : isEmpty(after) ? [] : [after ?? null], seen);
  else if (isObject(before) && (isObject(after) || isEmpty(after)))
    compareObjects(path, before, isObject(after) ? after : null, seen);
  else if (isNumber(was) || isNumber(now)) compareAmounts(path, was, now, seen);
}

/** Whether all of it is known only while applying. */
function isUntold(mask: Json, path: Path): boolean {
  return path.some((_, length) => at(mask, path.slice(0, length)) === true) || at(mask, path) === true;
}

function compareObjects(
  path: Path,
  was: ReadonlyMap<string, Json>,
  now: ReadonlyMap<string, Json> | null,
  seen: Seen,
): void {
  if (now === null) {
    lose(path, 'is removed', seen);
    return;
  }
  if (path.length > DEEPEST) return;
  for (const [key, member] of was) {
    if (isEmpty(member) || SKIPPED.test(key)) continue;
    const place = [...path, key];
    if (isEmpty(now.get(key)) && !masked(seen.change.afterUnknown, place)) lose(place, 'is removed', seen);
    else compare(place, member, now.get(key), seen);
  }
}

const DEEPEST = 12;

/** Elements without their like on the other side; a changed element is compared with the one that took its place. */
function compareLists(path: Path, was: readonly Json[], now: readonly Json[], seen: Seen): void {
  const { gone, fresh } = unmatched(was, now);
  const fewer = was.length - now.length;
  const pairs =
    fewer > 0 || gone.length !== fresh.length ? pairsByName(gone, fresh) : pairsByPlace(gone, fresh);
  const paired = new Set(pairs.map(([from]) => from));
  const lost = gone.filter((one) => !paired.has(one));
  if (fewer > 0) {
    const count = Math.max(1, Math.min(lost.length, fewer));
    // Where more differ than are missing, nobody can say which of them went.
    const named = lost.length > fewer ? [] : lost;
    const names = named
      .map((one) => nameOf([...path, one.index], one.value, seen))
      .filter((name) => name !== '');
    const which = names.length === 0 || names.length > 6 ? '' : ` (${names.join('; ')})`;
    lose(
      path,
      now.length === 0 ? `loses all ${was.length}${which}` : `loses ${count} of ${was.length}${which}`,
      seen,
    );
  }
  // The mask of a list with unknown parts is in the order of the new elements: inside of it nothing is certain.
  if (path.length > DEEPEST || masked(seen.change.afterUnknown, path)) return;
  for (const [from, to] of pairs)
    if (!isScalar(from.value)) compare([...path, from.index], from.value, to.value, seen);
}

interface Element {
  readonly index: number;
  readonly value: Json;
}
type Pair = readonly [Element, Element];

function unmatched(was: readonly Json[], now: readonly Json[]): { gone: Element[]; fresh: Element[] } {
  const left = new Map<string, number>();
  for (const value of now) {
    const key = canonical(value);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const gone = was.flatMap((value, index) => (taken(left, canonical(value)) ? [] : [{ index, value }]));
  const fresh = now.flatMap((value, index) => (taken(left, canonical(value)) ? [{ index, value }] : []));
  return { gone, fresh };
}

/** Takes one of a kind off the count, if there is one. */
function taken(left: Map<string, number>, key: string): boolean {
  const count = left.get(key) ?? 0;
  if (count > 0) left.set(key, count - 1);
  return count > 0;
}

function pairsByName(gone: readonly Element[], fresh: readonly Element[]): readonly Pair[] {
  const free = new Map(fresh.map((one) => [identityOf(one.value), one]));
  return gone.flatMap((one): Pair[] => {
    const identity = identityOf(one.value);
    const to = identity === null ? undefined : free.get(identity);
    if (to === undefined) return [];
    free.delete(identity);
    return [[one, to]];
  });
}

const pairsByPlace = (gone: readonly Element[], fresh: readonly Element[]): readonly Pair[] =>
  gone.flatMap((one, place): Pair[] => {
    const to = fresh[place];
    return to === undefined ? [] : [[one, to]];
  });

/** Members by which people and providers tell the elements of a list apart. */
const NAMES = [
  'Sid',
  'sid',
  'name',
  'Name',
  'key',
  'id',
  'Id',
  'role',
  'port',
  'priority',
  'rule_number',
  'type',
  'path',
  'region',
  'region_name',
];

function identityOf(value: Json): string | null {
  if (!isObject(value)) return null;
  const name = NAMES.find((one) => !isEmpty(value.get(one)));
  return name === undefined ? null : `${name}=${canonical(value.get(name))}`;
}

/** What may be said of an element that goes: numbers, protocols and names of rules, addresses; nothing that is a secret. */
const TOLD = [
  'Sid',
  'Effect',
  'role',
  'name',
  'Name',
  'from_port',
  'to_port',
  'port',
  'protocol',
  'priority',
  'rule_no',
  'rule_number',
  'FromPort',
  'ToPort',
  'IpProtocol',
  'cidr_blocks',
  'type',
  'region',
  'region_name',
];
const PLAIN =
  /^(?:[\d.]+\/\d+|[\da-fA-F:]+\/\d+|(?:sg|subnet|vpc|eni|rtb|pl)-[\da-f]+|[a-z]{2}(?:-[a-z]+)+-?\d[a-z]?)$/;

function nameOf(path: Path, value: Json, { change, mayShow }: Seen): string {
  if (masked(change.beforeSensitive, path)) return '';
  const text = scalarText(value);
  if (text !== null) return PLAIN.test(text) || mayShow(path, value) ? text : '';
  if (!isObject(value)) return '';
  return TOLD.flatMap((name) => {
    const member = value.get(name);
    const one = isArray(member) && member.length === 1 ? member[0] : member;
    const said = isEmpty(one) || masked(change.beforeSensitive, [...path, name]) ? null : scalarText(one);
    return said === null || !SAID.test(said) ? [] : [`${name} ${said}`];
  }).join(', ');
}

/** A short word or number. */
const SAID = /^[\w.:/*-]{1,64}$/;

function compareAmounts(path: Path, was: Json | undefined, now: Json | undefined, seen: Seen): void {
  const name = path.findLast((step) => typeof step === 'string');
  const [from, to] = [scalarText(was), scalarText(now)];
  if (from === null || to === null || name === undefined || !AMOUNT.test(name)) return;
  if (seen.amounts.has(dottedOf(path))) return;
  const compared = compareQuantities(to, from);
  if (compared !== null && compared < 0)
    seen.losses.push({ path, kind: 'amount', says: `${written(path)} goes from ${from} to ${to}` });
}

const isScalar = (value: Json): boolean => !isArray(value) && !isObject(value);

function lose(path: Path, how: string, { losses }: Seen): void {
  const names = path.filter((step: Step): step is string => typeof step === 'string');
  const kind = names.some((name) => RULES.test(name)) ? 'rules' : 'entries';
  losses.push({ path, kind, says: `${written(path)} ${how}` });
}

function disarmed(change: Change, { path, kind, says }: Loss, more: number, isLast: boolean): Disarmed {
  const tail = isLast && more > 0 ? ` (and ${more} more like it)` : '';
  const side = (root: Json, sensitive: Json): Value => {
    const value = at(root, path) ?? at(root, path.slice(0, 1));
    if (value === undefined) return { exact: 'absent', visibility: 'absent' };
    const isSecret = masked(sensitive, path);
    const isShown = kind === 'amount' && isNumber(value);
    return { exact: canonical(value), visibility: isSecret ? 'sensitive' : isShown ? 'shown' : 'private' };
  };
  const before = side(change.before, change.beforeSensitive);
  const after = side(change.after, change.afterSensitive);
  const isSecret = before.visibility === 'sensitive' || after.visibility === 'sensitive';
  return { path, kind, before, after, says: `${isSecret ? `${written(path)} shrinks` : says}${tail}` };
}
