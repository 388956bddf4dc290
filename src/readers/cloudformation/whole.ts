import { CheckError } from '../../model/error.ts';

/** All bytes of a stream. A stack has some hundred resources, so more than LONGEST is no change set. */
export async function wholeOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > LONGEST)
      throw new CheckError(
        'malformed-plan',
        `this is larger than any change set: more than ${LONGEST} bytes`,
        'check the answer of `aws cloudformation describe-change-set`, a file for each change set',
      );
    chunks.push(new Uint8Array(chunk));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const LONGEST = 128 * 1024 * 1024;
