import type { Signal, SignalKind } from '../model/authorship.ts';
import { agentIn, aiAssisted, DISCLOSURE_KEYS } from './disclosure.ts';
import { CO_AUTHOR_KEYS, mailsIn } from './person.ts';
import { agentOfLine, agentOfMails, agentOfTrailer, isAutomation } from './recognise.ts';
import type { SignalRow } from './signals.ts';
import { spokenLines } from './spoken-lines.ts';
import { type Trailer, trailersOf } from './trailers.ts';

/** What the trailers and footers of a commit message or pull-request body say. A declared `no` is none of it. */
export function signalsOfText(text: string, where: string, kind: 'trailer' | 'pull-request'): Signal[] {
  return [
    ...trailersOf(text).flatMap((trailer) => signalsOfTrailer(trailer, where, kind)),
    ...spokenLines(text).flatMap((line) => {
      const row = agentOfLine(line);
      return row ? [ofRow(row, kind, where, line.trim())] : [];
    }),
  ];
}

export function ofRow(row: SignalRow, kind: SignalKind, where: string, value: string): Signal {
  return { kind, tool: row.tool, strength: row.strength, says: 'ai', where, value };
}

/** A machine did it, and whether an AI drove the machine is not known. */
export function automation(kind: SignalKind, where: string, value: string): Signal {
  return { kind, tool: null, strength: 'weak', says: 'unknown', where, value };
}

function signalsOfTrailer(trailer: Trailer, where: string, kind: 'trailer' | 'pull-request'): Signal[] {
  const value = `${trailer.key}: ${trailer.value}`;
  const row = agentOfTrailer(trailer);
  if (row) return [ofRow(row, kind, where, value)];
  const reading = READERS.get(trailer.key)?.(trailer.value);
  return reading ? [{ kind, ...reading, where, value }] : [];
}

type Reading = Partial<Pick<Signal, 'kind'>> & Pick<Signal, 'tool' | 'strength' | 'says'>;

const READERS: ReadonlyMap<string, (value: string) => Reading | null> = new Map([
  ...[...CO_AUTHOR_KEYS, 'signed-off-by'].map((key) => [key, readPerson] as const),
  ...DISCLOSURE_KEYS.map((key) => [key, readDisclosure] as const),
  ['ai-assisted', readAiAssisted] as const,
]);

function readPerson(value: string): Reading | null {
  const mails = mailsIn(value);
  const row = agentOfMails(mails);
  if (row) return { tool: row.tool, strength: row.strength, says: 'ai' };
  return mails.some(isAutomation) ? { tool: null, strength: 'weak', says: 'unknown' } : null;
}

function readDisclosure(value: string): Reading | null {
  const agent = agentIn(value);
  return agent && { tool: agent.tool, strength: agent.strength, says: 'ai' };
}

function readAiAssisted(value: string): Reading | null {
  if (aiAssisted(value) === 'human') return null;
  return { kind: 'declaration', tool: null, strength: 'strong', says: 'ai' };
}
