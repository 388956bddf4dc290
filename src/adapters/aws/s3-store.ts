import type { S3Client } from '@aws-sdk/client-s3';
import { CheckError } from '../../model/error.ts';
import { PIECE_LIMIT, refuseName, type Store, storeFailed } from '../store/store.ts';

/**
 * A bucket. Each piece is an object that is put only where none is (`If-None-Match: *`), so that one of two racing puts
 * is refused by S3 itself; nothing is ever overwritten or deleted, so Object Lock may be on. Credentials and region are
 * those that the SDK finds; `?region=`, `?endpoint=` say otherwise, for servers that speak S3.
 */
export async function s3Store(place: string): Promise<Store> {
  const { bucket, prefix, region, endpoint } = placeOf(place);
  const sdk = await loadSdk();
  const client = new sdk.S3Client({
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: 5,
  });
  const keyOf = (name: string): string => `${prefix}${name}`;
  const failed = (thrown: unknown): CheckError =>
    storeFailed(
      place,
      thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
      thrown,
    );

  const get = async (name: string): Promise<Uint8Array | null> => {
    try {
      const { Body, ContentLength } = await client.send(
        new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }),
      );
      if (Body === undefined || ContentLength === undefined || ContentLength > PIECE_LIMIT)
        throw new Error(`${name} has ${ContentLength} bytes, and ${PIECE_LIMIT} are allowed`);
      return await Body.transformToByteArray();
    } catch (thrown) {
      if (thrown instanceof sdk.NoSuchKey) return null;
      throw failed(thrown);
    }
  };

  /** False where S3 says that there is one already. */
  const putOnce = async (name: string, bytes: Uint8Array): Promise<boolean> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        await client.send(
          new sdk.PutObjectCommand({
            Bucket: bucket,
            Key: keyOf(name),
            Body: bytes,
            ContentType: 'application/json',
            IfNoneMatch: '*',
          }),
        );
        return true;
      } catch (thrown) {
        const status = statusOf(thrown);
        if (status === 412) return false;
        // Another put of the same name was under way; which of them it became is known at the next try.
        if (status !== 409) throw failed(thrown);
      }
    }
    throw storeFailed(place, `${name} was put by others ${ATTEMPTS} times in a row`);
  };

  /** A server that takes no notice of the condition would let two use one sign-off, and no answer of it would say so. */
  let proof: Promise<void> | null = null;
  const provesCondition = async (): Promise<void> => {
    const marker = Buffer.from('{}\n');
    if (!(await putOnce(MARKER, marker)) || !(await putOnce(MARKER, marker))) return;
    throw storeFailed(place, 'its server does not heed If-None-Match, so two could put the same record');
  };

  return {
    place,
    get: (name) => {
      refuseName(name);
      return get(name);
    },
    list: (start) =>
      listed(client, sdk, { bucket, prefix, start }).catch((thrown) => Promise.reject(failed(thrown))),
    put: async (name, bytes) => {
      refuseName(name);
      if (bytes.length > PIECE_LIMIT) throw storeFailed(place, `${name} has more than ${PIECE_LIMIT} bytes`);
      proof ??= provesCondition();
      await proof;
      if (await putOnce(name, bytes)) return true;
      // The answer to a put may be lost, and its repetition finds what the first one wrote.
      const there = await get(name);
      return there !== null && Buffer.from(there).equals(bytes);
    },
  };
}

type Sdk = typeof import('@aws-sdk/client-s3');

interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly start: string;
}

async function listed(
  client: S3Client,
  sdk: Sdk,
  { bucket, prefix, start }: Listing,
): Promise<readonly string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: `${prefix}${start}`,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) names.push(Key.slice(prefix.length));
    if (page.IsTruncated === true && page.NextContinuationToken === undefined)
      throw new Error('the list is cut, and its server does not say where it goes on');
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return names.filter((name) => name !== MARKER).sort();
}

const MARKER = 'store.json';
const ATTEMPTS = 20;

function placeOf(place: string) {
  const url = URL.canParse(place) ? new URL(place) : null;
  const known =
    url === null || [...url.searchParams.keys()].every((key) => key === 'region' || key === 'endpoint');
  if (url === null || url.protocol !== 's3:' || url.hostname === '' || url.username !== '' || !known) {
    throw new CheckError(
      'usage',
      `${JSON.stringify(place)} names no bucket`,
      'write s3://bucket/prefix, with ?region= and ?endpoint= where they are needed',
    );
  }
  const path = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.hostname,
    prefix: path === '' ? '' : `${path}/`,
    region: url.searchParams.get('region'),
    endpoint: url.searchParams.get('endpoint'),
  };
}

function statusOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('$metadata' in thrown)) return null;
  const { $metadata: metadata } = thrown;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : null;
}

/** The SDK is loaded here alone, and only for this kind of store. */
async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (thrown) {
    throw new CheckError(
      'store-failed',
      'a store in S3 is reached through @aws-sdk/client-s3, and that cannot be loaded',
      'install it beside check-plan: npm install --save-dev @aws-sdk/client-s3',
      thrown,
    );
  }
}
