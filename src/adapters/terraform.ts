import { CheckError } from '../model/error.ts';
import type { Program, Terraform } from './program.ts';

/**
 * The JSON of a saved plan, as `terraform show -json` prints it. The program runs in the folder where `terraform init`
 * ran, since it asks the providers there for their schemas.
 */
export async function* showPlan(
  file: string,
  name: string,
  cwd: string,
  program: Program,
  env: Terraform['env'],
): AsyncGenerator<Uint8Array> {
  const { spawn } = await import('node:child_process');
  const child = spawn(program.path, ['show', '-no-color', '-json', file], {
    cwd,
    // Some programs look at the name that they are started by to know which of several they are.
    argv0: program.name,
    env: withoutSwitches(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | Error>((resolve) => {
    child.on('error', resolve);
    child.on('close', (code) => resolve(code ?? 1));
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  try {
    yield* child.stdout;
    const code = await ended;
    if (code !== 0) throw failed(program.name, name, code, complaint);
  } finally {
    child.kill();
  }
}

/** The caller's environment without what changes the output of `terraform show` behind our back. */
function withoutSwitches(env: Terraform['env']): Record<string, string | undefined> {
  const { TF_CLI_ARGS: _all, TF_CLI_ARGS_show: _show, TF_LOG: _log, ...rest } = env;
  return { ...rest, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
}

function failed(command: string, name: string, code: number | Error, complaint: string): CheckError {
  const why = typeof code === 'number' ? `it ended with ${code}` : code.message;
  const said = complaint.trim().split('\n').slice(-6).join(' ').trim();
  return new CheckError(
    'terraform-failed',
    `\`${command} show -json\` could not show ${name}: ${why}${said === '' ? '' : `: ${said}`}`,
    'run check-plan in the folder where `init` ran, with the version that wrote the plan',
  );
}
