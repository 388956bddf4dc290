import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Input } from '../check.ts';
import type { Source } from '../judge.ts';
import { CheckError } from '../model/error.ts';
import { withHead } from '../readers/head.ts';
import { chunksOf } from './chunks.ts';
import { unpacked } from './packed.ts';
import { showPlan, type Terraform } from './terraform.ts';

/** What opening an input needs of the outside. */
export interface InputContext {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly terraform: Terraform;
  /** Hears how many bytes of an input were read, and of how many, where that is known. */
  readonly onRead?: (name: string, bytes: number, total: number | null) => void;
}

/** An input by its name on the command line: a file, packed with gzip or zstd or not, or `-` for the standard input. */
export const inputOf = (name: string, context: InputContext): Input => ({
  name: name === '-' ? STANDARD_INPUT : name,
  open: () =>
    name === '-' ? sourceOf(STANDARD_INPUT, context.stdin, null, context) : openFile(name, context),
});

const STANDARD_INPUT = 'standard input';

async function openFile(name: string, context: InputContext): Promise<Source> {
  const path = resolve(context.cwd, name);
  const size = await sizeOf(path, name);
  return sourceOf(name, chunksOf(path), size, context);
}

async function sourceOf(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  total: number | null,
  context: InputContext,
): Promise<Source> {
  const { head, bytes } = await withHead(readable(name, chunks), SAVED_PLAN.length);
  return isSavedPlan(head)
    ? openSavedPlan(name, context, (copy) => writeFile(copy, bytes))
    : hashed(name, bytes, total, context);
}

async function* readable(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (thrown) {
    throw thrown instanceof CheckError ? thrown : unreadable(name, thrown);
  }
}

/** A zip's first bytes: what `terraform plan -out` writes. */
const SAVED_PLAN = [0x50, 0x4b, 0x03, 0x04];
const isSavedPlan = (head: Uint8Array): boolean => SAVED_PLAN.every((byte, index) => head[index] === byte);

/**
 * A saved plan is copied first, and the copy is both hashed and shown: nobody can swap the file between the two. The
 * digest is that of the saved plan, since that is what an apply would take.
 */
async function openSavedPlan(
  name: string,
  { cwd, terraform }: InputContext,
  copyTo: (path: string) => Promise<void>,
): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'check-plan-'));
  const copy = join(folder, 'tfplan');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await copyTo(copy);
    const hash = createHash('sha256');
    for await (const chunk of chunksOf(copy)) hash.update(chunk);
    const digest = hash.digest('hex');
    return { name, bytes: thenDo(showPlan(copy, name, cwd, terraform), remove), digest: () => digest };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

/** The digest is that of the bytes as they lie in the file, packed or not. */
function hashed(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  total: number | null,
  { onRead }: InputContext,
): Source {
  const hash = createHash('sha256');
  let digest: string | null = null;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      read += chunk.length;
      onRead?.(name, read, total);
      yield chunk;
    }
  }
  return {
    name,
    bytes: unpacked(bytes(), name),
    digest: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
  };
}

/** Null for what has no size of its own, such as a named pipe. */
async function sizeOf(path: string, name: string): Promise<number | null> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw unreadable(name, thrown);
  });
  if (found.isDirectory())
    throw new CheckError('input-unreadable', `${name} is a folder`, 'name one of the plans in it');
  return found.isFile() ? found.size : null;
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
