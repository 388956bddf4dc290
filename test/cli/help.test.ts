import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runIn } from './memory-io.ts';

test.each([[[]], ...COMMANDS.map(({ name }) => [[name]])])('help of %j fits 80 columns', async (command) => {
  const { exitCode, stdout } = await runIn([...command, '--help'], { columns: 80 });
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
