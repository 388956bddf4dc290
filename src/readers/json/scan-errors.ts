import { CheckError } from '../../model/error.ts';
import { EXPECTED } from './grammar.ts';
import { MAX_DEPTH } from './parse.ts';

// What a scan can fail with. Offsets are those in the document; a state is one of the grammar.

export const tooDeep = (): CheckError =>
  new CheckError('input-too-deep', `the document is nested deeper than ${MAX_DEPTH} levels`);

export function strange(byte: number, offset: number, state: number): CheckError {
  const seen =
    byte > 0x20 && byte < 0x7f
      ? `"${String.fromCharCode(byte)}"`
      : `byte 0x${byte.toString(16).padStart(2, '0')}`;
  return new CheckError(
    'not-json',
    `${seen} at offset ${offset} is not JSON there: expected ${EXPECTED[state]}`,
    'write the plan again with `terraform show -json PLANFILE > plan.json`',
  );
}

export const twice = (key: string): CheckError =>
  new CheckError(
    'duplicate-key',
    `the document has the top-level key ${JSON.stringify(key)} twice`,
    'no Terraform writes such a plan: find out who changed the file, and write it again',
  );

export const moreFollows = (offset: number): CheckError =>
  new CheckError(
    'not-json',
    `the document ends before offset ${offset}, and more follows`,
    'write the plan alone into the file: `terraform show -json PLANFILE > plan.json`',
  );

export const endsEarly = (offset: number, state: number): CheckError =>
  new CheckError(
    'not-json',
    `the document ends at offset ${offset}, where it needs ${EXPECTED[state]}`,
    'the file is cut off: write it again, and do not copy it out of a log',
  );
