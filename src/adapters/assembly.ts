import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { FolderSource } from '../judge.ts';
import { CheckError } from '../model/error.ts';
import type { Folder } from '../readers/cdk/folder.ts';
import type { AwsOptions } from './aws/options.ts';
import { readCatalogueFile } from './catalogue-files.ts';

/** A folder on disk that remembers what was read of it. */
interface ReadFolder extends Folder {
  /** sha256 (hex) over the name and the bytes of every file that was read, in the order of the names. */
  digest(): string;
}

/**
 * A folder of files that belong together. A file that a link leads out of it is refused: whoever wrote the folder could
 * show another file than the one that is deployed.
 */
export function folderAt(path: string, name: string): ReadFolder {
  const root = realOf(path, name);
  const seen = new Map<string, string>();
  return {
    name,
    read(file) {
      const there = join(root, ...file.split('/'));
      if (!isFile(there)) return null;
      if (!realOf(there, `${name}/${file}`).startsWith(root + sep))
        throw unreadable(`${name}/${file}`, 'it is a link that leads out of the folder');
      const bytes = readBytes(there, `${name}/${file}`);
      seen.set(file, createHash('sha256').update(bytes).digest('hex'));
      return bytes;
    },
    names: () => entriesOf(root, name),
    digest() {
      const lines = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map((line) => JSON.stringify(line));
      return createHash('sha256').update(lines.join('\n')).digest('hex');
    },
  };
}

/**
 * A CDK assembly, judged against the baseline that is named, or against nothing: then it cannot be judged, and the report
 * says so. What reads it is loaded only here.
 */
export function openAssembly(name: string, cwd: string, deployed: Deployed | null): FolderSource {
  const folder = folderIn(cwd, name);
  const baseline = typeof deployed === 'string' ? folderIn(cwd, deployed) : null;
  let asked: Promise<Folder> | null = null;
  // AWS is asked once, whoever wants to know.
  const there = async (): Promise<Folder | null> => {
    if (deployed === null || typeof deployed === 'string') return baseline;
    asked ??= live(folder, deployed);
    return await asked;
  };
  return {
    name,
    async read(onChange) {
      const { readBaseline, readCdk, replacementsIn } = await import('../readers/cdk/read.ts');
      const replacements = replacementsIn(
        readCatalogueFile('replacement/own.tsv'),
        readCatalogueFile('replacement/aws.tsv'),
      );
      const before = await there();
      return readCdk(folder, before && (await readBaseline(before)), replacements, onChange);
    },
    async dependencies() {
      const { readBaseline, readCdkDependencies } = await import('../readers/cdk/dependencies.ts');
      const before = await there();
      return readCdkDependencies(folder, before && (await readBaseline(before)));
    },
    digest: () => folder.digest(),
  };
}

/** The folder that says what is deployed, or how AWS is asked for it. */
export type Deployed = string | AwsOptions;

async function live(app: Folder, options: AwsOptions): Promise<Folder> {
  const { fetchDeployed, folderOfFiles } = await import('./deployed.ts');
  return folderOfFiles(await fetchDeployed(app, options), 'what is deployed');
}

const folderIn = (cwd: string, name: string): ReadFolder =>
  folderAt(resolve(cwd, name), name.replace(/(?<=[^/])\/+$/, ''));

/** Whether a folder is an assembly: its manifest lists artifacts. */
export function isAssembly(path: string): boolean {
  const manifest = join(path, 'manifest.json');
  if (!isFile(manifest)) return false;
  if (isFile(join(path, 'cdk.out'))) return true;
  try {
    const document: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return (
      typeof document === 'object' && document !== null && 'artifacts' in document && 'version' in document
    );
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  const there = statOf(path, statSync);
  if (there !== null) return there.isFile();
  // A link that leads nowhere is there all the same, and must not count as a file that is not.
  if (statOf(path, lstatSync)?.isSymbolicLink() === true)
    throw unreadable(path, 'it is a link that leads nowhere');
  return false;
}

function statOf(path: string, read: (path: string) => Stats): Stats | null {
  try {
    return read(path);
  } catch {
    return null;
  }
}

function realOf(path: string, name: string): string {
  try {
    return realpathSync(path);
  } catch (thrown) {
    throw unreadable(name, because(thrown), thrown);
  }
}

function readBytes(path: string, name: string): Uint8Array {
  try {
    if (statSync(path).size > LONGEST) throw new Error(`it is larger than ${LONGEST} bytes`);
    return readFileSync(path);
  } catch (thrown) {
    throw unreadable(name, because(thrown), thrown);
  }
}

/** The manifest of an app with many thousands of resources has some ten megabytes. */
const LONGEST = 256 * 1024 * 1024;

function entriesOf(path: string, name: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (thrown) {
    throw unreadable(name, because(thrown), thrown);
  }
}

const because = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const unreadable = (name: string, why: string, cause?: unknown): CheckError =>
  new CheckError(
    'input-unreadable',
    `${name} cannot be read: ${why}`,
    'synthesise the app with `cdk synth`',
    cause,
  );
