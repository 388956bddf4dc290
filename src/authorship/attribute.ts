import type { Authorship, AuthorshipIs, Signal } from '../model/authorship.ts';
import { declaresNoAi, signalsOfCommit } from './commit-signals.ts';
import { handsOf } from './hands.ts';
import type { AuthorshipInput, History } from './input.ts';
import { signalsOfPullRequest } from './pull-request-signals.ts';
import { signalsOfActors, signalsOfBranches, signalsOfEnvironment } from './run-signals.ts';

/**
 * Who is thought to have written the change. Evidence goes one way: it can take away a person's declaration and
 * never make one, and where nobody declares anything the answer is `unknown`.
 */
export function attribute(input: AuthorshipInput): Authorship {
  const { history, pullRequest } = input;
  const signals = once([
    ...declarationOfCaller(input.declared),
    ...(history?.commits ?? []).flatMap(signalsOfCommit),
    ...declarationOfCommits(history),
    ...(pullRequest ? signalsOfPullRequest(pullRequest) : []),
    ...signalsOfBranches([history?.branch, pullRequest?.headRef]),
    ...signalsOfEnvironment(input.env),
    ...signalsOfActors(input.actors),
    ...gapsOf(history, input.declared),
  ]);
  const is = weigh(signals);
  const handsHidden = history?.incompleteBecause ?? null;
  return { is, signals, hands: handsOf(input), handsHidden, because: REASONS[is](signals) };
}

/** The verdict that signals add up to: the worst of what each allows, `unknown` where there is none. */
export function weigh(signals: readonly Signal[]): AuthorshipIs {
  if (signals.some((signal) => signal.says === 'ai' && signal.strength !== 'weak')) return 'ai';
  return signals.length > 0 && signals.every((signal) => signal.says === 'human')
    ? 'declared-human'
    : 'unknown';
}

function declarationOfCaller(declared: AuthorshipInput['declared']): Signal[] {
  if (declared === null) return [];
  return [
    {
      kind: 'declaration',
      tool: null,
      strength: 'strong',
      says: declared,
      where: '--author',
      value: declared,
    },
  ];
}

/** Trailers declare for a person only when every commit has one: the one without might be the agent's. */
function declarationOfCommits(history: History | null): Signal[] {
  const commits = history?.commits ?? [];
  if (commits.length === 0 || !commits.every(declaresNoAi)) return [];
  const where = commits.length === 1 ? 'the commit' : `all ${commits.length} commits`;
  return [
    { kind: 'declaration', tool: null, strength: 'strong', says: 'human', where, value: 'AI-Assisted: no' },
  ];
}

/**
 * What was not seen and so could not contradict. Files that are not committed and commits before a guessed range
 * are the caller's to vouch for with `--author`; missing commits nobody can vouch for.
 */
function gapsOf(history: History | null, declared: AuthorshipInput['declared']): Signal[] {
  if (history === null) return [gap('git', 'there is no git history to read')];
  if (history.incompleteBecause !== null || !history.complete)
    return [gap(history.range, history.incompleteBecause ?? 'the history is incomplete')];
  if (declared === 'human') return [];
  if (history.commits.length === 0) return [gap(history.range, 'the range holds no commit')];
  return history.uncovered.map((why) => gap(history.range, why));
}

function gap(where: string, value: string): Signal {
  return { kind: 'history', tool: null, strength: 'weak', says: 'unknown', where, value };
}

const REASONS: Readonly<Record<AuthorshipIs, (signals: readonly Signal[]) => string>> = {
  ai: (signals) => {
    const signal =
      signals.find(({ says, strength }) => says === 'ai' && strength === 'strong') ?? worst(signals);
    const contradicted = signals.some(({ says }) => says === 'human')
      ? ', against a declaration that none did'
      : '';
    return `${signal?.tool ?? 'an AI'} took part, as ${signal?.where ?? 'a signal'} says${contradicted}`;
  },
  unknown: (signals) => {
    const declared = signals.some(({ says }) => says === 'human');
    const doubt = worst(signals);
    if (!doubt) return 'nothing says who wrote it, and the absence of a marker proves nothing';
    const seen =
      doubt.says === 'ai' ? `a weak sign of ${doubt.tool ?? 'an AI'} in ${doubt.where}` : describe(doubt);
    return declared
      ? `a person declares it as their own, but that cannot be relied on: ${seen}`
      : `nobody declares it as their own, and ${seen}`;
  },
  'declared-human': (signals) => {
    const places = signals.map(({ where }) => where).join(', ');
    return `a person declares it as their own (${places}) and nothing contradicts that`;
  },
};

function worst(signals: readonly Signal[]): Signal | undefined {
  const doubts = signals.filter(({ says }) => says !== 'human');
  return (
    doubts.find(({ says, strength }) => says === 'ai' && strength !== 'weak') ??
    doubts.find(({ kind }) => kind === 'history') ??
    doubts[0]
  );
}

function describe(doubt: Signal): string {
  if (doubt.kind === 'history') return doubt.value;
  return doubt.kind === 'note'
    ? `the note on ${doubt.where} cannot be read`
    : `${doubt.where} names a machine of which nothing is known`;
}

function once(signals: readonly Signal[]): Signal[] {
  return [...new Map(signals.map((signal) => [JSON.stringify(signal), signal])).values()];
}
