import type { Takes, Words } from './words.ts';

/** A script for fish. */
export function fishCompletion({ program, commands }: Words): string {
  const names = commands.map(({ name }) => name).join(' ');
  const isProgram = `not __fish_seen_subcommand_from ${names}`;
  return [
    '# fish completion of check-plan: check-plan completion fish > ~/.config/fish/completions/check-plan.fish',
    ...commands.map(
      ({ name, summary }) =>
        `complete -c check-plan -n ${quoted(isProgram)} -a ${name} -d ${quoted(summary)}`,
    ),
    `complete -c check-plan -n ${quoted(isProgram)} -l version -d 'print the version'`,
    "complete -c check-plan -l help -d 'display help'",
    ...optionLines(program.options, isProgram),
    ...commands.flatMap(({ name, options, takes }) => [
      ...optionLines(options, `__fish_seen_subcommand_from ${name}`),
      ...argumentLines(takes, `__fish_seen_subcommand_from ${name}`),
    ]),
    '',
  ].join('\n');
}

const optionLines = (options: Words['program']['options'], condition: string): string[] =>
  options.map(
    ({ flag, says, takes }) =>
      `complete -c check-plan -n ${quoted(condition)} -l ${flag.replace(/^--/, '')}${givenBy(takes)} -d ${quoted(says)}`,
  );

const argumentLines = (takes: Takes, condition: string): string[] =>
  takes === 'file'
    ? []
    : [
        `complete -c check-plan -n ${quoted(condition)} -f${takes === 'nothing' ? '' : ` -a ${quoted(takes.join(' '))}`}`,
      ];

const givenBy = (takes: Takes | null): string =>
  takes === null
    ? ''
    : takes === 'file'
      ? ' -r -F'
      : takes === 'nothing'
        ? ' -x'
        : ` -x -a ${quoted(takes.join(' '))}`;

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
