import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOfType } from '../../src/catalogue/kind.ts';
import { coversType } from '../../src/catalogue/table.ts';
import { TERRAFORM_ENV } from '../end-to-end/terraform-scenario.ts';
import { type Setting, settingsOf, shownOfAny, unexplained } from './settings.ts';

/** The provider without a registry, as for `terraform init -plugin-dir`. */
const PLUGINS = process.env['TF_PLUGIN_DIR'] ?? '/opt/tf-plugins';
const missing =
  spawnSync('terraform', ['version']).status !== 0 ||
  !existsSync(join(PLUGINS, 'registry.terraform.io/hashicorp/aws'));

/** The parts of `terraform providers schema -json` that say which attributes a type has. */
interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}
interface Attribute {
  readonly type?: AttributeType;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>> };
  readonly optional?: boolean;
  readonly required?: boolean;
}
type AttributeType = string | readonly [string, AttributeType | Readonly<Record<string, AttributeType>>];

/** What a path leads to: a block, or a value of a type; null where nothing has that name. */
type Place =
  | { readonly block: Block; readonly isSettable: true }
  | { readonly type: AttributeType; readonly isSettable: boolean };

function placeIn(root: Block, names: readonly string[]): Place | null {
  let place: Place | null = { block: root, isSettable: true };
  for (const name of names) place = place === null ? null : insideOf(place, name);
  return place;
}

function insideOf(place: Place, name: string): Place | null {
  if ('type' in place) return inType(place.type, name, place.isSettable);
  const attribute = place.block.attributes?.[name];
  if (attribute !== undefined) {
    if (attribute.nested_type !== undefined) return { block: attribute.nested_type, isSettable: true };
    return {
      type: attribute.type ?? 'dynamic',
      isSettable: attribute.optional === true || attribute.required === true,
    };
  }
  const block = place.block.block_types?.[name]?.block;
  return block === undefined ? null : { block, isSettable: true };
}

function inType(type: AttributeType, name: string, isSettable: boolean): Place | null {
  if (typeof type === 'string') return null;
  const [kind, of] = type;
  if (kind === 'object') {
    const inner = (of as Readonly<Record<string, AttributeType>>)[name];
    return inner === undefined ? null : { type: inner, isSettable };
  }
  return kind === 'map'
    ? { type: of as AttributeType, isSettable }
    : inType(of as AttributeType, name, isSettable);
}

/** The single values that can stand there; null where only blocks can. */
function scalarAt(place: Place): string | null {
  if ('block' in place) return null;
  let { type } = place;
  while (typeof type !== 'string') {
    if (type[0] === 'object') return null;
    type = type[1] as AttributeType;
  }
  return type;
}

const LITERALS: Readonly<Record<string, RegExp>> = { bool: /^(?:true|false)$/, number: /^-?\d+$/ };

describe.skipIf(missing)(
  'against the schema of the real AWS provider (needs terraform and TF_PLUGIN_DIR)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-plan-schema-'));
    let types = new Map<string, Block>();
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    beforeAll(() => {
      writeFileSync(
        join(folder, 'main.tf'),
        'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
      );
      const terraform = (...args: string[]): string => {
        const options = { cwd: folder, env: TERRAFORM_ENV, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
        const { status, stdout, stderr } = spawnSync('terraform', args, options);
        if (status !== 0) throw new Error(stderr);
        return stdout;
      };
      terraform('init', '-input=false', `-plugin-dir=${PLUGINS}`);
      const { provider_schemas: schemas } = JSON.parse(terraform('providers', 'schema', '-json'));
      const [schema] = Object.values(schemas) as { resource_schemas: Record<string, { block: Block }> }[];
      types = new Map(
        Object.entries(schema?.resource_schemas ?? {}).map(([type, { block }]) => [type, block]),
      );
    });

    const wrongIn = ({ table, type, names, words }: Setting): string | null => {
      if (type.endsWith('*'))
        return [...types.keys()].some((one) => coversType(type, one)) ? null : 'it covers no type';
      const block = types.get(type);
      if (block === undefined) return 'no such type';
      const place = placeIn(block, names);
      if (place === null) return 'no such attribute';
      if (!place.isSettable && table !== 'shown') return 'nobody can set it';
      const scalar = scalarAt(place);
      if (scalar === null && words.length > 0) return `a block is none of ${words.join(', ')}`;
      const literal = LITERALS[scalar ?? ''];
      const odd = words.filter((word) => literal !== undefined && !literal.test(word));
      return odd.length === 0 ? null : `a ${scalar} is never ${odd.join(', ')}`;
    };

    test('the schema is there', () => {
      expect(types.size).toBeGreaterThan(1500);
      expect(placeIn(types.get('aws_db_instance') ?? {}, ['no_such_thing'])).toBeNull();
      expect(placeIn(types.get('aws_instance') ?? {}, ['root_block_device', 'encrypted'])).toMatchObject({
        type: 'bool',
      });
    });

    test('every type and every path of the tables is in it, with values of its type, or there is a reason', () => {
      const settings = settingsOf('terraform', 'aws_');
      expect(settings.length).toBeGreaterThan(1800);
      const isOfTool = (type: string): boolean => type.startsWith('aws_') && kindOfType(type) === 'terraform';
      expect(unexplained(settings, isOfTool, wrongIn)).toEqual({ wrong: [], idle: [] });
    });

    test('what is shown of any type is an attribute of one, or there is a reason', () => {
      const isOfTool = (type: string, path: string): boolean => type === '*' && !/^[A-Z]/.test(path);
      const nowhere = ({ names }: Setting): string | null =>
        [...types.values()].some((block) => placeIn(block, names) !== null) ? null : 'no type has it';
      expect(unexplained(shownOfAny('terraform'), isOfTool, nowhere)).toEqual({ wrong: [], idle: [] });
    });
  },
);
