import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { CheckError } from '../model/error.ts';
import type { Path } from '../model/json.ts';

interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** A YAML document as plain data, and where its parts stand in the text. */
export interface PolicyDocument {
  readonly value: unknown;
  /** The nearest part of the path that there is; with `atKey` the key itself. */
  readonly placeOf: (path: Path, atKey: boolean) => Place;
  /** A scalar as the file writes it, else null. */
  readonly written: (path: Path) => string | null;
}

const LONGEST = 1024 * 1024;
const MOST_ALIASES = 100;

/**
 * One YAML 1.2 document in the core schema, without any tag, merge or key that means more than it says.
 * Throws CheckError `policy-invalid`.
 */
export function readYaml(text: string, source: string): PolicyDocument {
  if (text.length > LONGEST)
    throw new CheckError(
      'policy-invalid',
      `${source} has ${text.length} characters, more than any policy needs`,
    );
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refuse = (offset: number, says: string, mend: string | null = null): never => {
    const { line, column } = placeAt(offset);
    throw new CheckError('policy-invalid', `${source}:${line}:${column}: ${says}`, mend);
  };
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      resolveKnownTags: false,
      prettyErrors: false,
      lineCounter: lines,
    });
    const [error] = [...document.errors, ...document.warnings];
    if (error !== undefined) refuse(error.pos[0], sentence(error.message));
    if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2')
      refuse(0, 'the file asks for an older YAML, which reads numbers and words otherwise', 'take out %YAML');
    refuseOddParts(document, refuse);
    return {
      value: document.toJS({ maxAliasCount: MOST_ALIASES }),
      placeOf: (path, atKey) => placeAt(offsetOf(document, path, atKey)),
      written: (path) => {
        const node = nodesTo(document, path).at(-1)?.node;
        return isScalar(node) ? (node.source ?? null) : null;
      },
    };
  } catch (thrown) {
    if (thrown instanceof CheckError) throw thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CheckError('policy-invalid', `${source}: ${sentence(message)}`, null, thrown);
  }
}

/** Keys that JavaScript objects have by birth would go unseen by the schema; others would become text silently. */
function refuseOddParts(document: Document, refuse: (offset: number, says: string) => never): void {
  let aliases = 0;
  visit(document, {
    Alias(_, alias) {
      aliases += 1;
      const offset = offsetIn(alias) ?? 0;
      if (aliases > MOST_ALIASES) return refuse(offset, `more than ${MOST_ALIASES} aliases`);
      if (alias.resolve(document) === undefined)
        return refuse(offset, `*${alias.source} is an alias of nothing before it`);
      return undefined;
    },
    Pair(_, { key }) {
      const offset = offsetIn(key) ?? 0;
      if (!isScalar(key) || typeof key.value !== 'string') return refuse(offset, 'a key is not plain text');
      if (key.value in {}) return refuse(offset, `${key.value} is no key of a policy`);
      return undefined;
    },
  });
}

interface Found {
  readonly node: Node | null;
  readonly keyOffset: number | null;
}

/** The nodes on the way along the path, as far as there are any; aliases are followed. */
function nodesTo(document: Document, path: Path): readonly Found[] {
  const found: Found[] = [{ node: document.contents as Node | null, keyOffset: null }];
  for (const step of path) {
    const last = found.at(-1)?.node ?? null;
    const here = isAlias(last) ? last.resolve(document) : last;
    if (isMap(here)) {
      const pair = here.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair === undefined) break;
      found.push({ node: pair.value as Node | null, keyOffset: offsetIn(pair.key) });
    } else if (isSeq(here) && typeof step === 'number') {
      found.push({ node: (here.items[step] ?? null) as Node | null, keyOffset: null });
    } else break;
  }
  return found;
}

function offsetOf(document: Document, path: Path, atKey: boolean): number {
  const found = nodesTo(document, path);
  const last = found.at(-1);
  const whole = found.length === path.length + 1;
  if (atKey && whole && last?.keyOffset != null) return last.keyOffset;
  for (const { node, keyOffset } of found.toReversed()) {
    const offset = offsetIn(node) ?? keyOffset;
    if (offset !== null) return offset;
  }
  return 0;
}

function offsetIn(node: unknown): number | null {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? null;
  return null;
}

/** A message of the YAML library in our manner: one line, lower case, no full stop. */
function sentence(message: string): string {
  const [line = ''] = message.split('\n');
  return `${line.charAt(0).toLowerCase()}${line.slice(1)}`.replace(/[.:]$/, '');
}
