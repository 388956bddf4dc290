import { Option } from 'commander';
import type { ApplyOptions } from '../apply-command.ts';
import { attestOptions } from '../attest-options.ts';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { collectFormat, nameOf } from '../options.ts';

export const apply: CliCommand = {
  name: 'apply',
  summary: 'apply exactly what was judged, or nothing',
  description: `Judges a saved plan, and applies that very plan when it is allowed: a private copy of the file is hashed, shown,
judged and applied, so that nothing can be exchanged in between. Arguments after \`--\` go to the apply, where they
cannot change what is applied. A change set is asked of AWS, judged, asked for again, and executed when it is still the
same; then the events of the stack are followed to the end. The report goes to the standard error. Exit code 4: it was
allowed and begun, and failed; the other codes mean that nothing was applied.`,
  arguments: [
    ['[input]', 'a saved plan, the ARN of a change set, or delete-stack:NAME'],
    ['[arguments...]', 'after `--`: arguments of `terraform apply`, such as -parallelism=5'],
  ],
  options: [
    new Option('--format <format>', 'text or json, with =FILE to write it there; repeatable').argParser(
      collectFormat,
    ),
    new Option('--quiet', 'print no report when it is allowed'),
    ...attestOptions(),
  ],
  judges: true,
  async run([input, given]: readonly [string | undefined, readonly string[]], options: ApplyOptions, io: Io) {
    const { applyCommand } = await import('../apply-command.ts');
    return applyCommand(nameOf(input, options), given, options, io);
  },
};
