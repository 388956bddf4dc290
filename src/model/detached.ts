/**
 * Makes copies of plain data that keep nothing else in memory. A text that was cut out of a longer one holds on to all of
 * it, so a change that is kept would keep the whole text of its element. Texts that come again are shared.
 */
export function createDetacher(): <Data>(data: Data) => Data {
  const known = new Map<string, string>();
  const alike = new Map<string, unknown>();

  const textOf = (text: string, key: string): string => {
    // Below this length the engine copies by itself.
    if (text.length < SLICED) return text;
    const same = known.get(text);
    if (same !== undefined) return same;
    const own = ownText(text);
    if (!DISTINCT.has(key) && known.size < MOST_KNOWN) known.set(own, own);
    return own;
  };

  const copyOf = (data: unknown, key: string): unknown => {
    if (typeof data === 'string') return textOf(data, key);
    if (typeof data !== 'object' || data === null) return data;
    const written = ALIKE.has(key) ? JSON.stringify(data) : null;
    const same = written === null ? undefined : alike.get(written);
    if (same !== undefined) return same;
    const copy = Array.isArray(data) ? data.map((item) => copyOf(item, '')) : membersOf(data);
    if (written !== null && alike.size < MOST_ALIKE) alike.set(written, copy);
    return copy;
  };

  /** A copy in one piece: adding one member after the other would leave room for more. */
  const membersOf = (data: object): object => {
    const copy: Record<string, unknown> = { ...data };
    for (const name of Object.keys(copy)) copy[name] = copyOf(copy[name], name);
    return copy;
  };

  return <Data>(data: Data): Data => copyOf(data, '') as Data;
}

/** The text without what it was cut out of: to cut a text that was just put together copies it. */
export const ownText = (text: string): string => (text.length < SLICED ? text : ` ${text}`.slice(1));

const SLICED = 13;
/** Members that are another text in every change. */
const DISTINCT: ReadonlySet<string> = new Set(['address', 'physicalId', 'ownName', 'message']);
const MOST_KNOWN = 10_000;
/** Members that are mostly the same in many changes. */
const ALIKE: ReadonlySet<string> = new Set(['environment', 'location', 'instead', 'standing']);
const MOST_ALIKE = 1000;
