import type { Account, Identity } from './input.ts';
import { githubAccountOf } from './person.ts';
import { rowsBy, type SignalRow } from './signals.ts';
import type { Trailer } from './trailers.ts';

const MAILS = new Map(rowsBy('mail').map((row) => [row.match.mail, row]));
const ACCOUNTS = rowsBy('github');
const SUFFIXES = rowsBy('name-suffix');
const TRAILERS = rowsBy('trailer');
const LINES = rowsBy('line');
const BRANCHES = rowsBy('branch');
const LABELS = rowsBy('label');

/** The agent that uses this mail address, else null. */
function agentOfMail(mail: string): SignalRow | null {
  const exact = MAILS.get(mail.trim().toLowerCase());
  if (exact) return exact;
  const account = githubAccountOf(mail);
  return account && agentOfAccount(account);
}

/** Of several addresses the agent that is the surest sign, else null. */
export function agentOfMails(mails: readonly string[]): SignalRow | null {
  const rows = mails.flatMap((mail) => agentOfMail(mail) ?? []);
  return rows.find(({ strength }) => strength !== 'weak') ?? rows[0] ?? null;
}

/** The agent behind a GitHub account: by its number, which is stable, else by its login. */
export function agentOfAccount(account: Pick<Account, 'id' | 'login'>): SignalRow | null {
  const login = account.login.toLowerCase();
  const byId = ACCOUNTS.find((row) => row.match.id !== null && row.match.id === account.id);
  return byId ?? ACCOUNTS.find((row) => row.match.login === login) ?? null;
}

/** The agent that signs with this name and mail. Of the name only a suffix that a tool is known to add counts. */
export function agentOfIdentity(identity: Identity): SignalRow | null {
  const named = SUFFIXES.find(({ match }) => identity.name.endsWith(match.suffix));
  return named ?? agentOfMail(identity.mail);
}

export function agentOfTrailer(trailer: Trailer): SignalRow | null {
  const fits = (value: RegExp | null): boolean => value === null || value.test(trailer.value);
  return TRAILERS.find(({ match }) => match.keys.includes(trailer.key) && fits(match.value)) ?? null;
}

export function agentOfLine(line: string): SignalRow | null {
  const trimmed = line.trim();
  return LINES.find((row) => row.match.line.test(trimmed)) ?? null;
}

export function agentOfBranch(branch: string): SignalRow | null {
  const name = branch.toLowerCase();
  return BRANCHES.find((row) => name.startsWith(row.match.prefix)) ?? null;
}

export function agentOfLabel(label: string): SignalRow | null {
  const name = label.trim().toLowerCase();
  return LABELS.find((row) => row.match.label === name) ?? null;
}

/** A GitHub app that is in no row: a machine did it, and whether an AI drove the machine is not known. */
export function isAutomation(mail: string): boolean {
  return mail.trim().toLowerCase().endsWith('[bot]@users.noreply.github.com');
}
