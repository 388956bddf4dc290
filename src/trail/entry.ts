import { createHash } from 'node:crypto';
import { isNumber, isObject, type Json, text } from '../model/json.ts';

/** One link of the chain: what happened, and the hash of all that happened before. */
export interface Entry {
  /** From 1 on, without a gap. */
  readonly seq: number;
  /** sha256 (hex) of the bytes of the entry before; null for the first. */
  readonly previous: string | null;
  /** RFC 3339, by the clock of who wrote it. */
  readonly at: string;
  readonly kind: EntryKind;
  /** What ties the entries of one run together. */
  readonly run: string;
  /** What else is told, in the form in which it is shown. */
  readonly says: readonly string[];
  /** sha256 (hex) of the records that permitted it. */
  readonly records: readonly string[];
  /** Until when it must be reviewed (RFC 3339): the glass was broken. Null where nobody must. */
  readonly reviewBy: string | null;
  /** Of a review: the entry that it reviews, and the record of the person, as JSON in base64. */
  readonly review: { readonly seq: number; readonly record: string } | null;
}

/** `decided`: judged only. `begun` and `ended`: the two sides of an apply. `reviewed`: a person has looked at it. */
export const ENTRY_KINDS = ['decided', 'begun', 'ended', 'reviewed'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const VERSION = 'check-plan/log/1';

/** The bytes of an entry; what is hashed is exactly these. */
export function entryBytes(entry: Entry): Buffer {
  const { seq, previous, at, kind, run, says, records, reviewBy, review } = entry;
  const document = { version: VERSION, seq, previous, at, kind, run, says, records, reviewBy, review };
  return Buffer.from(`${JSON.stringify(document)}\n`);
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The entry in a JSON document; null where it is none. */
export function entryOf(json: Json): Entry | null {
  if (!isObject(json) || text(json, 'version') !== VERSION) return null;
  const seq = json.get('seq');
  const kind = ENTRY_KINDS.find((one) => one === json.get('kind'));
  const [at, run] = [text(json, 'at'), text(json, 'run')];
  const [says, records] = [textsIn(json.get('says')), textsIn(json.get('records'))];
  const review = json.get('review');
  const reviewed = isObject(review) ? review.get('seq') : null;
  const record = text(review, 'record');
  if (!isNumber(seq) || kind === undefined || at === null || run === null) return null;
  if (says === null || records === null || Number.isNaN(Date.parse(at))) return null;
  if (review !== null && (!isNumber(reviewed ?? undefined) || record === null)) return null;
  return {
    seq: Number(seq.text),
    previous: text(json, 'previous'),
    at,
    kind,
    run,
    says,
    records,
    reviewBy: text(json, 'reviewBy'),
    review: isNumber(reviewed ?? undefined) && record !== null ? { seq: numberOf(reviewed), record } : null,
  };
}

const numberOf = (value: Json | undefined): number => (isNumber(value) ? Number(value.text) : Number.NaN);

const textsIn = (value: Json | undefined): string[] | null =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : null;
