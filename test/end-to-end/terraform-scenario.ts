import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A life of one resource: what is applied first, what is planned then. */
export interface Scenario {
  readonly name: string;
  /** Applied; null for nothing at all. */
  readonly before: string | null;
  /** Planned. */
  readonly after: string;
  /** Terraform commands between the two, each may fail. */
  readonly between?: readonly (readonly string[])[];
  /** The deposed key of a second object of the same address, written into the state as a broken apply leaves it. */
  readonly leftOver?: string;
  readonly planArguments?: readonly string[];
}

export interface Planned {
  readonly folder: string;
  /** The name of the saved plan in it. */
  readonly plan: string;
  /** Whether `terraform plan` ended well. */
  readonly succeeded: boolean;
}

export const TERRAFORM_ENV: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  TF_IN_AUTOMATION: '1',
  CHECKPOINT_DISABLE: '1',
};

/** Plays a scenario with the real terraform, in a folder of its own. The built-in provider needs no download. */
export async function play({
  before,
  after,
  between = [],
  leftOver,
  planArguments = [],
}: Scenario): Promise<Planned> {
  const folder = mkdtempSync(join(tmpdir(), 'check-plan-terraform-'));
  const configure = (text: string): void => writeFileSync(join(folder, 'main.tf'), text);
  const terraform = (...args: readonly string[]): Promise<boolean> => runTerraform(folder, args);
  const must = async (...args: readonly string[]): Promise<void> => {
    if (!(await terraform(...args))) throw new Error(`terraform ${args.join(' ')} failed in ${folder}`);
  };
  configure(before ?? '');
  await must('init', '-input=false');
  if (before !== null) await must('apply', '-auto-approve', '-input=false');
  if (leftOver !== undefined) leaveOver(join(folder, 'terraform.tfstate'), leftOver);
  for (const command of between) await must(...command);
  configure(after);
  const succeeded = await terraform('plan', '-input=false', '-out=tfplan', ...planArguments);
  return { folder, plan: 'tfplan', succeeded };
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

function leaveOver(path: string, deposed: string): void {
  const state = JSON.parse(readFileSync(path, 'utf8'));
  const [{ instances }] = state.resources;
  const [current] = instances;
  instances.push({ ...current, deposed, attributes: { ...current.attributes, id: 'left-over' } });
  writeFileSync(path, JSON.stringify({ ...state, serial: state.serial + 1 }));
}

/** Whether it ended with 0. */
const runTerraform = async (cwd: string, args: readonly string[]): Promise<boolean> => {
  try {
    await promisify(execFile)('terraform', [...args], { cwd, env: TERRAFORM_ENV });
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'number') return false;
    throw thrown;
  }
};
