import { describe, expect, test } from 'vitest';
import { readCatalogueFile } from '../../src/adapters/catalogue-files.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { assemblyOf, deploying } from '../readers/cdk/folders.ts';

const catalogue = createCatalogue(readCatalogueFile);

/** The hazards of one resource, as an app declares it. */
async function hazardsOf(resource: object): Promise<readonly string[]> {
  const { facts } = await deploying(null, assemblyOf({ Shop: { Resources: { A: resource } } }));
  return (facts.declared ?? [])
    .filter(({ change }) => change.address === 'Shop/A')
    .flatMap((declared) => catalogue.hazards(declared).map(({ id }) => id));
}

const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const GUARDED = {
  DeletionProtectionEnabled: true,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
};
const table = (properties: object, policies: object) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: properties,
  ...policies,
});

describe('what an app declares', () => {
  test.each([
    ['kept and guarded', table(GUARDED, KEPT), []],
    ['nothing said', table({}, {}), ['removal-policy', 'replace-policy', 'protection-off', 'protection-off']],
    ['only one policy', table(GUARDED, { DeletionPolicy: 'Retain' }), ['replace-policy']],
    ['deleted by its policy', table(GUARDED, { ...KEPT, DeletionPolicy: 'Delete' }), ['removal-policy']],
    [
      'a policy that is decided while deploying',
      table(GUARDED, { ...KEPT, DeletionPolicy: { 'Fn::If': ['A', 'Retain', 'Delete'] } }),
      [],
    ],
    [
      'a protection that is decided while deploying',
      table({ ...GUARDED, DeletionProtectionEnabled: { Ref: 'On' } }, KEPT),
      [],
    ],
    ['a fixed name', table({ ...GUARDED, TableName: 'orders' }, KEPT), ['fixed-name']],
    ['a name that is decided while deploying', table({ ...GUARDED, TableName: { Ref: 'Name' } }, KEPT), []],
    [
      'a snapshot by default',
      {
        Type: 'AWS::RDS::DBCluster',
        Properties: { DeletionProtection: true },
        UpdateReplacePolicy: 'Snapshot',
      },
      [],
    ],
    [
      'emptied before it goes',
      { Type: 'Custom::S3AutoDeleteObjects', Properties: {} },
      ['empties-on-delete'],
    ],
    ['something that costs little', { Type: 'AWS::IAM::Policy', Properties: {} }, []],
  ])('%s: %#', async (_, resource, expected) => {
    expect(await hazardsOf(resource)).toEqual(expected);
  });

  test('a stack without termination protection, and nested ones have none', async () => {
    const nested = {
      Resources: { Net: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } } },
    };
    const { facts } = await deploying(null, assemblyOf({ Shop: nested }));
    const told = (facts.declared ?? []).flatMap((one) => catalogue.hazards(one));
    expect(told.map(({ id, address }) => [id, address])).toEqual([['termination-protection', 'Shop']]);
  });
});
