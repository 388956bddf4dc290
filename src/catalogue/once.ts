/** What is made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The same for each name. */
export function each<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(name);
    if (made.size === MOST_KEPT) made.clear();
    made.set(name, value);
    return value;
  };
}

/** Plans have fewer types and attributes; one made to have more must not fill the memory. */
const MOST_KEPT = 4096;
