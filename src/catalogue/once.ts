/** What is made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same for each key. */
export function each<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (made.size === MOST_KEPT) made.clear();
    made.set(key, value);
    return value;
  };
}

/** Plans have fewer types and attributes; one made to have more must not fill the memory. */
const MOST_KEPT = 4096;
