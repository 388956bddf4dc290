import type { Change } from '../model/change.ts';
import { isObject, type Json } from '../model/json.ts';
import { masked } from '../model/mask.ts';
import type { JudgedChange, Kin } from '../model/report.ts';
import { isEmpty, scalarsIn } from './path.ts';
import { covers } from './rights/pattern.ts';
import { OWN_NAMES } from './traits.ts';

/** By what an object can be referred to, and to what it refers, from the side that exists. */
export function kinOf({ before, beforeSensitive, physicalId }: Change): Kin {
  if (!isObject(before)) return { ids: physicalId === null ? [] : [physicalId], about: [], copyOf: [] };
  const open = [...before].filter(([name, value]) => !isEmpty(value) && !masked(beforeSensitive, [name]));
  const under = (attributes: ReadonlySet<string>): readonly (readonly [string, Json])[] =>
    open.filter(([name]) => attributes.has(name));
  const ids = new Set([...(physicalId === null ? [] : [physicalId]), ...textsIn(under(IDS))]);
  return {
    ids: [...ids],
    about: [...new Set(textsIn(open.filter(([name]) => !ABOUT_NOTHING.test(name))))],
    copyOf: [...new Set(textsIn(under(COPY_OF)))],
  };
}

/** Of objects that are referred to, those that a text of an object of the same provider means. */
export type Called = (texts: readonly string[], provider: string) => readonly JudgedChange[];

/** The way back from names, ids and ARNs to the objects that have them. */
export function callsOf(changes: readonly JudgedChange[]): Called {
  const byId = new Map<string, Set<JudgedChange>>();
  for (const change of changes)
    for (const id of change.kin?.ids ?? [])
      for (const name of namesIn(id)) {
        const key = `${providerOf(change)} ${name}`;
        const known = byId.get(key);
        if (known === undefined) byId.set(key, new Set([change]));
        else known.add(change);
      }
  const exact = (text: string, provider: string): readonly JudgedChange[] =>
    namesIn(text).flatMap((name) => [...(byId.get(`${provider} ${name}`) ?? [])]);
  const covered = (pattern: string, provider: string): readonly JudgedChange[] =>
    changes.filter(
      (change) =>
        providerOf(change) === provider && change.kin?.ids.some((id) => covers(pattern, id)) === true,
    );
  return (texts, provider) => [
    ...new Set(texts.flatMap((text) => (/^arn:.*\*/.test(text) ? covered : exact)(text, provider))),
  ];
}

/** The first word of a type: an object of AWS is no copy of one of Google. */
export const providerOf = ({ type }: Pick<JudgedChange, 'type'>): string =>
  type.split(type.includes('::') ? '::' : '_', 1)[0] ?? '';

/** An ARN or a path stands for the name at its end too. */
function namesIn(text: string): readonly string[] {
  const end = /[:/]([^:/]+)$/.exec(text)?.[1];
  return end === undefined || !isNaming(end) ? [text] : [text, end];
}

/** A shorter name stands in too many places that mean something else. */
const SHORTEST = 3;
/** More, and longer ones, are lists of what it works on. */
const MOST = 24;
const LONGEST = 300;

/** Neither a number, a flag nor a text in itself. */
const isNaming = (text: string): boolean =>
  text.length >= SHORTEST && text.length <= LONGEST && !/^(?:[\d.]+|true|false)$|\s|^[{[]/.test(text);

const textsIn = (members: readonly (readonly [string, Json])[]): readonly string[] =>
  members
    .flatMap(([, value]) => scalarsIn(value))
    .filter(isNaming)
    .slice(0, MOST);

const IDS: ReadonlySet<string> = new Set([
  ...OWN_NAMES,
  'id',
  'arn',
  'self_link',
  'resource_id',
  'Arn',
  'Id',
]);

/** Attributes by which a copy names what it is a copy of. */
const COPY_OF: ReadonlySet<string> = new Set([
  'replicate_source_db',
  'replication_source_identifier',
  'master_instance_name',
  'source_db_instance_identifier',
  'source_db_instance_arn',
  'SourceDBInstanceIdentifier',
  'ReplicationSourceIdentifier',
  'replica_source_db',
  'primary_instance_id',
  'db_instance_identifier',
  'db_cluster_identifier',
  'source_file_system_id',
  'source_resource_id',
  'source_vm_id',
  'source_disk',
  'source_instance',
  'source_server_id',
  'global_table_arn',
  'volume_id',
]);

/**
 * Its own names; notes, settings and places, in which the name of another object only stands by chance. A `bucket` is the
 * name of one, and in what is set on a bucket the reference to it.
 */
const ABOUT_NOTHING =
  /^(?:id|arn|self_link|resource_id|identifier|name|db_name|Id|Arn|Name|DBInstanceIdentifier|tags|tags_all|labels|description|engine.*|.*version|availability_zones?|region|owner_id|account_id|.*_window|status|storage_type|Tags|Engine.*|AvailabilityZones?)$/;
