import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ACTION = resolve(import.meta.dirname, '../..');

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Job {
  /** Where the repository is checked out. */
  readonly workspace: string;
  /** The payload of the event. */
  readonly event: unknown;
  /** Variables that GitHub sets for the job. */
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Ran {
  /** What the step of the job ended with: 0, or that of the first step of the action that failed. */
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
  /** Actions of others that would have run, with their inputs. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

/** Runs the composite action as the runner of GitHub does: each step a bash of its own, with its files and variables. */
export async function runAction({ workspace, event, env, inputs }: Job, temp: string): Promise<Ran> {
  const action: Action = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8'));
  const unknown = Object.keys(inputs).filter((name) => !(name in action.inputs));
  if (action.runs.using !== 'composite' || unknown.length > 0) throw new Error(`no such input: ${unknown}`);
  const folder = mkdtempSync(join(temp, 'runner-'));
  const eventFile = join(folder, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event));
  const summaryFile = join(folder, 'summary.md');
  const steps: Record<string, Record<string, string>> = {};
  const contexts: Record<string, string> = {
    'github.action_path': ACTION,
    'github.workflow': env['GITHUB_WORKFLOW'] ?? '',
    'github.job': env['GITHUB_JOB'] ?? '',
    'github.token': env['TOKEN_OF_THE_JOB'] ?? '',
  };
  const contextValue = (name: string): string => {
    const [kind = '', key = '', , output = ''] = name.split('.');
    if (kind === 'inputs') return inputs[key] ?? filled(action.inputs[key]?.default ?? '');
    if (kind === 'steps') return steps[key]?.[output] ?? '';
    if (name in contexts) return contexts[name] ?? '';
    throw new Error(`the runner of this test does not know \${{ ${name} }}`);
  };
  const filled = (text: string): string =>
    text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name) => contextValue(name));
  const holds = (condition: string): boolean =>
    condition.split(' && ').every((part) => {
      const [, name, operator, value] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
      if (name === undefined) return part === 'always()';
      return (contextValue(name) === value) === (operator === '==');
    });

  let [exitCode, log] = [0, ''];
  const used: { uses: string; with: Readonly<Record<string, string>> }[] = [];
  for (const [index, step] of action.runs.steps.entries()) {
    if (exitCode !== 0 && !step.if?.includes('always()')) continue;
    if (step.if !== undefined && !holds(step.if)) continue;
    if (step.uses !== undefined) {
      const given = Object.entries(step.with ?? {}).map(([key, value]) => [key, filled(value)]);
      used.push({ uses: step.uses, with: Object.fromEntries(given) });
      continue;
    }
    const script = join(folder, `${index}.sh`);
    const outputFile = join(folder, `${index}.output`);
    writeFileSync(script, filled(step.run ?? ''));
    writeFileSync(outputFile, '');
    const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)]);
    const ended = await bash(script, filled(step['working-directory'] ?? workspace), {
      ...env,
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
      RUNNER_TEMP: made(join(folder, 'temp')),
      ...Object.fromEntries(own),
    });
    log += ended.output;
    if (step.id !== undefined) steps[step.id] = outputsOf(readFileSync(outputFile, 'utf8'));
    if (exitCode === 0) exitCode = ended.code;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]);
  return { exitCode, outputs: Object.fromEntries(outputs), log, summary: textOf(summaryFile), used };
}

/** As the runner starts `shell: bash`. */
function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  return new Promise((done, failed) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', failed);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

const outputsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
