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
import type { Protection } from './protection.ts';
import { compareQuantities } from './quantity.ts';
import { denied, undenied } from './rights/denials.ts';
import { documentIn } from './rights/document.ts';
import { opened } from './rights/openings.ts';
import { elementName } from './shrink/element-name.ts';
import { comparedLists } from './shrink/elements.ts';

/** `access`: rights opened to everybody or everything. The others, worst first: what goes, `rules` being what grants, limits or routes. */
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
  const amounts = new Set(judged.map(({ path }) => path));
  const losses: Loss[] = [];
  for (const [name, was] of before) {
    if (!SKIPPED.test(name)) compare([name], was, after.get(name), { change, losses, amounts, mayShow });
  }
  const fresh = losses.filter((loss) => !told.some((one) => says(one, loss))).sort(worstFirst);
  const most = fresh.slice(0, MOST);
  return most.map((loss) => disarmed(change, loss, fresh.length - most.length, loss === most.at(-1)));
}

/** Whether a protection that goes says the loss too: it is a part of it, or what is lost is all that it stood in. */
function says({ path, after }: Disarmed, loss: Loss): boolean {
  if (loss.kind === 'access') return false;
  const [told, lost] = [`${dottedOf(path)}.`, `${dottedOf(loss.path)}.`];
  return lost.startsWith(told) || (after.visibility === 'absent' && told.startsWith(lost));
}

/** A change with more losses than a person reads is told by its worst. */
const MOST = 12;
const worstFirst = (a: Loss, b: Loss): number => SHRINKAGES.indexOf(a.kind) - SHRINKAGES.indexOf(b.kind);
/** Marks and notes, not what the object does; and what the provider fills in. */
const SKIPPED =
  /^(?:tags|tags_all|tag|labels|effective_labels|terraform_labels|annotations|effective_annotations|timeouts|triggers|keepers|triggers_replace|input|output|id|arn|description|Tags|Metadata|Description|depends_on)$/;
/** What grants, limits, routes or feeds: an element less is one rule less. */
const RULES =
  /ingress|egress|inbound|outbound|rule|statement|polic|listener|route|record|member|principal|permission|grant|acl|cidr|allow|deny|access|subnet|peer|origin|target|backend|binding|role|scope|action|condition|replica|region|zone|volume|disk|device|schema|column|field|attribute|index|key|secret|user|host|alias|domain|certificate|resource/i;
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
  if (was === now || isAbsent(was)) return;
  const before = documentIn(was);
  if (isUntold(seen.change.afterUnknown, path)) {
    for (const denial of denied(before))
      seen.losses.push({ path, kind: 'rules', says: `${written(path)} may no longer deny: ${denial}` });
    return;
  }
  const after = documentIn(now);
  for (const grant of opened(before, after))
    seen.losses.push({ path, kind: 'access', says: `${written(path)} opens: ${grant}` });
  for (const denial of undenied(before, after))
    seen.losses.push({ path, kind: 'access', says: `${written(path)} no longer denies: ${denial}` });
  // One value may stand for a list of one, and `*` for an object: what is written another way is not removed.
  if (isArray(before))
    compareLists(path, before, isArray(after) ? after : isAbsent(after) ? [] : [after ?? null], seen);
  else if (isObject(before) && (isObject(after) || isAbsent(after)))
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
    if (isAbsent(member) || SKIPPED.test(key)) continue;
    const place = [...path, key];
    if (isAbsent(now.get(key)) && !masked(seen.change.afterUnknown, place)) lose(place, 'is removed', seen);
    else compare(place, member, now.get(key), seen);
  }
}

const DEEPEST = 12;

/** A block with nothing in it is there all the same, and may be the whole of what it says: `block {}`, `allow {}`. */
function isAbsent(value: Json | undefined): boolean {
  if (isArray(value)) return value.every((one) => !isObject(one) && isAbsent(one));
  return isObject(value) ? [...value.values()].every(isAbsent) : isEmpty(value);
}

function compareLists(path: Path, was: readonly Json[], now: readonly Json[], seen: Seen): void {
  const { pairs, lost } = comparedLists(was, now);
  const fewer = was.length - now.length;
  const count = fewer > 0 ? Math.max(1, Math.min(lost.length, fewer)) : lost.length;
  if (count > 0) {
    // Where more differ than are missing, nobody can say which of them went.
    const named = lost.length > count ? [] : lost;
    const names = named
      .map((one) => elementName([...path, one.index], one.value, seen.change.beforeSensitive, seen.mayShow))
      .filter((name) => name !== '');
    const which = names.length === 0 || names.length > 6 ? '' : ` (${names.join('; ')})`;
    const how = now.length === 0 ? `loses all ${was.length}` : `loses ${count} of ${was.length}`;
    lose(path, `${how}${which}${fewer > 0 ? '' : ', and gets others'}`, seen);
  }
  // The mask of a list with unknown parts is in the order of the new elements: inside of it nothing is certain.
  if (path.length > DEEPEST || masked(seen.change.afterUnknown, path)) return;
  for (const [from, to] of pairs)
    if (!isScalar(from.value)) compare([...path, from.index], from.value, to.value, seen);
}

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
