import { expect, test } from 'vitest';
import { locationOf } from '../../src/production/location.ts';
import { changeSample } from './change-samples.ts';

const SUBSCRIPTION = '0f1e2d3c-1111-2222-3333-444455556666';
const vm = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`;

test.each([
  ['aws_db_instance', { arn: 'arn:aws:rds:eu-west-1:012345678901:db:x' }, '012345678901', 'eu-west-1'],
  ['aws_db_instance', { arn: 'arn:aws-cn:rds:cn-north-1:012345678901:db:x' }, '012345678901', 'cn-north-1'],
  ['aws_iam_role', { arn: 'arn:aws:iam::012345678901:role/x' }, '012345678901', null],
  ['aws_iam_policy', { arn: 'arn:aws:iam::aws:policy/x' }, null, null],
  ['aws_s3_bucket', { arn: 'arn:aws:s3:::x', region: 'us-gov-west-1' }, null, 'us-gov-west-1'],
  [
    'aws_lb',
    { id: 'arn:aws:elasticloadbalancing:us-east-1:012345678901:loadbalancer/x' },
    '012345678901',
    'us-east-1',
  ],
  ['aws_subnet', { owner_id: '012345678901', availability_zone: 'us-east-1a' }, '012345678901', 'us-east-1'],
  ['aws_subnet', { availability_zone: 'us-west-2-lax-1a' }, null, 'us-west-2'],
  ['aws_guardduty_member', { account_id: '012345678901' }, null, null],
  ['aws_thing', { account_id: 'not an account' }, null, null],
  [
    'aws_x_association',
    { id: 'arn:aws:x:us-east-1:012345678901:a,arn:aws:x:us-east-1:999999999999:b' },
    null,
    null,
  ],
  [
    'google_sql_database_instance',
    { project: 'acme-prod', region: 'europe-west4' },
    'acme-prod',
    'europe-west4',
  ],
  ['google_compute_disk', { id: 'projects/acme/zones/europe-west4-a/disks/d' }, 'acme', 'europe-west4'],
  [
    'google_compute_disk',
    { self_link: 'https://www.googleapis.com/compute/v1/projects/acme/zones/us-central1-a/disks/d' },
    'acme',
    'us-central1',
  ],
  ['google_storage_bucket', { project: 'acme-x', location: 'EU' }, 'acme-x', 'eu'],
  ['azurerm_linux_virtual_machine', { id: vm, location: 'West Europe' }, SUBSCRIPTION, 'westeurope'],
  ['google_sql_user', { project: '{{.Provider.project}}' }, null, null],
  ['gitlab_thing', { project: 'acme/shop' }, null, null],
  ['aws_thing', { arn: 'arn:aws:rds' }, null, null],
  ['aws_thing', { arn: ['arn:aws:rds:eu-west-1:012345678901:db:x'], region: 5 }, null, null],
])('%s %j', (type, before, account, region) => {
  expect(locationOf(changeSample({ type, before }))).toEqual({ account, region });
});

test('what exists says where it is, not what is planned', () => {
  const arn = (account: string) => ({ arn: `arn:aws:rds:eu-west-1:${account}:db:x` });
  const moved = changeSample({ before: arn('111111111111'), after: arn('222222222222') });
  expect(locationOf(moved).account).toBe('111111111111');
  expect(locationOf(changeSample({ after: arn('222222222222') })).account).toBe('222222222222');
});

test('the id that the reader found is asked where the values do not say', () => {
  const physicalId = 'arn:aws:rds:eu-west-1:012345678901:db:x';
  expect(locationOf(changeSample({ before: {}, physicalId }))).toEqual({
    account: '012345678901',
    region: 'eu-west-1',
  });
  expect(locationOf(changeSample({ effect: 'delete', physicalId })).account).toBe('012345678901');
});
