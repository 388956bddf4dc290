import type { Report } from '../../src/model/report.ts';
import { EXAMPLES } from './report-examples.ts';
import { changeOf, countsOf, reportOf, setOf } from './report-parts.ts';

/** The examples of the text report, and those in which other formats have more to say: nested stacks, lines of code, advice that is not followed yet. */
export const FORMAT_EXAMPLES: Readonly<Record<string, Report>> = {
  ...EXAMPLES,
  'cloudformation-nested': cloudformationNested(),
  'cdk-constructs': cdkConstructs(),
  'advisory-incident': { ...(EXAMPLES['blocked-incident'] ?? reportOf({})), advisory: true },
};

function cloudformationNested(): Report {
  const of = { provider: null, module: null, location: { account: '111122223333', region: 'eu-west-1' } };
  return reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    worst: 'critical',
    changeSets: [
      setOf({
        source: 'change-set.json',
        kind: 'cloudformation',
        tool: 'cloudformation',
        signOffDigest: `sha256:${'22'.repeat(32)}`,
        counts: countsOf({ replace: 1, delete: 1, update: 4 }),
        changes: [
          changeOf({
            ...of,
            address: 'shop/Data/Orders',
            type: 'AWS::RDS::DBInstance',
            fateBecause: 'PolicyAction is ReplaceAndDelete',
            certainty: 'possible',
            causes: [
              {
                kind: 'reason',
                reason: 'DirectModification',
                says: 'DBInstanceIdentifier is changed, which always replaces',
              },
            ],
          }),
          changeOf({
            ...of,
            address: 'shop/Data/Audit/Trail',
            type: 'AWS::S3::Bucket',
            effect: 'delete',
            order: null,
            loses: 'every object in the bucket',
            causes: [],
          }),
        ],
      }),
    ],
  });
}

function cdkConstructs(): Report {
  return reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    worst: 'critical',
    changeSets: [
      setOf({
        source: 'cdk.out',
        kind: 'cdk',
        tool: 'cdk schema 54.0.0',
        signOffDigest: `sha256:${'33'.repeat(32)}`,
        counts: countsOf({ delete: 1 }),
        changes: [
          changeOf({
            address: 'Prod-Shop/OrdersTable1A2B3C4D',
            type: 'AWS::DynamoDB::Table',
            effect: 'delete',
            order: null,
            loses: 'every item',
            construct: { path: 'Prod/Shop/Orders/Resource', source: '/app/lib/shop.ts:42:5' },
          }),
        ],
      }),
    ],
  });
}
