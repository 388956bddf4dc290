import { CheckError } from '../../model/error.ts';

/**
 * Whatever the SDK throws, as a failure to judge: it has retried by then. `doing` says what was asked for: `the template
 * of shop-prod`.
 */
export function awsFailure(thrown: unknown, doing: string): CheckError {
  if (thrown instanceof CheckError) return thrown;
  const { name, message, attempts } = told(thrown);
  const { says, mend } = FAILURES.find(({ names }) => names.test(name) || names.test(message)) ?? OTHER;
  const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
  const why = message === '' || message === name ? name : `${name}: ${message}`;
  return new CheckError(
    'aws-failed',
    `${doing} cannot be had: ${says}${tries} (${oneLine(why)})`,
    mend,
    thrown,
  );
}

interface Failure {
  /** Of the name of the error, or of its message where AWS has no name of its own for it. */
  readonly names: RegExp;
  readonly says: string;
  readonly mend: string;
}

const FAILURES: readonly Failure[] = [
  {
    names:
      /^(?:Throttling\w*|RequestLimitExceeded|TooManyRequests\w*|RequestThrottled\w*|SlowDown|LimitExceededException)$/,
    says: 'AWS is asked too often',
    mend: 'try again later; AWS_MAX_ATTEMPTS raises the number of attempts',
  },
  {
    names:
      /^(?:ExpiredToken\w*|RequestExpired|TokenRefreshRequired)$|SSO session .*(?:expired|invalid)|token .*expired/i,
    says: 'the credentials have expired',
    mend: 'log in again (`aws sso login`), or get new ones',
  },
  {
    names: /^(?:AccessDenied\w*|Unauthorized\w*|NotAuthorized\w*)$/,
    says: 'the credentials may not do this',
    mend: 'give them the permissions of docs/cloudformation.md',
  },
  {
    names: /^(?:CredentialsProviderError|TokenProviderError|ProviderError)$|Could not load credentials/,
    says: 'there are no credentials',
    mend: 'set them as for the AWS command line: AWS_PROFILE, --profile, AWS_ACCESS_KEY_ID, or a role',
  },
  {
    names:
      /^(?:InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|MissingAuthenticationToken)$/,
    says: 'AWS does not know these credentials',
    mend: 'look at AWS_PROFILE, --profile and AWS_ACCESS_KEY_ID, and at the clock of this machine',
  },
  {
    names: /^(?:ChangeSetNotFound\w*|StackNotFound\w*)$|does not exist/,
    says: 'there is no such thing',
    mend: 'look at its name, the region (--region) and the account (--profile)',
  },
  {
    names: /Region is missing/,
    says: 'no region is set',
    mend: 'give --region, AWS_REGION or a profile that has one; an ARN has its own',
  },
  {
    names:
      /^(?:TimeoutError|RequestTimeout|NetworkingError|AbortError)$|\b(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|socket hang up|aborted)\b/,
    says: 'AWS cannot be reached, or does not answer in time',
    mend: 'look at the network, the region and --endpoint-url, and try again',
  },
];

const OTHER: Omit<Failure, 'names'> = {
  says: 'AWS refuses or fails',
  mend: 'try the same with `aws cloudformation`, which says more',
};

function told(thrown: unknown): { name: string; message: string; attempts: number } {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), attempts: 1 };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const metadata = '$metadata' in thrown ? thrown.$metadata : null;
  const attempts =
    typeof metadata === 'object' && metadata !== null && 'attempts' in metadata
      ? Number(metadata.attempts)
      : 1;
  const message = [code, thrown.message].filter((part) => part !== '').join(' ');
  return { name: thrown.name, message: message === '' ? inner(thrown) : message, attempts };
}

/** A connection that fails on every address of a name is one error for all, whose own message is empty. */
const inner = (thrown: Error): string =>
  'errors' in thrown && Array.isArray(thrown.errors) ? thrown.errors.map(String).join('; ') : '';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500);
