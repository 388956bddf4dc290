import type { JudgedChangeSet } from '../../model/report.ts';
import { FILE } from './kind.ts';

/** The command that a senior copies to sign what this change set destroys. */
export const signCommand = ({ source, kind }: JudgedChangeSet, signWith: readonly string[]): string =>
  [
    'check-plan sign',
    isPipe(source) ? FILE[kind] : shellWord(source.startsWith('-') ? `./${source}` : source),
    '--key ~/.ssh/id_ed25519',
    ...signWith.map(shellWord),
  ].join(' ');

export const isPipe = (source: string): boolean => source === 'standard input';

/** A name can be written so that copying the command would run another. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
