import { Option } from 'commander';

export interface AttestOptions {
  readonly attest?: string;
  readonly attestKey?: string;
}

export const attestOptions = (): readonly Option[] => [
  new Option('--attest <file>', 'write the decision as an in-toto attestation (SVR v0.2)'),
  new Option('--attest-key <file>', 'SSH key of the pipeline that signs the attestation (DSSE, SSHSIG)'),
];
