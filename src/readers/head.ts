/** The first bytes of a stream, and the whole stream again. */
export interface Headed {
  /** At least `size` bytes, or the whole stream where it is shorter. Valid until a second chunk of `bytes` is asked for. */
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a stream without losing it. A chunk of the stream is valid until the next is asked for. */
export async function withHead(source: AsyncIterable<Uint8Array>, size: number): Promise<Headed> {
  const iterator = source[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (!ended && length < size) {
    // The owner of the stream may use its bytes again for the next ones; where none are asked for, nothing is copied.
    const last = parts.pop();
    if (last !== undefined) parts.push(new Uint8Array(last));
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      parts.push(next.value);
      length += next.value.length;
    }
  }
  const head = joined(parts, length);
  return { head, bytes: again(head, iterator, ended) };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

async function* again(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
  ended: boolean,
): AsyncGenerator<Uint8Array> {
  let done = ended;
  try {
    yield head;
    while (!done) {
      const next = await iterator.next();
      if (next.done === true) done = true;
      else yield next.value;
    }
  } finally {
    // Whoever stops early must close what is behind the stream: a file, a child process.
    if (!done) await iterator.return?.();
  }
}
