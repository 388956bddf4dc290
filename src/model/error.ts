/** Everything that keeps check-plan from judging. Each ends the run with exit code 1, or 64 for `usage`. */
export type ErrorCode =
  // the input
  | 'input-unreadable' // the file, folder or pipe cannot be read
  | 'not-json' // the bytes are not JSON: truncated, trailing bytes, bad encoding
  | 'duplicate-key' // an object says the same key twice, so readers may disagree on its value
  | 'not-a-plan' // JSON, but another document; the message names it
  | 'unsupported-version' // a format_version that this program does not know
  | 'malformed-plan' // a plan whose parts have the wrong shape
  | 'errored-plan' // the plan failed; its list of changes is partial
  | 'incomplete-change-set' // a change set that is not ready, or of which pages, nested stacks or resources are missing
  | 'no-baseline' // a CDK assembly, and nothing that says what is deployed
  | 'stale-change-set' // a change set that cannot be executed any more, or was already
  | 'input-too-deep' // nested deeper than any real document
  | 'workspace-differs' // the saved plan was made in another workspace than the caller names
  | 'terraform-failed' // `terraform show -json` or `tofu show -json` did not work
  | 'template-unreadable' // a CloudFormation template that is neither JSON nor YAML, or says something twice
  | 'aws-failed' // AWS did not answer, or not with what was asked
  // what the judgement stands on
  | 'policy-unreadable'
  | 'policy-invalid'
  | 'catalogue-invalid'
  | 'rule-failed'
  | 'record-unreadable'
  | 'store-failed' // the place of the records cannot be read or written
  | 'authorship-unreadable'
  // signing
  | 'sign-refused'
  | 'sign-failed'
  // applying
  | 'apply-refused' // something changed between the judgement and the apply, or cannot be applied
  // everything else
  | 'usage'
  | 'internal';

/** A failure to judge. The message is one lower-case sentence that names the wrong value; `mend` says what to do. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  readonly code: ErrorCode;
  readonly mend: string | null;

  constructor(code: ErrorCode, message: string, mend: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.mend = mend;
  }
}

/** A failure as a value, for reports. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly mend: string | null;
  /** The input it is about, where it is about one. */
  readonly source: string | null;
}

/** Any thrown thing as a problem: what is not a CheckError is a fault of this program, and is said to be. */
export function problemOf(thrown: unknown, source: string | null): Problem {
  if (thrown instanceof CheckError)
    return { code: thrown.code, message: thrown.message, mend: thrown.mend, source };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, mend: 'this is a fault in check-plan: please report it', source };
}
