import { Option } from 'commander';
import type { CliCommand } from '../command.ts';
import type { EnrolOptions } from '../enrol-command.ts';
import type { Io } from '../io.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const enrol: CliCommand = {
  name: 'enrol',
  summary: 'add a person or a key to the roster',
  description:
    'Adds who may sign, or keys of theirs, to a policy file, and checks the attestation of a security key. The policy counts once it is on the protected branch.',
  arguments: [],
  options: [
    new Option('--id <name>', 'the person, by their id in the roster'),
    new Option('--level <level>', 'their level, one of roster.levels; a new person needs one'),
    new Option('--key <file>', 'a public key file (KEY.pub)'),
    new Option(
      '--from <file>',
      'a list of keys: allowed_signers, the text of github.com/NAME.keys, or the JSON of gh api users/NAME/keys',
    ),
    new Option('--email <address>', 'a mail address of theirs in git; repeatable').argParser(collect),
    new Option('--account <account>', 'an account, such as github:alice; repeatable').argParser(collect),
    new Option('--team <team>', 'a team of theirs; repeatable').argParser(collect),
    new Option('--valid-after <time>', 'signatures of the key count from then on'),
    new Option('--valid-before <time>', 'signatures of the key count until then'),
    new Option('--attestation <file>', 'what ssh-keygen -O write-attestation=FILE wrote for the key'),
    new Option('--challenge <file>', 'what was given to ssh-keygen as -O challenge=FILE'),
    new Option('--roots <file>', 'certificates of makers of security keys that you trust, PEM'),
    new Option('--policy <file>', 'the policy file to write to (default: check-plan.yaml)'),
  ],
  judges: false,
  async run(_given: readonly unknown[], options: EnrolOptions, io: Io) {
    const { enrolCommand } = await import('../enrol-command.ts');
    return enrolCommand(options, io);
  },
};
