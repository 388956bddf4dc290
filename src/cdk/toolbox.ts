import type { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The toolbox of CDK, as far as it is needed here; constructs may come from another copy of it. */
export interface Toolbox {
  readonly Stack: { of(node: IConstruct): Stack };
  readonly CfnResource: { isCfnResource(node: object): boolean };
  readonly Token: { isUnresolved(value: unknown): boolean };
}
