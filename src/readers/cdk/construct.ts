import type { Construct } from '../../model/change.ts';
import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import { type Folder, pathInside } from './folder.ts';
import type { Artifact, Manifest } from './manifest.ts';
import { optionalObject, readObject } from './member.ts';

/** Which construct stands behind a resource, as the metadata of a stack tells it. */
export interface Constructs {
  /** By the file of the template (seen from the whole folder) and the logical id, and the path that the template tells. */
  of(templateFile: string, logicalId: string, pathTold: string | null): Construct | null;
  /** The file of the template that the path is in, where that is told. */
  readonly templateFiles: ReadonlyMap<string, string>;
}

/**
 * Reads the metadata of a stack: in the manifest itself, in a file beside it, or both. Paths begin with `/` there, and
 * without one here.
 */
export function constructsOf(artifact: Artifact, manifest: Manifest, folder: Folder): Constructs {
  const file = text(artifact.value, 'additionalMetadataFile');
  const outside =
    file === null
      ? new Map<string, Json>()
      : readObject(folder, pathInside(manifest.directory, file, artifact.where), artifact.where);
  const entries = new Map<string, readonly JsonObject[]>();
  for (const [path, list] of [...optionalObject(artifact.value, 'metadata', artifact.where), ...outside]) {
    const name = path.replace(/^\//, '');
    entries.set(name, [...(entries.get(name) ?? []), ...(isArray(list) ? list.filter(isObject) : [])]);
  }
  const templateFiles = new Map<string, string>();
  for (const [path, list] of entries) {
    const named = dataOf(list, 'aws:cdk:templateFile');
    if (typeof named === 'string')
      templateFiles.set(path, pathInside(manifest.directory, named, artifact.where));
  }
  const byId = new Map<string, string[]>();
  for (const [path, list] of entries) {
    const id = dataOf(list, 'aws:cdk:logicalId');
    if (typeof id === 'string') byId.set(id, [...(byId.get(id) ?? []), path]);
  }
  return {
    templateFiles,
    of(templateFile, logicalId, pathTold) {
      const paths = byId.get(logicalId) ?? [];
      const inTemplate = paths.filter((path) => templateOf(path, templateFiles) === templateFile);
      const path = pathTold ?? onlyOne(inTemplate) ?? onlyOne(paths);
      return path === null ? null : { path, source: sourceOf(entries.get(path) ?? []) };
    },
  };
}

const onlyOne = (paths: readonly string[]): string | null => (paths.length === 1 ? (paths[0] ?? null) : null);

/** The template of the nearest construct above that is a stack. */
function templateOf(path: string, files: ReadonlyMap<string, string>): string | null {
  const steps = path.split('/');
  for (let length = steps.length; length > 0; length -= 1) {
    const file = files.get(steps.slice(0, length).join('/'));
    if (file !== undefined) return file;
  }
  return null;
}

const dataOf = (entries: readonly JsonObject[], type: string): Json | undefined =>
  entries.find((entry) => entry.get('type') === type)?.get('data');

/** The first line of code of the app itself, as `file:line:column` or `file:line`, from a creation stack or, of older CDK, a trace. */
function sourceOf(entries: readonly JsonObject[]): string | null {
  const stack = dataOf(entries, 'aws:cdk:creationStack');
  const traces = entries
    .filter((entry) => entry.get('type') === 'aws:cdk:logicalId')
    .map((entry) => entry.get('trace'));
  const frames = [stack, ...traces].flatMap((one) => (isArray(one) ? one : []));
  for (const frame of frames) {
    if (typeof frame !== 'string' || FOREIGN.test(frame)) continue;
    const place = PLACE.exec(frame)?.[1] ?? BARE.exec(frame)?.[1];
    if (place !== undefined) return place.replace(/^file:\/\//, '');
  }
  return null;
}

const PLACE = /\(([^()]+:\d+:\d+)\)$/;
/** Of a function without a name CDK writes the place alone, and sometimes `(:)` after it. */
const BARE = /^([^()\s]+:\d+(?::\d+)?):?(?: \(:\))?$/;
const FOREIGN = /^\.\.\.|node_modules|node:internal|\binternal\/|jsii-runtime/;
