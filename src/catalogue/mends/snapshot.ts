import type { JudgedChange } from '../../model/report.ts';
import type { MendRow } from '../mend.ts';

type Command = (name: string) => string;

/** How a copy of what a type holds is taken by hand, by the name of the object. */
const COMMANDS: readonly (readonly [types: readonly string[], command: Command])[] = [
  [
    ['aws_db_instance', 'AWS::RDS::DBInstance'],
    (name) =>
      `aws rds create-db-snapshot --db-instance-identifier ${name} --db-snapshot-identifier ${name}-before-destruction`,
  ],
  [
    ['aws_rds_cluster', 'AWS::RDS::DBCluster'],
    (name) =>
      `aws rds create-db-cluster-snapshot --db-cluster-identifier ${name} --db-cluster-snapshot-identifier ${name}-before-destruction`,
  ],
  [
    ['aws_docdb_cluster', 'AWS::DocDB::DBCluster'],
    (name) =>
      `aws docdb create-db-cluster-snapshot --db-cluster-identifier ${name} --db-cluster-snapshot-identifier ${name}-before-destruction`,
  ],
  [
    ['aws_neptune_cluster', 'AWS::Neptune::DBCluster'],
    (name) =>
      `aws neptune create-db-cluster-snapshot --db-cluster-identifier ${name} --db-cluster-snapshot-identifier ${name}-before-destruction`,
  ],
  [
    ['aws_dynamodb_table', 'AWS::DynamoDB::Table'],
    (name) => `aws dynamodb create-backup --table-name ${name} --backup-name ${name}-before-destruction`,
  ],
  [['aws_ebs_volume', 'AWS::EC2::Volume'], (name) => `aws ec2 create-snapshot --volume-id ${name}`],
  [
    ['aws_redshift_cluster', 'AWS::Redshift::Cluster'],
    (name) =>
      `aws redshift create-cluster-snapshot --cluster-identifier ${name} --snapshot-identifier ${name}-before-destruction`,
  ],
  [
    ['aws_elasticache_replication_group', 'AWS::ElastiCache::ReplicationGroup'],
    (name) =>
      `aws elasticache create-snapshot --replication-group-id ${name} --snapshot-name ${name}-before-destruction`,
  ],
  [['google_sql_database_instance'], (name) => `gcloud sql backups create --instance=${name}`],
];

export const SNAPSHOT_MENDS: readonly MendRow[] = COMMANDS.map(([types, command]) => ({
  id: 'snapshot',
  when: {
    kind: ['terraform', 'cloudformation', 'cdk'],
    effect: ['delete', 'replace', 'unknown'],
    fate: ['destroyed', 'unknown'],
    types,
  },
  language: 'shell',
  says: () => 'Before anything else: take a copy by hand, and restore it once to see that it works.',
  code: ({ change }) => {
    const name = objectName(change);
    return name === null ? null : command(name);
  },
}));

/** The last part of an ARN or of a path, else the id as it is; null where a shell would take it apart. */
function objectName({ physicalId }: JudgedChange): string | null {
  const last = physicalId?.split(/[:/]/).at(-1) ?? '';
  return /^[A-Za-z0-9][\w.-]*$/.test(last) ? last : null;
}
