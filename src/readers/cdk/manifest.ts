import { CheckError, type Problem } from '../../model/error.ts';
import { type JsonObject, text } from '../../model/json.ts';
import { type Folder, pathInside } from './folder.ts';
import { malformed, optionalObject, readObject, requiredObject } from './member.ts';

/** One artifact of a manifest, its type known. */
export interface Artifact {
  readonly id: string;
  readonly type: string;
  readonly value: JsonObject;
  readonly properties: JsonObject;
  /** How messages call it. */
  readonly where: string;
}

export interface Manifest {
  /** `55.0.0` */
  readonly version: string;
  /** The folder that it lies in, seen from the whole; empty for the topmost one. */
  readonly directory: string;
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** The newest major version of the cloud assembly schema that this program was tried with (aws-cdk-lib 2.276). */
const NEWEST_SCHEMA = 55;

/**
 * The manifest of an assembly. Throws CheckError `unsupported-version` for a schema of the future, by its number, and
 * `malformed-plan` for what is no manifest.
 */
export function readManifest(folder: Folder, directory: string): Manifest {
  const path = directory === '' ? 'manifest.json' : `${directory}/manifest.json`;
  const where = `${folder.name}/${path}`;
  const manifest = readObject(folder, path, directory === '' ? 'the assembly' : 'a nested assembly');
  const version = text(manifest, 'version');
  const major = VERSION.exec(version ?? '')?.[1];
  if (version === null || major === undefined)
    throw malformed(where, `has the version ${version === null ? 'of no text' : JSON.stringify(version)}`);
  if (Number(major) > NEWEST_SCHEMA) {
    throw new CheckError(
      'unsupported-version',
      `${where} is of the assembly schema ${version}, and this program knows those up to ${NEWEST_SCHEMA}`,
      'use a newer check-plan, which knows what this one may overlook',
    );
  }
  const artifacts = [...optionalObject(manifest, 'artifacts', where)].map(([id, value]): Artifact => {
    const artifact = requiredObject(value, `the artifact ${id} of ${where}`);
    return {
      id,
      type: text(artifact, 'type') ?? '',
      value: artifact,
      properties: optionalObject(artifact, 'properties', `the artifact ${id}`),
      where: `the artifact ${id} of ${where}`,
    };
  });
  return {
    version,
    directory,
    artifacts: artifacts.filter(({ type }) => JUDGED.has(type)),
    problems: artifacts.filter(({ type }) => !JUDGED.has(type) && !HARMLESS.has(type)).map(strange),
  };
}

/** The file that an artifact names under the key, seen from the whole folder; null where it names none. */
export function fileOf({ properties, where }: Artifact, key: string, { directory }: Manifest): string | null {
  const named = text(properties, key);
  return named === null ? null : pathInside(directory, named, where);
}

const VERSION = /^([0-9]{1,9})\.[0-9]+\.[0-9]+(?:[-+].*)?$/;

export const STACK_ARTIFACT = 'aws:cloudformation:stack';
export const ASSEMBLY_ARTIFACT = 'cdk:cloud-assembly';
export const ASSETS_ARTIFACT = 'cdk:asset-manifest';

const JUDGED: ReadonlySet<string> = new Set([STACK_ARTIFACT, ASSEMBLY_ARTIFACT, ASSETS_ARTIFACT]);
/** They deploy nothing. */
const HARMLESS: ReadonlySet<string> = new Set(['none', 'cdk:tree', 'cdk:feature-flag-report']);

const strange = ({ where, type }: Artifact): Problem => ({
  code: 'unsupported-version',
  message: `${where} is of the type ${JSON.stringify(type)}, and what deploying that does is not known`,
  mend: 'use a newer check-plan',
  source: null,
});
