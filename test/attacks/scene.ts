import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preAuthentication, writeEnvelope } from '../../src/signoff/envelope.ts';
import { fingerprint, parsePublicKey } from '../../src/signoff/public-key.ts';
import { NAMESPACE } from '../../src/signoff/sshsig.ts';
import { type Outside, type Ran, runIn } from '../cli/memory-io.ts';
import { createRepository, missing } from '../end-to-end/repository.ts';

export { missing };

/** What a suite is called where it cannot run. */
export const named = (name: string): string =>
  `${name}${missing ? ' (SKIPPED: git or ssh-keygen is missing)' : ''}`;

const RECORDS = '.check-plan/sign-offs';
const POLICY = 'check-plan.yaml';
export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const HOUR = 3_600_000;

/**
 * The incident in a real repository, with real keys: an agent wrote the change for carol, plan.json is what Terraform made of
 * it. Alice and carol are seniors, bob is not, mallory is nobody.
 */
export interface Scene {
  readonly cwd: string;
  /** The report on the plan, and the exit code. */
  check(more?: readonly string[], outside?: Outside): Promise<Checked>;
  /** `check-plan sign` at a terminal, by whoever has the key. */
  sign(key: string, more?: readonly string[], outside?: Outside): Promise<Ran>;
  /** The records that lie there, by path. */
  records(): readonly string[];
  /** Puts a record where the gate looks for it; the name is that of a record of the plan. */
  put(record: Uint8Array | string): void;
  read(name: string): string;
  write(name: string, text: string): void;
  /** A statement of alice's with parts of it written otherwise, signed by the key with ssh-keygen. */
  forged(key: string, edit?: (statement: Statement) => void, namespace?: string): Buffer;
  git(...args: readonly string[]): string;
}

// biome-ignore lint/suspicious/noExplicitAny: an attacker writes what they like
export type Statement = any;

export interface Checked {
  readonly exitCode: number;
  // biome-ignore lint/suspicious/noExplicitAny: the report as any program reads it
  readonly report: any;
  /** For each record the step that it was refused at, or `accepted`. */
  readonly verdicts: readonly string[];
}

let base: { folder: string; statement: string; name: string } | null = null;

/** A scene of its own for each test; nobody has signed in it. */
export async function scene(): Promise<Scene> {
  base ??= await firstScene();
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
  cpSync(base.folder, cwd, { recursive: true });
  return sceneIn(cwd, base);
}

async function firstScene(): Promise<{ folder: string; statement: string; name: string }> {
  const folder = createRepository(mkdtempSync(join(tmpdir(), 'check-plan-attacks-')));
  const signed = mkdtempSync(join(tmpdir(), 'check-plan-signed-'));
  cpSync(folder, signed, { recursive: true });
  await sceneIn(signed, { statement: '', name: '' }).sign('alice');
  const [name = ''] = readdirSync(join(signed, RECORDS));
  const { payload } = JSON.parse(readFileSync(join(signed, RECORDS, name), 'utf8'));
  return { folder, statement: Buffer.from(payload, 'base64').toString(), name };
}

function sceneIn(cwd: string, { statement, name }: { statement: string; name: string }): Scene {
  const env = { PATH: process.env['PATH'] };
  const at = (file: string): string => join(cwd, file);
  return {
    cwd,
    check: async (more = [], outside = {}) => {
      const argv = ['plan.json', '--commits', 'main..HEAD', ...more, '--format', 'json'];
      const { exitCode, stdout } = await runIn(argv, { cwd, env, now: () => NOW, ...outside });
      const report = JSON.parse(stdout);
      const verdicts = report.signOffs.map(({ accepted, steps }: Statement) =>
        accepted ? 'accepted' : steps.at(-1).step,
      );
      return { exitCode, report, verdicts };
    },
    sign: (key, more = [], outside = {}) =>
      runIn(['sign', 'plan.json', '--commits', 'main..HEAD', '--key', `keys/${key}`, ...more], {
        cwd,
        env,
        now: () => NOW,
        isTerminal: { stdin: true, stdout: true, stderr: true },
        ask: async () => '5',
        ...outside,
      }),
    records: () => {
      try {
        return readdirSync(at(RECORDS)).map((each) => join(RECORDS, each));
      } catch {
        return [];
      }
    },
    put: (record) => {
      mkdirSync(at(RECORDS), { recursive: true });
      writeFileSync(at(join(RECORDS, name)), record);
    },
    read: (file) => readFileSync(at(file), 'utf8'),
    write: (file, text) => writeFileSync(at(file), text),
    forged: (key, edit = () => {}, namespace = NAMESPACE) => {
      const edited = JSON.parse(statement);
      edit(edited);
      const payload = Buffer.from(JSON.stringify(edited));
      return recordBy(at(`keys/${key}`), payload, namespace);
    },
    git: (...args) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim(),
  };
}

/** A record over any payload, signed with ssh-keygen. */
export function recordBy(key: string, payload: Uint8Array, namespace = NAMESPACE): Buffer {
  const armoured = execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', namespace], {
    input: preAuthentication(payload),
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString();
  const blob = Buffer.from(armoured.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return writeEnvelope(payload, fingerprint(parsePublicKey(readFileSync(`${key}.pub`, 'utf8'))), blob);
}

/** The policy with a part of it written otherwise. */
export function withPolicy(here: Scene, edit: (yaml: string) => string): void {
  here.write(POLICY, edit(here.read(POLICY)));
}
