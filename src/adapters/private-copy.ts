import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckError } from '../model/error.ts';

/** A copy of a file that only this process can name, for what is judged first and used afterwards. */
export interface PrivateCopy {
  /** Where a program that this process starts finds it. */
  readonly path: string;
  /** sha256 (hex) of the bytes that were copied. */
  readonly digest: string;
  /** All of its bytes, or null where they are more than that. */
  read(limit: number): Promise<Uint8Array | null>;
  /** Throws `apply-refused` unless the copy still holds exactly these bytes, and has no other name. */
  verify(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Copies the bytes into a file that nobody else may open, and hashes them on the way. Where the system has `/proc`, the
 * file loses its name at once and is reached through this process alone: there is no path left under which it could be
 * exchanged, and nothing stays behind when the process is killed. Elsewhere it lies in a folder of its own until the end.
 */
export async function privateCopy(bytes: AsyncIterable<Uint8Array>): Promise<PrivateCopy> {
  // mkdtemp gives the folder the mode 0700, whatever the umask allows.
  const folder = await mkdtemp(join(tmpdir(), 'check-plan-'));
  const named = join(folder, 'tfplan');
  let file: FileHandle | null = null;
  try {
    file = await open(named, 'wx+', 0o600);
    const hash = createHash('sha256');
    for await (const chunk of bytes) {
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    await file.chmod(0o400);
    const nameless = await namelessPath(file);
    if (nameless !== null) await rm(folder, { recursive: true });
    return copyOf(file, nameless ?? named, nameless === null ? folder : null, hash.digest('hex'));
  } catch (thrown) {
    await file?.close().catch(() => null);
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

function copyOf(file: FileHandle, path: string, folder: string | null, digest: string): PrivateCopy {
  const names = folder === null ? 0 : 1;
  return {
    path,
    digest,
    read: async (limit) => {
      const { size } = await file.stat();
      if (size > limit) return null;
      const bytes = Buffer.allocUnsafeSlow(size);
      let at = 0;
      while (at < size) {
        const { bytesRead } = await file.read(bytes, at, size - at, at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    },
    verify: async () => {
      const [own, there] = await Promise.all([file.stat(), stat(path)]);
      if (own.dev !== there.dev || own.ino !== there.ino)
        throw exchanged('another file lies where it was put');
      if (own.nlink !== names) throw exchanged(`it has ${own.nlink} names, not ${names}`);
      const now = (await hashOf(file)).digest('hex');
      if (now !== digest) throw exchanged(`its sha256 was ${digest} and is ${now}`);
    },
    remove: async () => {
      await file.close();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The way to an open file that needs no name of it; null where the system has none that leads to this very file. */
async function namelessPath(file: FileHandle): Promise<string | null> {
  try {
    const path = `/proc/${await readlink('/proc/self')}/fd/${file.fd}`;
    const [own, there] = await Promise.all([file.stat(), stat(path)]);
    return own.dev === there.dev && own.ino === there.ino ? path : null;
  } catch {
    return null;
  }
}

/** Read at given places, so that neither this nor the program that uses the copy moves the other's. */
async function hashOf(file: FileHandle): Promise<Hash> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return hash;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

const CHUNK = 1 << 18;

const exchanged = (why: string): CheckError =>
  new CheckError(
    'apply-refused',
    `the copy of the plan that was judged has been changed: ${why}`,
    'something on this machine writes to the files of this process: find it before you try again',
  );
