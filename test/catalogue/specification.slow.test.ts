import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { expect, test } from 'vitest';
import { kindOfType } from '../../src/catalogue/kind.ts';
import { coversType, parseTable } from '../../src/catalogue/table.ts';
import { readTable } from './catalogue-under-test.ts';
import { type Setting, settingsOf, shownOfAny, unexplained } from './settings.ts';

const database = loadAwsServiceSpecSync();
type Resource = ReturnType<typeof resources>[number];
type PropertyType = Resource['properties'][string]['type'];
type Definition = Pick<Resource, 'properties'>;
const resources = () => database.all('resource');
const types: ReadonlyMap<string, Resource> = new Map(resources().map((one) => [one.cloudFormationType, one]));

/** What the names lead to: the types that a value there may have. None where nothing has such a name. */
function placeIn(root: Definition, names: readonly string[]): readonly PropertyType[] {
  let inside: readonly (Definition | PropertyType)[] = [root];
  let place: readonly PropertyType[] = [];
  for (const name of names) {
    place = inside.flatMap((one) => inOne(one, name));
    inside = place.flatMap(unfolded);
  }
  return place;
}

function inOne(one: Definition | PropertyType, name: string): readonly PropertyType[] {
  if ('properties' in one) {
    const property = one.properties[name];
    return property === undefined ? [] : [property.type, ...(property.previousTypes ?? [])];
  }
  // A name of what is in the map is no key of it: then the key was left out.
  if (one.type === 'map')
    return unfolded(one.element).some((inner) => 'properties' in inner && name in inner.properties)
      ? []
      : [one.element];
  return one.type === 'json' ? [one] : [];
}

/** A list as what is in it, a reference as what it is to. Keys and values in a list are read as a map. */
function unfolded(type: PropertyType): readonly (Definition | PropertyType)[] {
  if (type.type === 'union') return type.types.flatMap(unfolded);
  if (type.type === 'ref') return [database.get('typeDefinition', type.reference.$ref)];
  if (type.type !== 'array') return [type];
  return unfolded(type.element).flatMap((one) => {
    const isPair = 'properties' in one && 'Key' in one.properties && 'Value' in one.properties;
    return isPair ? [one, { type: 'map', element: { type: 'string' } } as const] : [one];
  });
}

const elementOf = (type: PropertyType): PropertyType =>
  type.type === 'array' ? elementOf(type.element) : type;

const LITERALS: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false)$/,
  number: /^-?\d+$/,
  integer: /^-?\d+$/,
  ref: /^$/,
  map: /^$/,
};
/** Attributes of any resource in a template, which the specification does not list. */
const OF_ANY = new Set(['DeletionPolicy', 'UpdateReplacePolicy']);

function wrongIn({ type, names, words }: Setting): string | null {
  if (type.endsWith('*'))
    return [...types.keys()].some((one) => coversType(type, one)) ? null : 'it covers no type';
  const resource = types.get(type);
  if (resource === undefined) return 'no such type';
  if (names.length === 0 || OF_ANY.has(names[0] ?? '')) return null;
  const place = placeIn(resource, names).map(elementOf);
  if (place.length === 0) return 'no such property';
  const odd = words.filter((word) =>
    place.every((one) => {
      if (one.type === 'string' && one.allowedValues !== undefined) return !one.allowedValues.includes(word);
      return LITERALS[one.type]?.test(word) === false;
    }),
  );
  return odd.length === 0
    ? null
    : `a ${place.map((one) => one.type).join(' or ')} is never ${odd.join(', ')}`;
}

const isOfTool = (type: string): boolean => type !== '*' && kindOfType(type) === 'cloudformation';

test('the specification is there, and knows what is misspelt', () => {
  expect(types.size).toBeGreaterThan(1500);
  const setting = { table: 'made up', type: 'AWS::RDS::DBInstance', words: [] };
  expect(wrongIn({ ...setting, names: ['DeletionProtection'] })).toBeNull();
  expect(wrongIn({ ...setting, names: ['DeletionProtections'] })).toBe('no such property');
  expect(wrongIn({ ...setting, names: ['DeletionProtection'], words: ['ENABLED'] })).toBe(
    'a boolean is never ENABLED',
  );
  expect(wrongIn({ ...setting, type: 'AWS::RDS::DBInstances', names: [] })).toBe('no such type');
});

test('every CloudFormation type and path of the tables is in it, with values of its type, or there is a reason', () => {
  const settings = settingsOf('cloudformation', '');
  expect(settings.length).toBeGreaterThan(1200);
  expect(unexplained(settings, isOfTool, wrongIn)).toEqual({ wrong: [], idle: [] });
});

test('what is shown of any type is a property of one, or there is a reason', () => {
  const nowhere = ({ names }: Setting): string | null =>
    [...types.values()].some((one) => placeIn(one, names).length > 0) ? null : 'no type has it';
  const isShownOfAny = (type: string, path: string): boolean => type === '*' && /^[A-Z]/.test(path);
  expect(unexplained(shownOfAny('cloudformation'), isShownOfAny, nowhere)).toEqual({ wrong: [], idle: [] });
});

test('the property that a thing is in CloudFormation is one', () => {
  const rows = parseTable<string>(readTable, 'types/aws.tsv', [
    'terraform',
    'cloudformation',
    'holds',
    'severity',
    'why',
  ]);
  const properties = rows
    .flatMap(({ cloudformation = '' }) => cloudformation.split(' '))
    .filter((one) => one.includes('#'));
  expect(properties.length).toBeGreaterThan(30);
  const wrong = properties.filter((one) => {
    const [type = '', path = ''] = one.split('#');
    const resource = types.get(type);
    return resource === undefined || placeIn(resource, path.split('.')).length === 0;
  });
  expect(wrong).toEqual([]);
});
