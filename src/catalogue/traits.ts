import type { Change } from '../model/change.ts';
import { canonical, isObject } from '../model/json.ts';
import { masked } from '../model/mask.ts';
import { wordsOf } from './fallback.ts';
import { isEmpty } from './path.ts';

/** Whether the object is a copy of another one, or what keeps copies: a snapshot, a backup vault, a replica. */
export function isCopy({ type, before }: Change): boolean {
  const words = wordsOf(type);
  if (words.some((word) => COPY_WORDS.has(word)) && !NO_COPY.test(words.join('_'))) return true;
  return isObject(before) && REPLICA_OF.some((attribute) => !isEmpty(before.get(attribute)));
}

const COPY_WORDS: ReadonlySet<string> = new Set([
  'snapshot',
  'snapshots',
  'backup',
  'backups',
  'replica',
  'replication',
  'vault',
  'archive',
  'recovery',
]);
/** What only plans or counts copies, or has the word for another reason. */
const NO_COPY =
  /backup_(?:selection|plan|framework|report|region|global|restore)|key_vault|vault_(?:policy|auth|mount|token|generic|kv|pki|identity)|replication_(?:instance|task|subnet|endpoint|group)|subnet_group|notifications?$|policy$|disaster_recovery_config|transit|route53_recovery/;
/** Attributes that a copy alone has; others by which one is named have a word of the type as well. */
const REPLICA_OF = [
  'replicate_source_db',
  'replication_source_identifier',
  'master_instance_name',
  'source_db_instance_identifier',
  'SourceDBInstanceIdentifier',
  'ReplicationSourceIdentifier',
  'replica_source_db',
  'primary_instance_id',
];

/** The name that the object itself has, apart from its address in the code; null where it has none or hides it. */
export function ownName(change: Change): string | null {
  const isThere = isObject(change.before);
  const [side, sensitive] = isThere
    ? [change.before, change.beforeSensitive]
    : [change.after, change.afterSensitive];
  if (!isObject(side)) return null;
  for (const attribute of OWN_NAMES) {
    const value = side.get(attribute);
    if (typeof value === 'string' && value !== '' && !masked(sensitive, [attribute]))
      return `${attribute}=${canonical(value)}`;
  }
  return null;
}

export const OWN_NAMES = [
  'identifier',
  'cluster_identifier',
  'bucket',
  'function_name',
  'db_name',
  'domain_name',
  'domain',
  'replication_group_id',
  'cluster_id',
  'repository_name',
  'repository',
  'table_name',
  'user_name',
  'role_name',
  'name',
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'BucketName',
  'TableName',
  'QueueName',
  'TopicName',
  'FunctionName',
  'RoleName',
  'ClusterName',
  'LogGroupName',
  'RepositoryName',
  'DomainName',
  'Name',
];
