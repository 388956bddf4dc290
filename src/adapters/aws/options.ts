/** How AWS is reached, as the AWS command line has it: options first, then the environment, then its files. */
export interface AwsOptions {
  readonly region: string | null;
  readonly profile: string | null;
  /** Another address than that of AWS: a proxy, or a stand-in. */
  readonly endpointUrl: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What of these the SDK has to be told. It finds the rest itself, in the same files and variables. */
export interface ClientConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly maxAttempts?: number;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * The same answers as those of the AWS command line, where the SDK by itself gives others: it does not know
 * AWS_DEFAULT_REGION, and prefers AWS_PROFILE to the keys of the environment.
 */
export function clientConfig(
  service: string,
  { region, profile, endpointUrl, env }: AwsOptions,
): ClientConfig {
  const value = (name: string): string | undefined => env[name] || undefined;
  const isFixed = value('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')?.toLowerCase() === 'true';
  const configured = value(`AWS_ENDPOINT_URL_${service}`) ?? value('AWS_ENDPOINT_URL');
  return withoutUndefined({
    region: region ?? value('AWS_REGION') ?? value('AWS_DEFAULT_REGION'),
    profile: profile ?? value('AWS_PROFILE') ?? value('AWS_DEFAULT_PROFILE'),
    endpoint: endpointUrl ?? (isFixed ? undefined : configured),
    maxAttempts: attempts(value('AWS_MAX_ATTEMPTS')),
    credentials: profile === null ? keysOf(value) : undefined,
  });
}

function keysOf(value: (name: string) => string | undefined): ClientConfig['credentials'] {
  const [accessKeyId, secretAccessKey] = [value('AWS_ACCESS_KEY_ID'), value('AWS_SECRET_ACCESS_KEY')];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return withoutUndefined({ accessKeyId, secretAccessKey, sessionToken: value('AWS_SESSION_TOKEN') });
}

const attempts = (given: string | undefined): number | undefined =>
  given !== undefined && /^[1-9][0-9]{0,2}$/.test(given) ? Number(given) : undefined;

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The SDK takes a member that is undefined for one that is set. */
function withoutUndefined<T extends object>(all: T): Defined<T> & { [Key in RequiredKeys<T>]: T[Key] } {
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return kept as Defined<T> & { [Key in RequiredKeys<T>]: T[Key] };
}
type RequiredKeys<T> = { [Key in keyof T]-?: undefined extends T[Key] ? never : Key }[keyof T];
