/** Where it is written that one resource leans on another. Of two places the first in this list is told. */
export const KNOWN_FROM = ['configuration', 'template', 'change set', 'state'] as const;
export type KnownFrom = (typeof KNOWN_FROM)[number];

/**
 * What a document says of which resource leans on which. Instances of `count` and `for_each` are one resource here: no
 * document says which instance leans on which.
 */
export interface Dependencies {
  /** By the name of what leans, what it leans on. A name is a resource's, or one of `passages`. */
  readonly leansOn: ReadonlyMap<string, ReadonlyMap<string, KnownFrom>>;
  /** The names of what only hands a value on: `variable size of module.web`, `output id of module.net`, a data source. */
  readonly passages: ReadonlySet<string>;
  /** What the document cannot tell, a sentence each. */
  readonly untold: readonly string[];
}

/**
 * The resource that an instance belongs to: the address without the keys of `count` and `for_each`, which may hold any
 * text: `module.a["x.y"].aws_instance.web[0]` is `module.a.aws_instance.web`.
 */
export function resourceOf(address: string): string {
  if (!address.includes('[')) return address;
  let resource = '';
  let isKey = false;
  let isText = false;
  for (let at = 0; at < address.length; at++) {
    const char = address.charAt(at);
    if (isText) {
      if (char === '\\') at++;
      else if (char === '"') isText = false;
    } else if (isKey) {
      if (char === '"') isText = true;
      else if (char === ']') isKey = false;
    } else if (char === '[') isKey = true;
    else resource += char;
  }
  return resource;
}
