import core from 'aws-cdk-lib/core';

/** Whether the installed CDK has the newer interface for validations: its types say that it always has. */
export const hasValidations: boolean = Object.keys(core).includes('Validations');
