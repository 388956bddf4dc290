import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lookAround } from '../adapters/found.ts';
import { POLICY_FILE } from '../adapters/policy-file.ts';
import { repositoryOf } from '../adapters/repository.ts';
import { type Surroundings, surroundingsOf } from '../adapters/surroundings.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import { firstPolicy } from '../policy/init.ts';
import { visible } from '../reporters/visible.ts';
import { pipelineFile } from './init/pipeline.ts';
import type { Io } from './io.ts';

/** `check-plan init`: a first policy and a step of the pipeline, from what the repository shows. Writes over nothing. */
export async function initCommand(io: Io): Promise<number> {
  const repository = await repositoryOf({ cwd: io.cwd, env: io.env });
  const folder = repository.is === 'work-tree' ? repository.top : io.cwd;
  const [found, around] = await Promise.all([
    lookAround(folder, io.env),
    surroundingsOf({ cwd: folder, env: io.env }),
  ]);
  const pipeline = pipelineFile(around);
  const files = [{ path: POLICY_FILE, text: firstPolicy(found) }, ...(pipeline === null ? [] : [pipeline])];
  const written: string[] = [];
  for (const { path, text } of files) if (await writeNew(join(folder, path), text)) written.push(path);
  const kept = files.map(({ path }) => path).filter((path) => !written.includes(path));
  if (written.length === 0) {
    throw new CheckError(
      'usage',
      `${kept.join(' and ')} exist already`,
      'edit them, or move them away first',
    );
  }
  const isWritten = pipeline !== null && written.includes(pipeline.path);
  io.stdout(
    `${[
      'Found',
      row('plans', listed(plansOf(around))),
      row('pipeline', around.ci ?? 'none that is known'),
      row(
        'accounts',
        `${listed(found.accounts)}${found.accounts.length > 0 ? ' (taken for production)' : ''}`,
      ),
      row('environments', listed([...found.environments, ...found.workspaces])),
      row('signing key', listed(found.signers.flatMap(({ id, key }) => (key === null ? [] : [id])))),
      '',
      'Written',
      ...written.map((path) => `  ${join(folder, path)}`),
      ...kept.map((path) => `  ${path} was there already, and is left as it is`),
      '',
      'Next',
      `  1. Read ${POLICY_FILE}, and give level senior to those of its roster who may sign.`,
      isWritten
        ? `  2. Read ${pipeline.path}, and ${pipeline.next}.`
        : '  2. Put the check between plan and apply: docs/pipelines.md has a file for each system.',
      '  3. Merge both into the protected branch: on a pull request the policy is read from there.',
    ]
      .map(visible)
      .join('\n')}\n`,
  );
  return EXIT.allowed;
}

/** Whether it was written: a file that is there is left as it is. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

const plansOf = ({ terraform, hasTerragrunt, cdk }: Surroundings): readonly string[] => [
  ...(hasTerragrunt
    ? ['Terragrunt']
    : terraform.map((path) => (path === '.' ? 'Terraform' : `Terraform in ${path}`))),
  ...cdk.map((path) => (path === '.' ? 'CDK' : `CDK in ${path}`)),
];

const row = (label: string, text: string): string => `  ${label.padEnd(14)}${text}`;

const listed = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));
