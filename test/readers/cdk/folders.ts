import { readCatalogueFile } from '../../../src/adapters/catalogue-files.ts';
import type { Change } from '../../../src/model/change.ts';
import type { ChangeSetFacts } from '../../../src/model/changeset.ts';
import { readBaseline } from '../../../src/readers/cdk/baseline.ts';
import type { Folder } from '../../../src/readers/cdk/folder.ts';
import { readCdk } from '../../../src/readers/cdk/read.ts';
import { replacementsIn } from '../../../src/readers/cdk/replacement.ts';

const replacements = replacementsIn(
  readCatalogueFile('replacement/own.tsv'),
  readCatalogueFile('replacement/aws.tsv'),
);

/** A folder in memory: path → what is written there as JSON, or as it is where it is a text. */
export function folderOf(files: Readonly<Record<string, unknown>>, name = 'cdk.out'): Folder {
  const written = new Map(
    Object.entries(files).map(([path, value]) => [
      path,
      new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
  );
  return {
    name,
    read: (path) => written.get(path) ?? null,
    names: () => [...new Set([...written.keys()].map((path) => path.split('/')[0] ?? ''))],
  };
}

type Template = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Template>>;

/** A template of nothing but resources. */
export const resources = (all: Resources): Template => ({ Resources: all });

export interface StackOptions {
  readonly environment?: string;
  readonly metadata?: unknown;
  readonly stackName?: string;
}

/** An assembly of the stacks, by their names. */
export function assemblyOf(
  stacks: Readonly<Record<string, Template>>,
  options: StackOptions = {},
  more: Readonly<Record<string, unknown>> = {},
): Folder {
  const artifacts = Object.keys(stacks).map((id) => [
    id,
    {
      type: 'aws:cloudformation:stack',
      environment: options.environment ?? 'aws://111122223333/eu-west-1',
      properties: { templateFile: `${id}.template.json`, stackName: options.stackName ?? id },
      ...(options.metadata === undefined ? {} : { metadata: options.metadata }),
    },
  ]);
  const templates = Object.entries(stacks).map(([id, template]) => [`${id}.template.json`, template]);
  return folderOf({
    'manifest.json': { version: '55.0.0', artifacts: Object.fromEntries(artifacts) },
    ...Object.fromEntries(templates),
    ...more,
  });
}

/** What deploying `after` does to `before`: its changes by address, and the facts. */
export async function deploying(
  before: Folder | null,
  after: Folder,
): Promise<{ changes: ReadonlyMap<string, Change>; facts: ChangeSetFacts }> {
  const changes = new Map<string, Change>();
  const baseline = before === null ? null : await readBaseline(before);
  const facts = readCdk(after, baseline, replacements, (change) => {
    if (changes.has(change.address)) throw new Error(`${change.address} is told twice`);
    changes.set(change.address, change);
  });
  return { changes, facts };
}

/** The same for one stack `Shop` from its resources. */
export async function updating(before: Resources, after: Resources): ReturnType<typeof deploying> {
  return deploying(assemblyOf({ Shop: resources(before) }), assemblyOf({ Shop: resources(after) }));
}

/** `replace possible destroyed`, or `none`. */
export function word(changes: ReadonlyMap<string, Change>, address: string): string {
  const change = changes.get(address);
  return change === undefined ? 'none' : `${change.effect} ${change.certainty} ${change.fate}`;
}

/** All that is said of why, in one text. */
export const whyOf = (changes: ReadonlyMap<string, Change>, address: string): string =>
  (changes.get(address)?.causes ?? [])
    .map((cause) => (cause.kind === 'reason' ? cause.says : cause.path.join('.')))
    .join('; ');
