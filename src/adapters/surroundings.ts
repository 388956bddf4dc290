import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { filesOf } from './found.ts';
import { type GitPlace, runGit } from './git.ts';

/** What plans in a repository, and what runs its pipelines. */
export interface Surroundings {
  /** Folders that Terraform or OpenTofu is run in, from the top of the repository; `.` is the top. */
  readonly terraform: readonly string[];
  readonly hasTerragrunt: boolean;
  /** Folders of CDK apps. */
  readonly cdk: readonly string[];
  readonly ci: CiSystem | null;
}

export type CiSystem = (typeof MARKS)[number][0];

/** The file that each system is set up by, and who hosts the repository, where there is none. */
const MARKS = [
  ['GitHub Actions', /^\.github\//, /github/i],
  ['GitLab CI', /^\.gitlab-ci\.ya?ml$/, /gitlab/i],
  ['Jenkins', /^Jenkinsfile$/, null],
  ['AWS CodeBuild', /(?:^|\/)buildspec\.ya?ml$/, /codecommit/i],
  ['Atlantis', /^atlantis\.ya?ml$/, null],
  ['Spacelift', /^\.spacelift\//, null],
] as const;

export async function surroundingsOf(place: GitPlace): Promise<Surroundings> {
  const { cwd: folder } = place;
  const files = (await filesOf(folder)).map((file) => ({
    file,
    path: relative(folder, file).replaceAll('\\', '/'),
  }));
  const remote = await remoteOf(place);
  const ci =
    MARKS.find(([, mark]) => files.some(({ path }) => mark.test(path))) ??
    MARKS.find(([, , host]) => host?.test(remote) === true);
  const configurations = files.filter(({ path }) => path.endsWith('.tf'));
  const roots = new Set<string>();
  for (const { file, path } of configurations) {
    if (ROOT.test(await readFile(file, 'utf8'))) roots.add(dirname(path));
  }
  return {
    terraform: [...roots].sort(),
    hasTerragrunt: files.some(({ path }) => /(?:^|\/)(?:terragrunt|root)\.hcl$/.test(path)),
    cdk: files.flatMap(({ path }) => (/(?:^|\/)cdk\.json$/.test(path) ? [dirname(path)] : [])).sort(),
    ci: ci?.[0] ?? null,
  };
}

/** A module has neither: what names a backend or sets up a provider is what is run. */
const ROOT = /^\s*(?:backend\s+"|cloud\s*\{|provider\s+")/m;

async function remoteOf(place: GitPlace): Promise<string> {
  const { stdout } = await runGit(['config', '--get', 'remote.origin.url'], place, 'input-unreadable');
  return stdout.toString('utf8').trim();
}
