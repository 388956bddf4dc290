/** A pattern for paths with `/` between names: `*` and `?` stay within one name, `**` is any number of folders. */
export interface Glob {
  /** The folder that every match lies in, as the pattern begins; empty for the current one. */
  readonly root: string;
  matches(path: string): boolean;
  /** Whether a match can lie in the folder. */
  enters(folder: string): boolean;
}

/** The pattern in the text; null where it has no `*` or `?`, and so is a name. */
export function globOf(text: string): Glob | null {
  const names = text.split('/');
  const first = names.findIndex((name) => /[*?]/.test(name));
  if (first === -1) return null;
  const whole = anchored(names.map(sourceOf).join(''));
  const deep = names.indexOf('**');
  const folders = names.slice(0, deep === -1 ? -1 : deep).map((name) => anchored(nameSource(name)));
  return {
    root: names.slice(0, first).join('/') || (first > 0 ? '/' : ''),
    matches: (path) => whole.test(path),
    enters: (folder) => {
      const parts = folder.split('/');
      if (deep === -1 && parts.length > folders.length) return false;
      return folders.every((pattern, index) => parts[index] === undefined || pattern.test(parts[index]));
    },
  };
}

const anchored = (source: string): RegExp => new RegExp(`^${source}$`, 'su');

/** Each name with the `/` after it, so that `**` can stand for no folder too. */
function sourceOf(name: string, index: number, names: readonly string[]): string {
  const isLast = index === names.length - 1;
  if (name === '**') return isLast ? '.+' : '(?:[^/]+/)*';
  return isLast ? nameSource(name) : `${nameSource(name)}/`;
}

const nameSource = (name: string): string =>
  name
    .replaceAll(/[.+^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
