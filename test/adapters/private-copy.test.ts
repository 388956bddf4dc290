import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PrivateCopy, privateCopy } from '../../src/adapters/private-copy.ts';

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

let before: string | undefined;
let temporary = '';
beforeEach(() => {
  before = process.env['TMPDIR'];
  temporary = mkdtempSync(join(tmpdir(), 'check-plan-copies-'));
  process.env['TMPDIR'] = temporary;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
});

async function copied(use: (copy: PrivateCopy) => Promise<void>, ...texts: readonly string[]): Promise<void> {
  const copy = await privateCopy(chunks(...texts));
  try {
    await use(copy);
  } finally {
    await copy.remove();
  }
}

test('a program that is started finds exactly the bytes, and their hash is known', async () => {
  await copied(
    async (copy) => {
      expect(execFileSync('cat', [copy.path], { encoding: 'utf8' })).toBe('PK one two');
      expect(copy.digest).toBe(createHash('sha256').update('PK one two').digest('hex'));
      await copy.verify();
    },
    'PK ',
    'one ',
    'two',
  );
});

const hasProc = existsSync('/proc/self/fd');

test.runIf(hasProc)('it has no name under which another file could be put in its place', async () => {
  await copied(async () => {
    expect(readdirSync(temporary)).toEqual([]);
  }, 'plan');
});

test.runIf(hasProc)('a change to it, by whoever may reach into this process, is seen', async () => {
  await copied(async (copy) => {
    chmodSync(copy.path, 0o600);
    writeFileSync(copy.path, 'another plan');
    await expect(copy.verify()).rejects.toMatchObject({ code: 'apply-refused' });
  }, 'plan');
});

test('bytes that stop half-way leave nothing behind', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('PK');
    throw new Error('the disk is gone');
  }
  await expect(privateCopy(broken())).rejects.toThrow('the disk is gone');
  expect(readdirSync(temporary)).toEqual([]);
});

test('it can be read many times, also while it is verified', async () => {
  const text = 'x'.repeat(1_000_000);
  await copied(async (copy) => {
    await Promise.all([copy.verify(), copy.verify()]);
    expect(readFileSync(copy.path, 'utf8')).toBe(text);
    await copy.verify();
  }, text);
});
