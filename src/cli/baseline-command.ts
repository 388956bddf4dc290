import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { folderAt } from '../adapters/assembly.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import { INDEX } from '../readers/cdk/baseline-index.ts';
import type { Io } from './io.ts';

export interface BaselineOptions {
  readonly app: string;
  readonly output: string;
  readonly toolkitStackName: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
}

/** `check-plan baseline`: writes what is deployed. All of it is fetched before the first file is written. */
export async function baselineCommand(options: BaselineOptions, io: Io): Promise<number> {
  const { fetchDeployed } = await import('../adapters/deployed.ts');
  const aws = {
    region: options.region ?? null,
    profile: options.profile ?? null,
    endpointUrl: options.endpointUrl ?? null,
    env: io.env,
  };
  const app = folderAt(resolve(io.cwd, options.app), options.app);
  const files = await fetchDeployed(app, aws, options.toolkitStackName);
  const output = resolve(io.cwd, options.output);
  await clear(output, options.output);
  for (const [path, text] of files) {
    await mkdir(dirname(join(output, path)), { recursive: true });
    await writeFile(join(output, path), text);
  }
  const templates = files.size - 1;
  io.stdout(
    `${templates} ${templates === 1 ? 'template' : 'templates'} of what is deployed of ${options.app} written to ${options.output}\n`,
  );
  return EXIT.allowed;
}

/** A template of an earlier run that is no longer deployed must not stay; what somebody else put there must. */
async function clear(output: string, name: string): Promise<void> {
  const entries = await readdir(output).catch((): string[] => []);
  if (entries.length === 0) return;
  if (!entries.includes(INDEX))
    throw new CheckError(
      'usage',
      `${name} is there, and is no baseline`,
      'name another folder with --output',
    );
  await rm(output, { recursive: true });
}
