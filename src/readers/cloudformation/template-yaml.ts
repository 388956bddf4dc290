import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar } from 'yaml';
import { CheckError } from '../../model/error.ts';
import { isArray, type Json, type JsonObject } from '../../model/json.ts';
import { MAX_DEPTH } from '../json/parse.ts';

/** More nodes than any template has: an alias counts for all that it stands for. */
const MOST_NODES = 500_000;
/** Each takes a walk through the document. */
const MOST_ALIASES = 1_000;

/**
 * A template in YAML. Nothing is taken from the schemas of YAML, whose versions disagree: a plain scalar is a number where
 * JSON would say so, `true`, `false` and the words for null are what they say, and all else is text.
 *
 * Throws CheckError `template-unreadable`.
 */
export function parseTemplateYaml(text: string, what: string): Json {
  const lines = new LineCounter();
  const refuse = (offset: number, says: string): never => {
    const { line, col } = lines.linePos(offset);
    throw unreadable(`${what}:${Math.max(1, line)}:${Math.max(1, col)}: ${says}`);
  };
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      prettyErrors: false,
      lineCounter: lines,
      // Tags are looked at below; a warning for each would say nothing.
      logLevel: 'error',
    });
    const [error] = document.errors;
    if (error !== undefined) refuse(error.pos[0], sentence(error.message));
    let nodes = 0;
    let aliases = 0;
    return read(document.contents, 0);

    function read(node: unknown, depth: number): Json {
      nodes += 1;
      if (nodes > MOST_NODES) return refuse(0, `more than ${MOST_NODES} values, aliases counted`);
      if (depth > MAX_DEPTH) return refuse(offsetOf(node), `nested deeper than ${MAX_DEPTH} levels`);
      if (node === null || node === undefined) return null;
      if (isAlias(node)) {
        aliases += 1;
        if (aliases > MOST_ALIASES) return refuse(offsetOf(node), `more than ${MOST_ALIASES} aliases`);
        const target = node.resolve(document);
        return target === undefined
          ? refuse(offsetOf(node), `*${node.source} is an alias of nothing before it`)
          : read(target, depth + 1);
      }
      const tag = tagOf(node);
      const value = tag === 'text' && isScalar(node) ? String(node.value ?? '') : bare(node, depth);
      return tag === null || tag === 'text' ? value : called(tag, value);
    }

    function bare(node: unknown, depth: number): Json {
      if (isScalar(node)) return scalar(node);
      if (isSeq(node)) return node.items.map((item) => read(item, depth + 1));
      if (!isMap(node)) return refuse(offsetOf(node), 'neither a map, nor a list, nor a value');
      const members = new Map<string, Json>();
      for (const { key, value } of node.items) {
        const name = nameOf(key);
        // The library sees no twin where one of the two is an alias or is quoted otherwise.
        if (members.has(name)) refuse(offsetOf(key), `the key ${JSON.stringify(name)} is there twice`);
        members.set(name, read(value, depth + 1));
      }
      return members;
    }

    function nameOf(key: unknown): string {
      const node = isAlias(key) ? key.resolve(document) : key;
      if (!isScalar(node) || node.tag !== undefined) return refuse(offsetOf(key), 'a key is not plain text');
      // CloudFormation knows no merge; a reader that does would see other resources than one that does not.
      if (node.value === '<<' && node.type === Scalar.PLAIN)
        return refuse(offsetOf(key), 'CloudFormation has no merge key <<');
      return String(node.value ?? '');
    }

    /** The name of the short form, `text` for `!!str`, null where the node has no tag or one that says nothing. */
    function tagOf(node: unknown): string | null {
      const tag = (node as Node & { tag?: string }).tag;
      if (tag === undefined || PLAIN_TAGS.has(tag)) return null;
      if (tag === 'tag:yaml.org,2002:str') return 'text';
      return SHORT_FORM.test(tag)
        ? tag.slice(1)
        : refuse(offsetOf(node), `the tag ${tag} has no meaning here`);
    }
  } catch (thrown) {
    if (thrown instanceof CheckError) throw thrown;
    // Nested deeper than the stack of the library.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw unreadable(`${what}: ${sentence(message)}`, thrown);
  }
}

/** `!Ref a` is `{"Ref": "a"}`; all functions but these two begin with `Fn::`, new ones too. */
function called(name: string, value: Json): JsonObject {
  if (name === 'Ref' || name === 'Condition') return new Map([[name, value]]);
  return new Map([[`Fn::${name}`, name === 'GetAtt' ? attribute(value) : value]]);
}

/** `Nested.Outputs.Arn` is the attribute `Outputs.Arn` of `Nested`. */
function attribute(value: Json): Json {
  if (isArray(value) || typeof value !== 'string') return value;
  const dot = value.indexOf('.');
  return dot < 0 ? value : [value.slice(0, dot), value.slice(dot + 1)];
}

function scalar({ value, type }: Scalar): Json {
  const text = String(value ?? '');
  if (type !== Scalar.PLAIN) return text;
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return NUMBER.test(text) ? { kind: 'number', text } : text;
}

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
/** What is a number in JSON: no date, no `012`, no `1_000`, no `0x1f`. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

const SHORT_FORM = /^![A-Za-z][A-Za-z0-9]*$/;
/** They say of a node what it is anyway. */
const PLAIN_TAGS: ReadonlySet<string> = new Set(
  ['map', 'seq', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
);

const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

/** A message of the YAML library in our manner: one line, lower case, no full stop. */
function sentence(message: string): string {
  const [line = ''] = message.split('\n');
  return `${line.charAt(0).toLowerCase()}${line.slice(1)}`.replace(/[.:]$/, '');
}

const unreadable = (message: string, cause?: unknown): CheckError =>
  new CheckError('template-unreadable', message, 'check the template that is deployed', cause);
