import { CheckError } from '../../model/error.ts';
import { isArray, type JsonObject, text } from '../../model/json.ts';
import { parseTemplate } from '../cloudformation/template.ts';
import { readAssembly, type StackTree } from './assembly.ts';
import { INDEX, SCHEMA } from './baseline-index.ts';
import { type Folder, pathInside } from './folder.ts';
import { malformed, readObject, requiredObject } from './member.ts';
import { STACK } from './nested.ts';
import type { Baseline, BaselineStack } from './pair.ts';
import { readTemplate } from './template.ts';

/**
 * What is deployed, from a folder: what `check-plan baseline` wrote, the assembly of another commit, or templates by the
 * names of their stacks. Throws as `readAssembly` does, and `input-unreadable` where the folder is none of these.
 */
export async function readBaseline(folder: Folder): Promise<Baseline> {
  const names = new Set(folder.names());
  if (names.has(INDEX)) return fetched(folder);
  if (names.has('manifest.json')) {
    const { stacks, problems } = readAssembly(folder);
    return { name: folder.name, stacks, isWhole: true, problems };
  }
  const stacks = await templatesIn(folder, [...names].sort());
  if (stacks.length === 0) {
    throw new CheckError(
      'input-unreadable',
      `the baseline ${folder.name} has neither a manifest nor a template`,
      'fetch what is deployed with `check-plan baseline --app cdk.out`',
    );
  }
  return { name: folder.name, stacks, isWhole: false, problems: [] };
}

/** `shop-prod.template.json` is the stack `shop-prod`, and `shop-prod/Network.template.json` the one nested in it as `Network`. */
async function templatesIn(folder: Folder, names: readonly string[]): Promise<BaselineStack[]> {
  const found = new Map<string, string>();
  for (const file of names) {
    const name = NAME.exec(file)?.[1];
    if (name === undefined || NESTED.test(file) || NOT_TEMPLATES.test(file)) continue;
    const other = found.get(name);
    if (other !== undefined)
      throw malformed(folder.name, `has two templates of the stack ${name}: ${other} and ${file}`);
    found.set(name, file);
  }
  return await Promise.all(
    [...found].map(async ([name, file]) => ({
      name,
      location: { account: null, region: null },
      tree: await plainTree(folder, file, name, 0),
    })),
  );
}

const NAME = /^(.+?)(?:\.template)?\.(?:json|ya?ml|template)$/;
const NESTED = /\.nested\.template\.json$/;
/** What lies beside the templates in an assembly. */
const NOT_TEMPLATES = /^(?:manifest|tree|validation-report|integ)\.json$|\.(?:assets|metadata)\.json$/;

async function plainTree(folder: Folder, file: string, base: string, depth: number): Promise<StackTree> {
  if (depth > 16) throw malformed(file, 'has stacks nested more than 16 deep');
  const bytes = folder.read(file);
  const where = `${folder.name}/${file}`;
  if (bytes === null) throw malformed(where, 'is missing');
  const template = readTemplate(await parseTemplate(textOf(bytes, where), where), where);
  const children = new Map<string, StackTree | null>();
  for (const { id, type, metadata } of template.resources.values()) {
    if (type !== STACK) continue;
    const named = text(metadata, 'aws:asset:path');
    const places = [
      ...ENDINGS.map((ending) => `${base}/${id}${ending}`),
      ...(named === null ? [] : [pathInside('', named, `${id} of ${file}`)]),
    ];
    const place = places.find((one) => folder.read(one) !== null);
    children.set(id, place === undefined ? null : await plainTree(folder, place, `${base}/${id}`, depth + 1));
  }
  return { template, children, constructOf: byTemplate(template) };
}

const ENDINGS = ['.template.json', '.json', '.template.yaml', '.yaml', '.yml', '.template'];

/** All that a template alone says of constructs. */
const byTemplate =
  ({ resources }: StackTree['template']): StackTree['constructOf'] =>
  (id) => {
    const path = resources.get(id)?.path ?? null;
    return path === null ? null : { path, source: null };
  };

/** What `check-plan baseline` wrote: for each stack its place and its template, or that there is none. */
async function fetched(folder: Folder): Promise<Baseline> {
  const index = readObject(folder, INDEX, 'the baseline');
  if (text(index, 'schema') !== SCHEMA) {
    throw new CheckError(
      'unsupported-version',
      `${folder.name}/${INDEX} is of the schema ${JSON.stringify(text(index, 'schema'))}`,
      'fetch it again with `check-plan baseline`',
    );
  }
  const stacks = index.get('stacks');
  if (!isArray(stacks)) throw malformed(`${folder.name}/${INDEX}`, 'has no list of stacks');
  return {
    name: folder.name,
    isWhole: false,
    problems: [],
    stacks: await Promise.all(
      stacks.map(async (value, at): Promise<BaselineStack> => {
        const where = `stack ${at} of ${folder.name}/${INDEX}`;
        const stack = requiredObject(value, where);
        const name = text(stack, 'name');
        if (name === null) throw malformed(where, 'has no name');
        return {
          name,
          location: { account: text(stack, 'account'), region: text(stack, 'region') },
          tree: await treeIn(folder, stack, where),
        };
      }),
    ),
  };
}

async function treeIn(folder: Folder, stack: JsonObject, where: string): Promise<StackTree | null> {
  const file = stack.get('template');
  if (file === null) return null;
  if (typeof file !== 'string')
    throw malformed(where, 'says neither where its template is nor that there is none');
  const path = pathInside('', file, where);
  return plainTree(folder, path, path.replace(NAME, '$1'), 0);
}

function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw new CheckError('template-unreadable', `${where} is not UTF-8`, 'fetch it again', thrown);
  }
}
