import type { StatedTag } from '../../model/change.ts';
import type { Location } from '../../model/environment.ts';
import type { Problem } from '../../model/error.ts';
import { isArray, isObject, text } from '../../model/json.ts';
import { type Constructs, constructsOf } from './construct.ts';
import type { Folder } from './folder.ts';
import {
  type Artifact,
  ASSEMBLY_ARTIFACT,
  ASSETS_ARTIFACT,
  fileOf,
  type Manifest,
  readManifest,
  STACK_ARTIFACT,
} from './manifest.ts';
import { malformed, optionalObject, readObject } from './member.ts';
import { childrenOf } from './nested.ts';
import { readTemplate, type Template } from './template.ts';

/** A stack with the stacks that are nested in it. */
export interface StackTree {
  readonly template: Template;
  /** By the logical id of the resource that stands for it; null where its template is not there. */
  readonly children: ReadonlyMap<string, StackTree | null>;
  readonly constructOf: (logicalId: string) => ReturnType<Constructs['of']>;
}

/** One stack that is deployed by itself. */
export interface DeployedStack {
  readonly name: string;
  readonly location: Location;
  /** The path of its construct: `Prod/Service`. */
  readonly path: string;
  readonly terminationProtection: boolean | null;
  readonly tags: readonly StatedTag[];
  readonly tree: StackTree;
}

export interface Assembly {
  /** `55.0.0` */
  readonly version: string;
  readonly stacks: readonly DeployedStack[];
  readonly problems: readonly Problem[];
}

/**
 * An assembly with all its stages. Throws CheckError `malformed-plan`, `unsupported-version`, `incomplete-change-set`,
 * `not-json`: a part that cannot be read leaves no whole.
 */
export function readAssembly(folder: Folder): Assembly {
  const stages = stagesIn(folder, '', 0);
  const [first] = stages;
  const stacks = stages.flatMap((manifest) => {
    const sources = assetSources(manifest, folder);
    return manifest.artifacts
      .filter(({ type }) => type === STACK_ARTIFACT)
      .map((artifact) => stackOf(artifact, manifest, folder, sources));
  });
  return {
    version: first?.version ?? '',
    stacks,
    problems: stages.flatMap(({ problems }) => problems),
  };
}

function stagesIn(folder: Folder, directory: string, depth: number): readonly Manifest[] {
  if (depth > DEEPEST) throw malformed(folder.name, `has assemblies nested more than ${DEEPEST} deep`);
  const manifest = readManifest(folder, directory);
  const inner = manifest.artifacts.flatMap((artifact) => {
    if (artifact.type !== ASSEMBLY_ARTIFACT) return [];
    const there = fileOf(artifact, 'directoryName', manifest);
    if (there === null) throw malformed(artifact.where, 'has no directoryName');
    return stagesIn(folder, there, depth + 1);
  });
  return [manifest, ...inner];
}

const DEEPEST = 16;

/** The files that are uploaded for the stacks of a stage, by the hash that their address ends with. */
function assetSources(manifest: Manifest, folder: Folder): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const artifact of manifest.artifacts) {
    if (artifact.type !== ASSETS_ARTIFACT) continue;
    const file = fileOf(artifact, 'file', manifest);
    if (file === null) throw malformed(artifact.where, 'names no file');
    for (const [hash, asset] of optionalObject(readObject(folder, file, artifact.where), 'files', file)) {
      const source = isObject(asset) ? asset.get('source') : undefined;
      const path = text(source, 'path');
      if (path !== null && text(source, 'packaging') !== 'zip') sources.set(hash, path);
    }
  }
  return sources;
}

function stackOf(
  artifact: Artifact,
  manifest: Manifest,
  folder: Folder,
  sources: ReadonlyMap<string, string>,
): DeployedStack {
  const file = fileOf(artifact, 'templateFile', manifest);
  if (file === null) throw malformed(artifact.where, 'names no templateFile');
  const constructs = constructsOf(artifact, manifest, folder);
  const protection = artifact.properties.get('terminationProtection');
  return {
    name: text(artifact.properties, 'stackName') ?? artifact.id,
    location: locationOf(text(artifact.value, 'environment')),
    path: text(artifact.value, 'displayName') ?? artifact.id,
    terminationProtection: typeof protection === 'boolean' ? protection : null,
    tags: tagsOf(artifact),
    tree: treeOf(
      file,
      { folder, directory: manifest.directory, sources, constructs, where: artifact.where },
      0,
    ),
  };
}

/** What reading a template and the nested ones below it needs. */
export interface TreeContext {
  readonly folder: Folder;
  readonly directory: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly constructs: Constructs;
  readonly where: string;
}

/** The template in a file, with those that are nested in it. */
function treeOf(file: string, context: TreeContext, depth: number): StackTree {
  const { folder, constructs, where } = context;
  if (depth > DEEPEST) throw malformed(where, `has stacks nested more than ${DEEPEST} deep`);
  const template = readTemplate(readObject(folder, file, where), `${folder.name}/${file}`);
  const constructOf: StackTree['constructOf'] = (id) =>
    constructs.of(file, id, template.resources.get(id)?.path ?? null);
  const children = new Map(
    [...childrenOf(template, constructOf, context)].map(([id, child]) => [
      id,
      child === null ? null : treeOf(child, context, depth + 1),
    ]),
  );
  return { template, children, constructOf };
}

/** `aws://111122223333/eu-west-1`; `unknown-account` and `unknown-region` are those of whoever deploys. */
function locationOf(environment: string | null): Location {
  const [, account = null, region = null] = ENVIRONMENT.exec(environment ?? '') ?? [];
  return {
    account: account === 'unknown-account' ? null : account,
    region: region === 'unknown-region' ? null : region,
  };
}

const ENVIRONMENT = /^aws:\/\/([^/]+)\/([^/]+)$/;

function tagsOf({ properties, value }: Artifact): readonly StatedTag[] {
  const tags = properties.get('tags');
  const own = isObject(tags)
    ? [...tags].flatMap(([key, one]): [string, string][] => (typeof one === 'string' ? [[key, one]] : []))
    : [];
  const inMetadata = [...optionalObject(value, 'metadata', 'the stack').values()].flatMap((list) =>
    (isArray(list) ? list : []).flatMap((entry): [string, string][] => {
      const data = text(entry, 'type') === 'aws:cdk:stack-tags' && isObject(entry) ? entry.get('data') : null;
      return (isArray(data) ? data : []).flatMap((tag): [string, string][] => {
        const [key, one] = [text(tag, 'key') ?? text(tag, 'Key'), text(tag, 'value') ?? text(tag, 'Value')];
        return key === null || one === null ? [] : [[key, one]];
      });
    }),
  );
  return [...new Map([...inMetadata, ...own])].map(([key, one]) => ({ where: 'stack tag', key, value: one }));
}
