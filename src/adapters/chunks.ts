import { promises, readFileSync, statSync } from 'node:fs';

const CHUNK = 1 << 18;

/**
 * The bytes of a file, in two buffers that take turns: the next chunk is read while one is looked at. A chunk is good
 * until the one after it is asked for, and whoever keeps bytes longer copies them; so the memory that reading takes
 * does not grow with the file.
 */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  // What is no longer than a chunk is read here and now: to have it read elsewhere, and to wait for it, takes longer.
  // Only of a file, since a pipe could keep the whole program waiting.
  const found = statSync(path);
  if (found.isFile() && found.size > 0 && found.size <= CHUNK) yield readFileSync(path);
  else yield* inTurns(path);
}

async function* inTurns(path: string): AsyncGenerator<Uint8Array> {
  const file = await promises.open(path, 'r');
  let next = readInto(file, Buffer.allocUnsafeSlow(CHUNK));
  let spare: Buffer = Buffer.allocUnsafeSlow(CHUNK);
  try {
    while (true) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = readInto(file, spare);
      spare = buffer;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await next.catch(() => null);
    await file.close();
  }
}

function readInto(file: promises.FileHandle, buffer: Buffer): Promise<{ bytesRead: number; buffer: Buffer }> {
  const read = file.read(buffer, 0, buffer.length, null);
  // It may fail before anybody waits for it; whoever does is told.
  read.catch(() => null);
  return read;
}
