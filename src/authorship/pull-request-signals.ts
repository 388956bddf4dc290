import type { Signal } from '../model/authorship.ts';
import { aiAssisted } from './disclosure.ts';
import type { Account, PullRequest } from './input.ts';
import { agentOfAccount, agentOfLabel } from './recognise.ts';
import { spokenLines, withoutComments } from './spoken-lines.ts';
import { automation, ofRow, signalsOfText } from './text-signals.ts';
import { trailersOf } from './trailers.ts';

const BODY = 'pull request body';

/** All that a pull request says about AI, its branch apart. */
export function signalsOfPullRequest(pullRequest: PullRequest): Signal[] {
  const visible = withoutComments(pullRequest.body);
  return [
    ...(pullRequest.author ? signalsOfAuthor(pullRequest.author) : []),
    ...pullRequest.labels.flatMap((label) => {
      const row = agentOfLabel(label);
      return row ? [ofRow(row, 'label', 'label', label)] : [];
    }),
    ...signalsOfText(visible, BODY, 'pull-request'),
    ...declarationsIn(visible, pullRequest.bodyIsWhole),
  ];
}

function signalsOfAuthor(author: Account): Signal[] {
  const row = agentOfAccount(author);
  if (row) return [ofRow(row, 'pull-request', 'pull request author', author.login)];
  const machine = author.type === 'Bot' || author.login.toLowerCase().endsWith('[bot]');
  return machine ? [automation('pull-request', 'pull request author', author.login)] : [];
}

/** `AI-Assisted: no`, on a line of its own or as an item that is ticked; an item not ticked declares nothing. */
const DECLARATION = /^(?:[-*+] \[([ x])\] )?ai[- ]assisted ?: ?(.+)$/;

function declarationsIn(visible: string, whole: boolean): Signal[] {
  // What follows a comment that never closes is not shown to a reader, so nobody can be held to it.
  const open = visible.indexOf('<!--');
  return spokenLines(open < 0 ? visible : visible.slice(0, open)).flatMap((line): Signal[] => {
    const match = DECLARATION.exec(plain(line));
    if (!match || match[1] === ' ') return [];
    const says = aiAssisted(match[2] ?? '');
    // A trailer that admits an AI is reported with the other trailers; a body that was cut may go on to admit one.
    if (says === 'ai' ? trailersOf(line).length > 0 : !whole) return [];
    return [{ kind: 'declaration', tool: null, strength: 'strong', says, where: BODY, value: line.trim() }];
  });
}

function plain(markdown: string): string {
  const words = markdown.replace(/[*_`]{2,}|[_`]/g, '').replace(/\s+/g, ' ');
  return words.trim().toLowerCase();
}
