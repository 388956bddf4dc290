import fc from 'fast-check';
import { expect, test } from 'vitest';
import { built, type CliCommand } from '../../src/cli/command.ts';
import { checkPlan } from '../../src/cli/commands/check.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { Io } from '../../src/cli/io.ts';
import { plainCheck } from '../../src/cli/plain.ts';

// Nothing is run.
const NOWHERE = {} as Io;

/** What the parser of all other command lines makes of it: null where it is no check. */
async function parsed(argv: readonly string[]) {
  let heard: unknown = null;
  const spec: CliCommand = {
    ...checkPlan,
    async run([inputs]: readonly [readonly string[]], options: object) {
      heard = { inputs, options };
      return 0;
    },
  };
  const program = built(spec, NOWHERE, () => {})
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const command of COMMANDS)
    program.addCommand(built({ ...command, run: async () => 0 }, NOWHERE, () => {}).exitOverride());
  await program.parseAsync([...argv], { from: 'user' }).catch(() => {});
  return heard;
}

test('what is understood without the parser is what the parser understands', async () => {
  const word = fc.oneof(
    fc.constantFrom(
      '--quiet',
      '--no-color',
      'plan.json',
      'a/b',
      'tfplan',
      '-',
      '--',
      '--help',
      '-h',
      './-x',
      '.',
    ),
    fc.constantFrom(
      '--format',
      '--format=json',
      '--policy',
      '-q',
      '--quiet=1',
      '',
      'help',
      '--jobs',
      '-/a',
      '--a.b',
    ),
    fc.constantFrom(...COMMANDS.map(({ name }) => name)),
    fc.string({ maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (argv) => {
      const plain = plainCheck(argv);
      if (plain !== null) expect(plain).toEqual(await parsed(argv));
    }),
    { numRuns: 1000 },
  );
});

test('files are understood, and no command is', () => {
  for (const argv of [['plan.json'], ['--quiet', './a', 'tfplan'], ['plans/x.json', '--no-color']])
    expect(plainCheck(argv)).not.toBeNull();
  for (const argv of [
    [],
    ['--quiet'],
    ['-'],
    ['plan.json', '--jobs', '2'],
    ...COMMANDS.map(({ name }) => [name]),
  ])
    expect(plainCheck(argv)).toBeNull();
});
