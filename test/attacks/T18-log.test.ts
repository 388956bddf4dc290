import { expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';

test.each([
  ['an option', ['-', '--policy', 'git:##vso[task.setvariable variable=token]x']],
  ['a rule', ['rules', '##[group]x']],
  ['a record and a plan', ['verify', '##vso[task.complete]', '##vso[task.complete]']],
])('no build system runs a word out of %s', async (_, argv) => {
  const { stdout, stderr } = await runIn(argv);
  expect(stderr).not.toBe('');
  expect(`${stdout}${stderr}`).not.toMatch(/##[a-z]*\[/i);
});
