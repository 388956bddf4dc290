import { closeSync, openSync, promises, readSync, statSync } from 'node:fs';

/** What is no longer is read here and now: to have it read elsewhere, and to wait for it, takes longer. */
const SMALL = 1 << 18;

/**
 * The bytes of a file, always into the same little memory: the next chunk is read while one is looked at. A chunk is
 * good until the one after it is asked for, and whoever keeps bytes longer copies them; so the memory that reading takes
 * does not grow with the file.
 */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  // Only of a file, since a pipe could keep the whole program waiting.
  const found = statSync(path);
  if (!found.isFile() || found.size === 0 || found.size > SMALL) yield* inTurns(path);
  else {
    const memory = free.pop() ?? Buffer.allocUnsafeSlow(SMALL + 1);
    try {
      const length = readInto(memory, path);
      // It may have grown meanwhile.
      if (length > SMALL) yield* inTurns(path);
      else yield memory.subarray(0, length);
    } finally {
      free.push(memory);
    }
  }
}

/** What small files were read into, for the next ones: to take memory from the system takes as long as to read. */
const free: Buffer[] = [];

/** How many bytes the file has, at most those that there is room for. */
function readInto(memory: Buffer, path: string): number {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < memory.length; length += read)
      read = readSync(file, memory, length, memory.length - length, null);
    return length;
  } finally {
    closeSync(file);
  }
}

const CHUNK = 1 << 18;

async function* inTurns(path: string): AsyncGenerator<Uint8Array> {
  const file = await promises.open(path, 'r');
  let [buffer, other] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
  /** What the file is read into at the moment, and must not be closed before. */
  let reading: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Uint8Array> => {
    [buffer, other] = [other, buffer];
    const done = file.read(buffer, 0, buffer.length, null);
    reading = done;
    return buffer.subarray(0, (await done).bytesRead);
  };
  let next = read();
  try {
    while (true) {
      const chunk = await next;
      if (chunk.length === 0) return;
      next = read();
      // It may fail before anybody waits for it; whoever does is told.
      next.catch(() => null);
      yield chunk;
    }
  } finally {
    await reading.catch(() => null);
    await file.close();
  }
}
