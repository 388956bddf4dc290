import type { Checked } from '../check.ts';
import { CheckError } from '../model/error.ts';
import { requestOf, writeRequest } from '../signoff/request.ts';

/** The text of the request for the one plan that needs a sign-off, or why there is none to write. */
export function requestFor({
  report,
  judgements,
}: Checked): { readonly text: string } | { readonly why: string } {
  if (report.errors.length > 0) return { why: 'not everything could be judged' };
  const asked = judgements.flatMap(({ changeSet, signOffText }) =>
    signOffText === null ? [] : [requestOf(changeSet, signOffText)],
  );
  const [only] = asked;
  if (only === undefined) return { why: 'nothing needs a sign-off' };
  if (asked.length > 1)
    throw new CheckError(
      'usage',
      `a request is for one plan, and ${asked.length} of these need a sign-off`,
      'name one plan, and write a request for each',
    );
  return { text: writeRequest(only) };
}
