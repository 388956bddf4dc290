import { expect, test } from 'vitest';
import { readGitAiNote, readQwenNote } from '../../src/authorship/note.ts';

const METADATA = JSON.stringify({
  schema_version: 'authorship/3.0.0',
  sessions: { s_0123456789abcd: { agent_id: { tool: 'claude', id: 'x', model: 'y' } } },
  prompts: { '0123456789abcdef': { agent_id: { tool: 'cursor', id: 'x', model: 'y' } } },
  humans: {},
});
const note = (...lines: string[]): string => [...lines, '---', METADATA].join('\n');
const SESSION = '  s_0123456789abcd::t_0123456789abcd 1-9';

test.each([
  ['a session', note('main.tf', SESSION), [], 'ai'],
  ['a session on a file of the commit', note('main.tf', SESSION), ['main.tf'], 'ai'],
  [
    'a session on another file',
    note('app.py', SESSION, 'main.tf', '  h_0123456789abcd 1'),
    ['main.tf'],
    'silent',
  ],
  ['a session on a quoted path', note('"my disk.tf"', SESSION), ['my disk.tf'], 'ai'],
  ['an older key', note('main.tf', '  0123456789abcdef 1-9'), [], 'ai'],
  ['a short older key', note('main.tf', '  0123abc 1-9'), [], 'ai'],
  ['only known persons', note('main.tf', '  h_0123456789abcd 1-9'), [], 'silent'],
  ['nothing', note(), [], 'silent'],
  ['a key of a later standard', note('main.tf', '  x_0123456789abcd 1-9'), [], 'unreadable'],
  ['no parting line', 'main.tf\n  s_0123456789abcd 1', [], 'unreadable'],
])('a note with %s', (_, text, files, is) => {
  expect(readGitAiNote(text, files).is).toBe(is);
});

test('the tool is named by the metadata of the key that matched', () => {
  expect(readGitAiNote(note('main.tf', SESSION), [])).toMatchObject({ tool: 'claude' });
  expect(readGitAiNote(note('main.tf', '  0123456789abcdef 1'), [])).toMatchObject({ tool: 'cursor' });
  expect(readGitAiNote(`main.tf\n${SESSION}\n---\n{"sessions":`, [])).toMatchObject({ is: 'ai', tool: null });
});

test.each([
  ['{"main.tf":{}}', 'ai'],
  ['{}', 'silent'],
  ['[]', 'unreadable'],
  ['main.tf', 'unreadable'],
])('a Qwen note %s is %s', (text, is) => {
  expect(readQwenNote(text).is).toBe(is);
});
