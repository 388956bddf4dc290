import type { Kind } from '../model/changeset.ts';

/** Kinds that differ in what can be done instead. */
export const KINDS_OF_TOOL = ['terraform', 'cloudformation'] as const satisfies readonly Kind[];
export type KindOfTool = (typeof KINDS_OF_TOOL)[number];

/** Every CloudFormation type has `::` in it, third-party and custom ones too; no Terraform type can. */
export const kindOfType = (type: string): KindOfTool =>
  type.includes('::') ? 'cloudformation' : 'terraform';

/** What a CDK assembly becomes is deployed by CloudFormation. */
export const KIND_OF_TOOL: Readonly<Record<Kind, KindOfTool>> = {
  terraform: 'terraform',
  cloudformation: 'cloudformation',
  cdk: 'cloudformation',
};
