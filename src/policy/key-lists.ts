import { CheckError } from '../model/error.ts';
import { momentOf } from './moment.ts';
import { plainId } from './plain-id.ts';
import { publicKeyOf } from './public-key.ts';

/** A key out of a list that others keep, with what the list says of it. */
export interface ListedKey {
  /** Null where the list is that of one person, and does not name them. */
  readonly id: string | null;
  readonly email: string | null;
  readonly key: string;
  /** RFC 3339, where the list limits the key. */
  readonly validAfter: string | null;
  readonly validBefore: string | null;
}

export interface KeyList {
  readonly keys: readonly ListedKey[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/**
 * The keys of a list: OpenSSH `allowed_signers`, the text of `https://github.com/NAME.keys`, or the JSON of
 * `gh api users/NAME/keys` and of GitLab's `users/ID/keys`. Throws CheckError `input-unreadable`.
 */
export function readKeyList(text: string, namespace: string): KeyList {
  const listed = text.trimStart().startsWith('[') ? fromJson(text) : fromLines(text, namespace);
  if (listed.keys.length === 0 && listed.notes.length === 0) throw unreadable('it lists no key');
  return listed;
}

const unreadable = (why: string): CheckError =>
  new CheckError(
    'input-unreadable',
    `the list of keys cannot be read: ${why}`,
    'it is an allowed_signers file, the text of github.com/NAME.keys, or the JSON of gh api users/NAME/keys',
  );

const NOBODY = { id: null, email: null, validAfter: null, validBefore: null };

function fromJson(text: string): KeyList {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw unreadable('it begins like JSON and is none');
  }
  if (!Array.isArray(list)) throw unreadable('it is no list');
  return gathered(
    list.map((item: unknown) => {
      const { key, expires_at: end } = typeof item === 'object' && item !== null ? (item as Entry) : {};
      if (typeof key !== 'string') throw unreadable('an entry has no key');
      return keyOf(key, { ...NOBODY, validBefore: typeof end === 'string' ? end : null });
    }),
  );
}

interface Entry {
  readonly key?: unknown;
  /** GitLab's. */
  readonly expires_at?: unknown;
}

function fromLines(text: string, namespace: string): KeyList {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return gathered(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .flatMap((line) => (KEY_FIRST.test(line) ? [keyOf(line, NOBODY)] : signersOf(line, namespace))),
  );
}

const KEY_FIRST = /^(?:ssh-|sk-|ecdsa-)[\w@.-]+[ \t]+AAAA/;

type Read = ListedKey | string;

const gathered = (read: readonly Read[]): KeyList => ({
  keys: read.filter((one) => typeof one !== 'string'),
  notes: read.filter((one) => typeof one === 'string'),
});

function keyOf(line: string, of: Omit<ListedKey, 'key'>): Read {
  const key = publicKeyOf(line);
  const what = `a key of ${of.email ?? of.id ?? 'the list'}`;
  if ('wrong' in key) return `${what} is left out: it ${key.wrong}`;
  for (const moment of [of.validAfter, of.validBefore])
    if (moment !== null && momentOf(moment) === null)
      return `${what} is left out: its limit ${moment} is not a time that can be read`;
  return { ...of, key: key.text };
}

/** A line of `allowed_signers` (ssh-keygen(1)): principals, options, key. One key may stand for several persons there. */
function signersOf(line: string, namespace: string): readonly Read[] {
  const [, principals = '', rest = ''] = /^("[^"]*"|\S+)[ \t]+(.*)$/.exec(line) ?? [];
  const [options = '', key = ''] = KEY_FIRST.test(rest) ? ['', rest] : splitOptions(rest);
  const of = optionsOf(options);
  const left = (why: string): readonly Read[] => [`${principals} is left out: ${why}`];
  if (key === '') return left('the line has no key');
  if (of === null) return left('its options cannot be read');
  if (of.has('cert-authority'))
    return left('it is an authority that names others, and here each key is listed');
  const namespaces = of.get('namespaces');
  if (namespaces !== undefined && !namespaces.split(',').includes(namespace))
    return left(`the key is for ${namespaces}, and not for ${namespace}`);
  const names = principals.replace(/"/g, '').split(',');
  if (names.some((name) => /[*?!]/.test(name))) return left('a pattern names nobody');
  if (names.length > 1) return left('one key for several names: a key stands for one person');
  const [name = ''] = names;
  return [
    keyOf(key, {
      id: plainId(name.split('@')[0] ?? name),
      email: name.includes('@') ? name.toLowerCase() : null,
      validAfter: timeOf(of.get('valid-after')),
      validBefore: timeOf(of.get('valid-before')),
    }),
  ];
}

const splitOptions = (rest: string): readonly [string, string] => {
  const at = /[ \t]+(?=(?:ssh-|sk-|ecdsa-)[\w@.-]+[ \t]+AAAA)/.exec(rest);
  return at === null ? [rest, ''] : [rest.slice(0, at.index), rest.slice(at.index + at[0].length)];
};

function optionsOf(text: string): ReadonlyMap<string, string> | null {
  const options = new Map<string, string>();
  const read = text.replace(
    /([a-z-]+)(?:="([^"]*)")?(?:,|$)/g,
    (_, name: string, value: string | undefined) => {
      options.set(name, value ?? '');
      return '';
    },
  );
  return read.trim() === '' ? options : null;
}

/** `20260131`, `20260131Z`, `202601311800Z`, `20260131180000Z`. Without Z it is the zone of whoever wrote it: kept as it is, it is refused. */
function timeOf(written: string | undefined): string | null {
  if (written === undefined) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] =
    /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z)?$/.exec(written) ?? [];
  if (year === undefined || zone === undefined) return written;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
