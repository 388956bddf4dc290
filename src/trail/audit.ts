import type { Json } from '../model/json.ts';
import { type Entry, entryOf, hashOf } from './entry.ts';

/** The log as it lies in the store: each piece by its number. */
export interface LogPiece {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

export interface Audited {
  readonly entries: readonly Entry[];
  /** What is wrong with the chain itself: nothing in it can be relied on. */
  readonly broken: readonly string[];
  /** What the chain, which holds, does not account for. */
  readonly gaps: readonly string[];
  /** What still has to be reviewed, and whether it is too late. */
  readonly unreviewed: readonly { readonly entry: Entry; readonly overdue: boolean }[];
  /** `12:<sha256>`: what to keep elsewhere, so that a cut at the end is found; null for an empty log. */
  readonly head: string | null;
}

export interface Auditing {
  readonly parse: (bytes: Uint8Array, what: string) => Json;
  /** sha256 (hex) of the records that are marked as used in the store. */
  readonly used: readonly string[];
  /** Whether the record of a review is by a person who may review that entry: null, or why not. */
  readonly refusalOf: (record: Uint8Array, reviewed: Entry, bytes: Uint8Array) => string | null;
  /** A head that was kept elsewhere: the chain must have it still. */
  readonly expected: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Follows the chain from its first entry, and says what does not hold, what is missing and what is due. */
export function audit(pieces: readonly LogPiece[], auditing: Auditing): Audited {
  const ordered = [...pieces].sort((a, b) => a.seq - b.seq);
  const { entries, broken } = follow(ordered, auditing);
  const heads = ordered.map(({ seq, bytes }) => `${seq}:${hashOf(bytes)}`);
  const { expected } = auditing;
  const cut =
    expected === null || heads.includes(expected)
      ? []
      : [`the log does not have ${expected} any more, so it was cut or written anew`];
  const reviewed = reviewsOf(entries, ordered, auditing);
  return {
    entries,
    broken: [...broken, ...cut],
    gaps: [...gapsIn(entries, auditing.used), ...reviewed.refused],
    unreviewed: entries
      .filter(({ seq, reviewBy }) => reviewBy !== null && !reviewed.of.has(seq))
      .map((entry) => ({ entry, overdue: !(auditing.now <= Date.parse(entry.reviewBy ?? '')) })),
    head: heads.at(-1) ?? null,
  };
}

function follow(pieces: readonly LogPiece[], { parse }: Auditing): { entries: Entry[]; broken: string[] } {
  const entries: Entry[] = [];
  const broken: string[] = [];
  let [due, previous]: [number, string | null] = [1, null];
  for (const { seq, bytes } of pieces) {
    if (seq !== due)
      broken.push(`${due === seq - 1 ? `entry ${due} is` : `entries ${due} to ${seq - 1} are`} missing`);
    const entry = readEntry(bytes, seq, parse);
    if (entry === null || entry.seq !== seq) broken.push(`entry ${seq} is no entry of that number`);
    else {
      if (seq === due && entry.previous !== previous)
        broken.push(`entry ${seq} follows on another entry ${seq - 1} than the one that is there`);
      entries.push(entry);
    }
    previous = hashOf(bytes);
    due = seq + 1;
  }
  return { entries, broken };
}

function readEntry(bytes: Uint8Array, seq: number, parse: Auditing['parse']): Entry | null {
  try {
    return entryOf(parse(bytes, `entry ${seq}`));
  } catch {
    return null;
  }
}

function gapsIn(entries: readonly Entry[], used: readonly string[]): readonly string[] {
  const begun = entries.filter(({ kind }) => kind === 'begun');
  const ended = new Set(entries.filter(({ kind }) => kind === 'ended').map(({ run }) => run));
  const known = new Set(begun.flatMap(({ records }) => records));
  return [
    ...begun
      .filter(({ run }) => !ended.has(run))
      .map(({ seq, at }) => `the apply of entry ${seq} (${at}) has no end: it runs still, or was killed`),
    ...used
      .filter((record) => !known.has(record))
      .map((record) => `the record ${record.slice(0, 12)}… is used up, and no apply in the log says by whom`),
  ];
}

function reviewsOf(entries: readonly Entry[], pieces: readonly LogPiece[], { refusalOf }: Auditing) {
  const of = new Set<number>();
  const refused: string[] = [];
  for (const { seq, review } of entries) {
    if (review === null) continue;
    const reviewed = entries.find((entry) => entry.seq === review.seq && entry.seq < seq);
    const piece = pieces.find((one) => one.seq === review.seq);
    const refusal =
      reviewed === undefined || piece === undefined
        ? 'there is no such entry before it'
        : refusalOf(Buffer.from(review.record, 'base64'), reviewed, piece.bytes);
    if (refusal === null) of.add(review.seq);
    else refused.push(`the review in entry ${seq} does not count: ${refusal}`);
  }
  return { of, refused };
}
