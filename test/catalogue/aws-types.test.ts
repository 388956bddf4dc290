import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { readChangeSet } from '../../src/readers/read.ts';
import { catalogue } from './catalogue-under-test.ts';
import { subjectOf } from './sample.ts';

const PLAN = new URL('../../fixtures/aws-types/plan.json', import.meta.url);

/** What a person who knows AWS says of each change of the plan, which the real provider made. */
const SAYS: Readonly<Record<string, string>> = {
  'aws_acm_certificate.shop': 'CP003',
  'aws_api_gateway_rest_api.shop': 'CP004',
  'aws_athena_workgroup.reports': 'CP001',
  'aws_autoscaling_group.web': 'CP012 CP028',
  'aws_backup_vault.main': 'CP011',
  'aws_cloudtrail.main': 'CP012 CP028',
  'aws_cloudwatch_log_group.audit': 'CP011',
  'aws_codecommit_repository.code': 'CP001',
  'aws_cognito_user_pool.users': 'CP003',
  'aws_db_instance.orders': 'CP001',
  'aws_docdb_cluster.catalog': 'CP002',
  'aws_dynamodb_table.events': 'CP001',
  'aws_ebs_snapshot_copy.copy': 'CP001',
  'aws_ebs_volume.data': 'CP001',
  'aws_ecr_repository.images': 'CP001',
  'aws_ecs_cluster.jobs': 'CP005',
  'aws_ecs_task_definition.job': 'CP005',
  'aws_efs_file_system.home': 'CP001',
  'aws_eip.edge': 'CP003',
  'aws_elastic_beanstalk_application.app': 'CP005',
  'aws_elasticache_replication_group.cache': 'CP001',
  'aws_fsx_lustre_file_system.scratch': 'CP001',
  'aws_glue_catalog_database.lake': 'CP001',
  'aws_iam_policy.app': 'CP006',
  'aws_iam_role.app': 'CP006',
  'aws_iam_user.bot': 'CP003',
  'aws_iam_user_policy_attachment.bot': 'CP006',
  'aws_instance.web': 'CP005',
  'aws_key_pair.ops': 'CP003',
  'aws_kinesis_stream.clicks': 'CP001',
  'aws_kms_key.main': 'CP003',
  'aws_lambda_function.hook': 'CP005',
  'aws_lb.shop': 'CP011 CP028',
  'aws_memorydb_cluster.sessions': 'CP001',
  'aws_neptune_cluster.graph': 'CP001',
  'aws_qldb_ledger.book': 'CP011',
  'aws_rds_cluster.ledger': 'CP011',
  'aws_redshift_cluster.warehouse': 'CP001',
  'aws_route53_record.www': 'CP023 CP028',
  'aws_route53_zone.shop': 'CP003',
  'aws_s3_bucket.files': 'CP001',
  'aws_s3_bucket_policy.files': 'CP012 CP028',
  'aws_s3_bucket_public_access_block.logs': 'CP012',
  'aws_s3_bucket_versioning.logs': 'CP011 CP028',
  'aws_secretsmanager_secret.api': 'CP003',
  'aws_security_group.db': 'CP012 CP028',
  'aws_sns_topic.news': 'CP004',
  'aws_sqs_queue.work': 'CP001',
  'aws_ssm_parameter.token': 'CP003',
  'aws_vpc.main': 'CP004',
};

test('fifty types, planned by the real provider, are judged right', async () => {
  const found: Record<string, string> = {};
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield readFileSync(PLAN);
  }
  await readChangeSet(bytes(), (change) => {
    const subject = { ...subjectOf(change), assessment: catalogue.assess(change) };
    const findings = findingsOfChange(catalogue.rules, subject, new Map(), 0);
    found[change.address] = [...new Set(findings.map(({ rule }) => rule))].sort().join(' ');
  });
  expect(found).toEqual(SAYS);
  expect(new Set(Object.keys(found).map((address) => address.split('.')[0])).size).toBeGreaterThanOrEqual(40);
});
