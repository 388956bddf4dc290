import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Input } from '../check.ts';
import type { Source } from '../judge.ts';
import { CheckError } from '../model/error.ts';
import { showPlan, type Terraform } from './terraform.ts';

/** What opening an input needs of the outside. */
export interface InputContext {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly terraform: Terraform;
}

/** An input by its name on the command line: a file, or `-` for the standard input. */
export const inputOf = (name: string, context: InputContext): Input => ({
  name: name === '-' ? 'standard input' : name,
  open: () => (name === '-' ? openPipe(context) : openFile(name, context)),
});

async function openFile(name: string, context: InputContext): Promise<Source> {
  const path = resolve(context.cwd, name);
  const head = await readHead(path, name);
  return isSavedPlan(head)
    ? openSavedPlan(name, context, (copy) => copyFile(path, copy))
    : hashed(name, createReadStream(path, { highWaterMark: 1 << 18 }));
}

async function openPipe(context: InputContext): Promise<Source> {
  const chunks = context.stdin[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < SAVED_PLAN.length) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const bytes = prepend(head, chunks);
  return isSavedPlan(head)
    ? openSavedPlan('standard input', context, (copy) => writeFile(copy, bytes))
    : hashed('standard input', bytes);
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
    for await (const chunk of createReadStream(copy)) hash.update(chunk);
    const digest = hash.digest('hex');
    return { name, bytes: thenDo(showPlan(copy, name, cwd, terraform), remove), digest: () => digest };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

function hashed(name: string, chunks: AsyncIterable<Uint8Array>): Source {
  const hash = createHash('sha256');
  let digest: string | null = null;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    } catch (thrown) {
      throw thrown instanceof CheckError ? thrown : unreadable(name, thrown);
    }
  }
  return {
    name,
    bytes: bytes(),
    digest: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
  };
}

async function readHead(path: string, name: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new CheckError('input-unreadable', `${name} is a folder`, 'name the plan files in it one by one');
    }
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SAVED_PLAN.length), 0, SAVED_PLAN.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw thrown instanceof CheckError ? thrown : unreadable(name, thrown);
  }
}

const unreadable = (name: string, thrown: unknown): CheckError =>
  new CheckError(
    'input-unreadable',
    `${name} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    'write a plan with `terraform plan -out tfplan` and name that file',
    thrown,
  );

async function* prepend(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

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
