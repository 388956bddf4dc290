import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { CheckError } from '../model/error.ts';

/** A program of the machine, found once and then always started from the same file. */
export interface Program {
  /** As people know it: its name, or the path that they gave. */
  readonly name: string;
  /** The file itself, behind every link. */
  readonly path: string;
  /** Whether the file is still the one that was found. */
  isSame(): Promise<boolean>;
}

/** What `terraform` stands for. */
export interface Terraform {
  /** The program as the caller names it; null to take the first of `terraform` and `tofu` on the path. */
  readonly program: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Finds the program as a shell in `cwd` would. Throws `terraform-failed`. */
export async function findTerraform({ program, env }: Terraform, cwd: string): Promise<Program> {
  for (const name of program === null ? ['terraform', 'tofu'] : [program]) {
    for (const path of placesOf(name, env, cwd)) {
      const found = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return programAt(path, program ?? path);
    }
  }
  throw new CheckError(
    'terraform-failed',
    program === null
      ? 'a saved plan is shown through terraform or tofu, and neither is on the path'
      : `there is no program ${program} that could show a saved plan`,
    'install one, name it with --terraform PROGRAM, or give the output of `terraform show -json tfplan`',
  );
}

const placesOf = (name: string, env: Terraform['env'], cwd: string): readonly string[] =>
  /[/\\]/.test(name)
    ? [resolve(cwd, name)]
    : (env['PATH'] ?? '')
        .split(delimiter)
        .filter((folder) => folder !== '')
        .map((folder) => join(resolve(cwd, folder), name));

async function programAt(place: string, name: string): Promise<Program> {
  const path = await realpath(place);
  const seen = await identityOf(path);
  return { name, path, isSame: async () => (await identityOf(path)) === seen };
}

const identityOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(' '),
    () => 'gone',
  );
