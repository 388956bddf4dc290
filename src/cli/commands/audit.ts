import { InvalidArgumentError, Option } from 'commander';
import type { AuditOptions } from '../audit-command.ts';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';

export const audit: CliCommand = {
  name: 'audit',
  summary: 'verify the log: who permitted what, what is missing, what is to be reviewed',
  description: `Follows the log in the store from its first entry, and says whether each follows on the one before, who permitted
what, which applies have no end, which used records no apply accounts for, and what broke the glass and has still to be
reviewed. Exit code 0: all of it holds; 1: the log is broken or cannot be read; 2: something is missing or overdue.`,
  arguments: [],
  options: [
    new Option('--policy <file>', 'policy file, or git:REF:PATH (default: check-plan.yaml)'),
    new Option('--store <place>', 'where the records are, as for the check'),
    new Option('--expect <head>', 'a head that an earlier audit printed: the log must have it still'),
    new Option('--review <entry>', 'say that you have looked at the entry that broke the glass').argParser(
      entry,
    ),
    new Option('--key <file>', 'SSH key that signs the review'),
    new Option('--comment <text>', 'what the review found').default(''),
  ],
  judges: false,
  async run(_given: readonly never[], options: AuditOptions, io: Io) {
    const { auditCommand } = await import('../audit-command.ts');
    return auditCommand(options, io);
  },
};

function entry(given: string): number {
  if (!/^[1-9][0-9]{0,11}$/.test(given)) throw new InvalidArgumentError('it must be the number of an entry');
  return Number(given);
}
