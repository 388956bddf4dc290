import core from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Whether the installed CDK has the newer interface for validations: its types say that it always has. */
export const hasValidations: boolean = Object.keys(core).includes('Validations');

/** A warning at a construct, acknowledged by its id where the installed CDK has acknowledgements. */
export function warn(node: IConstruct, id: string, message: string): void {
  if (hasValidations) {
    core.Validations.of(node).addWarning(id, message);
    return;
  }
  const annotations = core.Annotations.of(node);
  if ('addWarningV2' in annotations) annotations.addWarningV2(id, message);
  else (annotations as core.Annotations).addWarning(`${message} [${id}]`);
}
