import type { Json } from '../model/json.ts';
import type { JudgedChangeSet } from '../model/report.ts';
import type { Statement } from '../model/signoff.ts';
import { signOffDigest } from './digest.ts';
import { constant, object } from './field.ts';
import { INPUT, linesOf, PERMITS, textOf } from './statement.ts';

/** What somebody is asked to sign: all that the digests cover, and nothing else. */
export type Request = Pick<Statement, 'digest' | 'permits' | 'inputName' | 'inputDigest'>;

const SCHEMA = 'check-plan/request/1';

export const REQUEST = object(
  { schema: constant(SCHEMA, 'A request for a sign-off, version 1.'), permits: PERMITS, input: INPUT },
  'What a person is asked to sign. Nothing in it is believed: the gate computes all of it anew.',
);

/** Whether a file is meant as a request; it says so in its first member. */
export const isRequest = (start: string): boolean =>
  /^\s*\{\s*"schema"\s*:\s*"check-plan\/request\//.test(start);

/** Reads a request. Throws `record-unreadable`. */
export function parseRequest(json: Json): Request {
  const { permits, input } = REQUEST.read(json, 'the request');
  return {
    digest: signOffDigest(textOf(permits)),
    permits,
    inputName: input.name,
    inputDigest: input.sha256,
  };
}

/** The request for a judged change set. */
export function requestOf(
  changeSet: Pick<JudgedChangeSet, 'source' | 'inputDigest'>,
  signOffText: string,
): Request {
  return {
    digest: signOffDigest(signOffText),
    permits: linesOf(signOffText),
    inputName: changeSet.source,
    inputDigest: changeSet.inputDigest,
  };
}

export const writeRequest = ({ permits, inputName, inputDigest }: Request): string =>
  `${JSON.stringify({ schema: SCHEMA, permits, input: { name: inputName, sha256: inputDigest } }, null, 2)}\n`;
