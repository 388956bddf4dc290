import { isArray, isObject, type Json, type Path } from '../../model/json.ts';
import { isIntrinsic } from './intrinsic.ts';

/** What a value is made of that may come out otherwise while the text of it stays the same. */
export interface Reference {
  readonly kind: 'ref' | 'attribute' | 'condition' | 'mapping' | 'import' | 'resolve';
  /** The logical id, or the name of the condition, mapping or export. */
  readonly name: string;
  /** Of an attribute, else empty: `Arn`, `Outputs.Table`. */
  readonly attribute: string;
}

/** The references in a value, each with the place of the intrinsic function that holds it. */
export function referencesIn(value: Json | undefined, path: Path = []): readonly Placed[] {
  if (isIntrinsic(value)) return collect(value).map((reference) => ({ path, reference }));
  if (typeof value === 'string') return resolves(value).map((reference) => ({ path, reference }));
  if (isArray(value)) return value.flatMap((item, at) => referencesIn(item, [...path, at]));
  if (isObject(value)) return [...value].flatMap(([key, member]) => referencesIn(member, [...path, key]));
  return [];
}
export interface Placed {
  readonly path: Path;
  readonly reference: Reference;
}

/** The references in an expression, wherever they stand in it. */
export function collect(value: Json | undefined): readonly Reference[] {
  if (typeof value === 'string') return resolves(value);
  if (isArray(value)) return value.flatMap(collect);
  if (!isObject(value)) return [];
  return [...value].flatMap(([key, member]) => (READ.get(key) ?? collect)(member));
}

const READ: ReadonlyMap<string, (value: Json) => readonly Reference[]> = new Map<
  string,
  (value: Json) => readonly Reference[]
>([
  ['Ref', (value) => named('ref', value)],
  ['Condition', (value) => named('condition', value)],
  ['Fn::GetAtt', attribute],
  ['Fn::Sub', substituted],
  ['Fn::If', (value) => [...named('condition', isArray(value) ? value[0] : undefined), ...rest(value)]],
  ['Fn::FindInMap', (value) => [...named('mapping', isArray(value) ? value[0] : undefined), ...rest(value)]],
  ['Fn::ImportValue', (value) => [...named('import', value), ...collect(value)]],
]);

const rest = (value: Json): readonly Reference[] => (isArray(value) ? collect(value.slice(1)) : []);

const named = (kind: Reference['kind'], value: Json | undefined): Reference[] =>
  typeof value === 'string' ? [{ kind, name: value, attribute: '' }] : [];

function attribute(value: Json): readonly Reference[] {
  const [id, ...path] = typeof value === 'string' ? value.split('.') : isArray(value) ? value : [];
  if (typeof id !== 'string') return [];
  const steps = path.map((step) => (typeof step === 'string' ? step : '?'));
  return [{ kind: 'attribute', name: id, attribute: steps.join('.') }, ...collect(path)];
}

function substituted(value: Json): readonly Reference[] {
  const [text, variables] = isArray(value) ? value : [value];
  if (typeof text !== 'string') return collect(value);
  const own = isObject(variables) ? variables : new Map<string, Json>();
  const inText = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].flatMap(([, inside = '']) => {
    const name = inside.trim();
    if (own.has(name)) return [];
    return name.includes('.') ? attribute(name) : named('ref', name);
  });
  return [...inText, ...collect(variables), ...resolves(text)];
}

/** `{{resolve:ssm:/name}}` without a version is read again with every update. */
const resolves = (text: string): Reference[] =>
  [...text.matchAll(/\{\{resolve:(ssm:[^}:]+)\}\}/g)].map(([, name = '']) => ({
    kind: 'resolve',
    name,
    attribute: '',
  }));
