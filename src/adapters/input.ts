import { existsSync, type Stats, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Input } from '../check.ts';
import type { FolderSource, Source } from '../judge.ts';
import { CheckError } from '../model/error.ts';
import { asUtf8 } from '../readers/encoding.ts';
import { withHead } from '../readers/head.ts';
import { type Deployed, isAssembly, openAssembly } from './assembly.ts';
import { type LiveName, liveNameOf } from './aws/live-name.ts';
import type { AwsOptions } from './aws/options.ts';
import { chunksOf } from './chunks.ts';
import { type HashedBytes, hashedHere } from './hashed-bytes.ts';
import { joined, type Part, partsOf, wholePart } from './joined.ts';
import { unpacked } from './packed.ts';
import type { Terraform } from './program.ts';
import { isSavedPlan, openSavedPlan, SAVED_PLAN_HEAD } from './saved-plan.ts';

/** What opening an input needs of the outside. */
export interface InputContext {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly terraform: Terraform;
  /** The folder that says what is deployed, for a CDK assembly; null where none is named. */
  readonly baseline?: string | null;
  /** Whether AWS is asked what is deployed of a CDK assembly, where no folder says it. */
  readonly isLive?: boolean;
  /** How AWS is reached; left out, as the environment says. */
  readonly aws?: Omit<AwsOptions, 'env'>;
  /** Hears how many bytes of an input were read, and of how many, where that is known. */
  readonly onRead?: (name: string, bytes: number, total: number | null) => void;
}

/**
 * An input by its name on the command line: a file, packed with gzip or zstd or not; `-` for the standard input; or what
 * is asked of AWS. Throws CheckError `usage` for a name of AWS that is not one.
 */
export function inputOf(name: string, context: InputContext): Input {
  if (name === '-')
    return {
      name: STANDARD_INPUT,
      open: () =>
        sourceOf(STANDARD_INPUT, hashedHere(readable(STANDARD_INPUT, context.stdin)), null, context),
    };
  const live = liveNameOf(name);
  return { name, open: () => (live === null ? openFile(name, context) : ask(live, context)) };
}

const ask = async (live: LiveName, context: InputContext): Promise<Source> => {
  const { openLive } = await import('./aws/live.ts');
  return openLive(live, awsOptionsOf(context));
};

export const awsOptionsOf = ({ aws, terraform: { env } }: InputContext): AwsOptions => ({
  region: null,
  profile: null,
  endpointUrl: null,
  ...aws,
  env,
});

const deployedIn = (context: InputContext): Deployed | null =>
  context.baseline ?? (context.isLive === true ? awsOptionsOf(context) : null);

const STANDARD_INPUT = 'standard input';

async function openFile(name: string, context: InputContext): Promise<Source | FolderSource> {
  const path = resolve(context.cwd, name);
  const parts = partsOf(name);
  if (parts !== null && !existsSync(path)) return openJoined(name, parts, context);
  if (isAssembly(path)) return openAssembly(name, context.cwd, deployedIn(context));
  const size = sizeOf(path, name);
  return sourceOf(name, await hashedFile(name, path, size), size, context);
}

/** To start a thread takes as long as to hash this much of a file. */
const WORTH_THREAD = 64 * 1024 * 1024;

async function hashedFile(name: string, path: string, size: number | null): Promise<HashedBytes> {
  // Where plans are judged in threads, each has a core.
  const isWorth = size !== null && size >= WORTH_THREAD && isMainThread && availableParallelism() > 1;
  if (!isWorth) return hashedHere(readable(name, chunksOf(path)));
  const { hashedInThread } = await import('./hash-thread.ts');
  try {
    const input = hashedInThread(path);
    return { ...input, chunks: readable(name, input.chunks) };
  } catch (thrown) {
    throw unreadable(name, thrown);
  }
}

/** Files that are one change set together. */
async function openJoined(name: string, names: readonly string[], context: InputContext): Promise<Source> {
  const parts: Part[] = [];
  for (const one of names) {
    const path = resolve(context.cwd, one);
    const source = hashed(one, hashedHere(readable(one, chunksOf(path))), sizeOf(path, one), context);
    const text = await wholePart(one, asUtf8(source.bytes));
    parts.push({ name: one, text, digest: source.digest() });
  }
  const { bytes, digest } = joined(parts);
  return { name, bytes: once(bytes), digest: () => digest };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The bytes of a saved plan that is to be applied. Throws for what is another input. */
export async function savedPlanBytes(
  name: string,
  { cwd }: InputContext,
): Promise<AsyncIterable<Uint8Array>> {
  const path = resolve(cwd, name);
  sizeOf(path, name);
  const { head, bytes } = await withHead(readable(name, chunksOf(path)), SAVED_PLAN_HEAD);
  if (isSavedPlan(head)) return bytes;
  throw new CheckError(
    'apply-refused',
    `${name} is not a saved plan, and nothing else can be applied as it was judged`,
    'write one with `terraform plan -out tfplan` and name that file; a change set is applied by its ARN',
  );
}

async function sourceOf(
  name: string,
  input: HashedBytes,
  total: number | null,
  context: InputContext,
): Promise<Source> {
  try {
    const { head, bytes } = await withHead(input.chunks, SAVED_PLAN_HEAD);
    if (!isSavedPlan(head)) return hashed(name, { ...input, chunks: bytes }, total, context);
    const shown = await openToShow(name, bytes, context);
    input.end();
    return shown;
  } catch (thrown) {
    input.end();
    throw thrown;
  }
}

async function* readable(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (thrown) {
    throw thrown instanceof CheckError ? thrown : unreadable(name, thrown);
  }
}

async function openToShow(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  context: InputContext,
): Promise<Source> {
  const { copy, source } = await openSavedPlan(name, bytes, context);
  return { ...source, bytes: thenDo(source.bytes, () => copy.remove()) };
}

/** The digest is that of the bytes as they lie in the file, packed or not. */
function hashed(name: string, input: HashedBytes, total: number | null, { onRead }: InputContext): Source {
  let digest: string | null = null;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let read = 0;
    try {
      for await (const chunk of input.chunks) {
        read += chunk.length;
        onRead?.(name, read, total);
        yield chunk;
      }
      digest = await input.digest();
    } finally {
      input.end();
    }
  }
  return {
    name,
    bytes: unpacked(bytes(), name),
    digest: () => {
      if (digest === null) throw new CheckError('internal', `${name} was not read to its end`);
      return digest;
    },
  };
}

/** Null for what has no size of its own, such as a named pipe. */
function sizeOf(path: string, name: string): number | null {
  const found = statOf(path, name);
  if (found.isDirectory())
    throw new CheckError('input-unreadable', `${name} is a folder`, 'name one of the plans in it');
  return found.isFile() ? found.size : null;
}

function statOf(path: string, name: string): Stats {
  try {
    return statSync(path);
  } catch (thrown) {
    throw unreadable(name, thrown);
  }
}

const unreadable = (name: string, thrown: unknown): CheckError =>
  new CheckError(
    'input-unreadable',
    `${name} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    'write a plan with `terraform plan -out tfplan` and name that file',
    thrown,
  );

async function* thenDo(
  bytes: AsyncIterable<Uint8Array>,
  last: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } finally {
    await last();
  }
}
