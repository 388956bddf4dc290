/** Keys whose value names somebody that wrote a part of the commit. */
export const CO_AUTHOR_KEYS: readonly string[] = ['co-authored-by', 'co-developed-by'];

/** Every mail address in `Name <mail>`, or the value itself where it is a bare address; lower case. */
export function mailsIn(value: string): string[] {
  const bracketed = [...value.matchAll(/<([^<>]*)>/g)].map((match) => match[1] ?? '');
  const mails = bracketed.length > 0 ? bracketed : /^[^\s@]+@[^\s@]+$/.test(value) ? [value] : [];
  return mails.map((mail) => mail.trim().toLowerCase()).filter((mail) => mail !== '');
}

/** The account behind a GitHub noreply address: `123+login@users.noreply.github.com`, or without the number. */
export function githubAccountOf(mail: string): { readonly id: string | null; readonly login: string } | null {
  const match = /^(?:(\d+)\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(mail.trim().toLowerCase());
  return match ? { id: match[1] ?? null, login: match[2] ?? '' } : null;
}
