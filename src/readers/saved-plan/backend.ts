import { decode } from '@msgpack/msgpack';
import type { Backend } from '../../model/plan-context.ts';
import { reading } from './unread.ts';

/** A backend by its configuration, of which nothing is taken that could be a secret. */
export function backendOf(type: string, config: Uint8Array | null): Backend {
  const values = config === null ? {} : reading('the configuration of the backend', () => decode(config));
  if (typeof values !== 'object' || values === null) return { type, address: null };
  const named = new Map<string, unknown>(Object.entries(values));
  const text = (key: string): string | null => {
    const value = named.get(key);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return { type, address: ADDRESS[type]?.(text) ?? null };
}

type Config = (key: string) => string | null;

/** The attributes of each backend that say where the state is; those of the backends' own documentation. */
const ADDRESS: Readonly<Record<string, (of: Config) => string | null>> = {
  azurerm: (of) => url('azurerm', of('storage_account_name'), of('container_name'), of('key')),
  consul: (of) => url('consul', hostOf(of('address')) ?? 'local', of('path')),
  cos: (of) => url('cos', of('bucket'), of('prefix'), of('key')),
  gcs: (of) => url('gcs', of('bucket'), of('prefix')),
  http: (of) => withoutSecrets(of('address')),
  kubernetes: (of) => url('kubernetes', of('namespace') ?? 'default', of('secret_suffix')),
  local: (of) => url('local', of('path') ?? 'terraform.tfstate'),
  oss: (of) => url('oss', of('bucket'), of('prefix'), of('key') ?? 'terraform.tfstate'),
  pg: (of) => url('pg', hostOf(of('conn_str')), of('schema_name') ?? 'terraform_remote_state'),
  remote: (of) => url('remote', of('hostname') ?? 'app.terraform.io', of('organization')),
  s3: (of) => url('s3', of('bucket'), of('key')),
};

/** Null without a first part; parts that are not there are left out. */
function url(scheme: string, first: string | null, ...rest: readonly (string | null)[]): string | null {
  if (first === null) return null;
  return `${scheme}://${[first, ...rest].filter((part) => part !== null).join('/')}`;
}

/** A URL may carry a password before its host and a token after its path. */
function withoutSecrets(address: string | null): string | null {
  const parsed = parsedUrl(address);
  return parsed === null ? null : `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

const hostOf = (address: string | null): string | null =>
  parsedUrl(address?.includes('://') === false ? `none://${address}` : address)?.host || null;

const parsedUrl = (text: string | null): URL | null =>
  text !== null && URL.canParse(text) ? new URL(text) : null;
