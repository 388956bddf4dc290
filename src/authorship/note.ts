/** What a note on a commit says about AI. `unreadable` means that it may say anything. */
export type NoteSays =
  | { readonly is: 'ai'; readonly tool: string | null; readonly entry: string }
  | { readonly is: 'silent' }
  | { readonly is: 'unreadable'; readonly entry: string };

const SILENT: NoteSays = { is: 'silent' };
const SESSION = /^(s_[0-9a-f]+)(?:::t_[0-9a-f]+)?$/;
const PROMPT = /^(?:[0-9a-f]{7}|[0-9a-f]{16})$/;
const PERSON = /^h_[0-9a-f]+$/;

/**
 * Reads a note of the git-ai standard (3.0.0): lines of attested files, `---`, JSON. Commits of people carry notes
 * too, so only the key of an AI session or prompt on one of `files` counts (no files given: on any file). `h_` keys
 * and lines that no key covers say nothing.
 */
export function readGitAiNote(text: string, files: readonly string[]): NoteSays {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf('---');
  if (end < 0) return { is: 'unreadable', entry: lines[0] ?? '' };
  let relevant = false;
  let strange: string | null = null;
  for (const line of lines.slice(0, end)) {
    if (line.trim() === '') continue;
    if (!/^\s/.test(line)) {
      relevant = files.length === 0 || files.includes(unquoted(line.trim()));
      continue;
    }
    if (!relevant) continue;
    const key = line.trim().split(/\s/)[0] ?? '';
    if (SESSION.test(key) || PROMPT.test(key)) {
      return { is: 'ai', tool: toolOf(lines.slice(end + 1).join('\n'), key), entry: line.trim() };
    }
    if (!PERSON.test(key)) strange ??= line.trim();
  }
  return strange === null ? SILENT : { is: 'unreadable', entry: strange };
}

/** Qwen Code's note is JSON with an entry a file and is written only where its agent worked. */
export function readQwenNote(text: string): NoteSays {
  const note = jsonObject(text);
  if (note === null) return { is: 'unreadable', entry: text.slice(0, 80) };
  return Object.keys(note).length === 0
    ? SILENT
    : { is: 'ai', tool: 'Qwen Code', entry: 'refs/notes/ai-attribution' };
}

function unquoted(path: string): string {
  return path.length > 1 && path.startsWith('"') && path.endsWith('"') ? path.slice(1, -1) : path;
}

function toolOf(metadata: string, key: string): string | null {
  const session = SESSION.exec(key)?.[1];
  const table = own(jsonObject(metadata), session === undefined ? 'prompts' : 'sessions');
  const tool = own(own(own(table, session ?? key), 'agent_id'), 'tool');
  return typeof tool === 'string' ? tool : null;
}

function jsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
