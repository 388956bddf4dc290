import type { Authorship, AuthorshipIs, Signal, SignalKind } from '../../model/authorship.ts';
import { type Line, led, line, section, span, whole } from './layout.ts';
import { counted } from './number.ts';
import { quoted } from './value.ts';

/** Who is thought to have written the change, and the strongest signals of it. */
export function authorshipLines({ is, because, signals }: Authorship): Line[] {
  const untold = strongestFirst(signals).filter(({ value }) => value === '' || !because.includes(value));
  const shown = untold.slice(0, SIGNALS);
  const more = untold.length - shown.length;
  return section(TITLE[is], [
    ...(because === '' ? [] : [line(2, span(because))]),
    ...shown.map(({ kind, tool, strength, where, value, says }) =>
      led(
        2,
        whole(strength.padEnd(8), 'dim'),
        span(tool ?? SAYS[says]),
        span(`: ${kind === where ? where : `${KIND[kind]} ${where}`}: `, 'dim'),
        span(quoted(value)),
      ),
    ),
    ...(more > 0 ? [line(2, span(`and ${counted(more, 'more signal')}`, 'dim'))] : []),
    ...(is === 'unknown' ? [line(2, span('Unknown counts as written by an AI.', 'dim'))] : []),
  ]);
}

const SIGNALS = 5;

const TITLE: Record<AuthorshipIs, string> = {
  ai: 'Written by an AI, as the signals have it',
  'declared-human': 'Declared by a person as their own work',
  unknown: 'It is not known who wrote this',
};

const KIND: Record<SignalKind, string> = {
  trailer: 'trailer of',
  author: 'author of',
  committer: 'committer of',
  'pull-request': 'pull request,',
  branch: 'branch,',
  note: 'note on',
  environment: 'variable',
  label: 'label,',
  declaration: 'declared by',
  history: 'history of',
};

const SAYS: Record<Signal['says'], string> = { ai: 'an AI', human: 'a person', unknown: 'not known' };

const strongestFirst = (signals: readonly Signal[]): Signal[] =>
  signals.toSorted((a, b) => STRENGTH[a.strength] - STRENGTH[b.strength]);

const STRENGTH: Record<Signal['strength'], number> = { strong: 0, medium: 1, weak: 2 };
