import type { Signal } from '../model/authorship.ts';
import { aiAssisted } from './disclosure.ts';
import type { Commit, Identity, Note } from './input.ts';
import { type NoteSays, readGitAiNote, readQwenNote } from './note.ts';
import { agentOfIdentity, isAutomation } from './recognise.ts';
import { automation, ofRow, signalsOfText } from './text-signals.ts';
import { trailersOf } from './trailers.ts';

/** All that one commit says about AI. */
export function signalsOfCommit(commit: Commit): Signal[] {
  const where = `commit ${commit.sha.slice(0, 8)}`;
  return [
    ...signalsOfIdentity('author', commit.author, where),
    ...signalsOfIdentity('committer', commit.committer, where),
    ...signalsOfText(commit.message, where, 'trailer'),
    ...commit.notes.flatMap((note) => signalsOfNote(note, commit.files, where)),
  ];
}

/** Whether the commit's own trailers say that no AI took part, and none says otherwise. */
export function declaresNoAi(commit: Commit): boolean {
  const declared = trailersOf(commit.message).filter(({ key }) => key === 'ai-assisted');
  return declared.length > 0 && declared.every(({ value }) => aiAssisted(value) === 'human');
}

function signalsOfIdentity(kind: 'author' | 'committer', identity: Identity, where: string): Signal[] {
  const value = `${identity.name} <${identity.mail}>`;
  const row = agentOfIdentity(identity);
  if (row) return [ofRow(row, kind, where, value)];
  return isAutomation(identity.mail) ? [automation(kind, where, value)] : [];
}

interface NoteKind {
  readonly ref: string;
  readonly strength: Signal['strength'];
  readonly read: (text: string, files: readonly string[]) => NoteSays;
}

/** git-ai attests lines; Qwen Code's entries have no published meaning, so they count for less. */
const NOTES: readonly NoteKind[] = [
  { ref: 'refs/notes/ai', strength: 'strong', read: readGitAiNote },
  { ref: 'refs/notes/ai-attribution', strength: 'medium', read: readQwenNote },
];

function signalsOfNote(note: Note, files: readonly string[], where: string): Signal[] {
  const kind = NOTES.find(({ ref }) => ref === note.ref);
  const said = kind?.read(note.text, files);
  if (!kind || !said || said.is === 'silent') return [];
  return said.is === 'ai'
    ? [{ kind: 'note', tool: said.tool, strength: kind.strength, says: 'ai', where, value: said.entry }]
    : [{ kind: 'note', tool: null, strength: 'weak', says: 'unknown', where, value: said.entry }];
}
