import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Planned, play, TERRAFORM_ENV } from './terraform-scenario.ts';

export const missingTerraform = spawnSync('terraform', ['version']).status !== 0;
export const REAL_TERRAFORM = spawnSync('sh', ['-c', 'command -v terraform'], {
  encoding: 'utf8',
}).stdout.trim();

const COMMAND = resolve(import.meta.dirname, '../../bin/check-plan.js');

export interface Applied {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What came out so far. */
  readonly seen: () => string;
  readonly ended: Promise<Applied>;
}

/** The built command as a process of its own, since it hands its streams and its signals on. */
export function start(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...TERRAFORM_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Applied>((done) => {
    child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
  return { child, seen: () => stdout + stderr, ended };
}

export const runCommand = (
  cwd: string,
  args: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Applied> => start(cwd, args, env).ended;

/** Everything may be applied unsigned: for tests of how it is applied. */
export const OPEN_POLICY = `version: 1
signOff:
  required:
    critical: { ai: none, unknown: none }
    high: { ai: none, unknown: none }
`;

/** Whatever is lost is to be signed, however little a terraform_data holds. */
export const STRICT_POLICY = `version: 1
signOff:
  required:
    medium: { ai: { persons: 1, level: senior }, unknown: { persons: 1, level: senior } }
    low: { ai: { persons: 1, level: senior }, unknown: { persons: 1, level: senior } }
`;

export const data = (value: string, more = ''): string =>
  `resource "terraform_data" "main" {\n  triggers_replace = "${value}"\n  input = "${value}"\n${more}\n}\n`;

/** A folder where `from` is applied and `to` is planned. */
export async function planned(
  policy: string,
  after: string,
  before: string | null = null,
): Promise<Planned & { readonly planFile: string }> {
  const scene = await play({ name: 'apply', before, after });
  writeFileSync(join(scene.folder, 'check-plan.yaml'), policy);
  return { ...scene, planFile: join(scene.folder, scene.plan) };
}

/** The value of the one resource in the state; null where there is none. */
export function inState(folder: string): string | null {
  try {
    const { resources } = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8'));
    return resources[0]?.instances[0]?.attributes.triggers_replace.value ?? null;
  } catch {
    return null;
  }
}

/** A program that is started in terraform's place: `script` runs first and has the arguments, then terraform itself. */
export function wrapper(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'check-plan-wrapper-')), 'terraform');
  writeFileSync(path, `#!/bin/sh\n${script}\nexec ${REAL_TERRAFORM} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
