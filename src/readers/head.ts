/** The first bytes of a stream, and the whole stream again. */
export interface Headed {
  /** At least `size` bytes, or the whole stream where it is shorter. */
  readonly head: Uint8Array;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of a stream without losing it. */
export async function withHead(source: AsyncIterable<Uint8Array>, size: number): Promise<Headed> {
  const iterator = source[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  let ended = false;
  while (!ended && head.length < size) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      const longer = new Uint8Array(head.length + next.value.length);
      longer.set(head);
      longer.set(next.value, head.length);
      head = longer;
    }
  }
  return { head, bytes: again(head, iterator, ended) };
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
