import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { CheckError } from '../model/error.ts';
import { decodeBase64 } from '../signoff/base64.ts';
import { type PublicKey, parsePublicKey } from '../signoff/public-key.ts';

export interface SignRequest {
  /** A private key file, or a `.pub` file whose private half is in the agent. */
  readonly keyFile: string;
  readonly message: Uint8Array;
  readonly namespace: string;
  /** Gets what ssh-keygen says meanwhile, such as the request to touch the key. */
  readonly onNotice?: (text: string) => void;
  readonly run?: RunProgram;
}

export type RunProgram = (
  args: readonly string[],
  input: Uint8Array,
  onNotice: (text: string) => void,
) => Promise<Ended>;

interface Ended {
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/**
 * A raw SSHSIG blob over the message, made by OpenSSH's own program, which asks for passphrase, PIN or touch. Throws
 * `sign-failed` with that program's words.
 */
export async function signWithSshKeygen(request: SignRequest): Promise<Uint8Array> {
  const { keyFile, message, namespace, onNotice = () => {}, run = runSshKeygen } = request;
  const ended = await run(['-Y', 'sign', '-n', namespace, '-f', keyFile], message, onNotice);
  if (ended.code !== 0) throw failed(`ssh-keygen could not sign with ${keyFile}`, ended);
  return unarmoured(Buffer.from(ended.stdout).toString('latin1'));
}

/** The public half of a key file: from `KEY.pub` beside it, else from ssh-keygen. Throws `sign-failed`. */
export async function publicKeyOf(keyFile: string, run: RunProgram = runSshKeygen): Promise<PublicKey> {
  const line =
    (await textOf(keyFile.endsWith('.pub') ? keyFile : `${keyFile}.pub`)) ?? (await derived(keyFile, run));
  try {
    return parsePublicKey(line);
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    throw new CheckError(
      'sign-failed',
      `the public key of ${keyFile} cannot be used: ${error.message}`,
      'sign with a key that is in the roster',
      error,
    );
  }
}

async function derived(keyFile: string, run: RunProgram): Promise<string> {
  if (keyFile.endsWith('.pub'))
    throw new CheckError(
      'sign-failed',
      `the public key file ${keyFile} cannot be read`,
      'check the path of the key',
    );
  const ended = await run(['-y', '-f', keyFile], new Uint8Array(), () => {});
  if (ended.code !== 0) throw failed(`ssh-keygen could not read the key ${keyFile}`, ended);
  return Buffer.from(ended.stdout).toString('utf8');
}

const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

const ARMOUR = /^-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,76}\n)+)-----END SSH SIGNATURE-----\n$/;

function unarmoured(text: string): Uint8Array {
  const body = ARMOUR.exec(text.replaceAll('\r\n', '\n'))?.[1];
  const blob = body === undefined ? null : decodeBase64(body.replaceAll('\n', ''));
  if (blob === null)
    throw new CheckError('sign-failed', 'ssh-keygen printed something that is not an SSH signature', UPDATE);
  return blob;
}

const UPDATE = 'use OpenSSH 8.2 or newer';

function failed(what: string, { code, stderr }: Ended): CheckError {
  const words = stderr.trim().replace(/\s*\n\s*/g, '; ');
  const unable = /unknown option|illegal option|unsupported operation/i.test(stderr);
  return new CheckError(
    'sign-failed',
    `${what}: ${words === '' ? `it ended with code ${code}` : words}`,
    unable ? UPDATE : 'check the key with `ssh-keygen -y -f KEY`, or `ssh-add -L` for a key in the agent',
  );
}

/** The terminal stays the program's own, so that it can ask for a passphrase there. */
const runSshKeygen: RunProgram = (args, input, onNotice) =>
  new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, { stdio: 'pipe' });
    const stdout: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      onNotice(chunk);
    });
    // A program that ends without reading closes the pipe; its exit code says why.
    child.stdin.on('error', () => {});
    child.on('error', (error) =>
      reject(
        new CheckError(
          'sign-failed',
          `ssh-keygen cannot be started: ${error.message}`,
          'install OpenSSH, which brings ssh-keygen',
          error,
        ),
      ),
    );
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }));
    child.stdin.end(input);
  });
