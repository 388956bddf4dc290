import type { Takes, Words } from './words.ts';

/** A script for bash, to be sourced. */
export function bashCompletion({ program, commands }: Words): string {
  const all = [program, ...commands];
  const values = new Map(
    all
      .flatMap(({ options }) => options)
      .map(({ flag, takes }) => [flag, takes] as const)
      .reverse(),
  );
  const byValue = [...values].flatMap(([flag, takes]) => replyLine(flag, takes));
  // An option that takes something else after one command.
  const byCommand = commands.flatMap(({ name, options }) =>
    options.flatMap(({ flag, takes }) =>
      String(values.get(flag)) === String(takes) ? [] : replyLine(`"${name} ${flag}"`, takes),
    ),
  );
  return `# bash completion of check-plan: check-plan completion bash > ~/.local/share/bash-completion/completions/check-plan
_check_plan() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${commands.map(({ name }) => name).join('|')}) command="$word"; break ;;
    esac
  done
  case "$command $prev" in
${byCommand.join('\n')}
  esac
  case "$prev" in
${byValue.join('\n')}
  esac
  case "$command" in
${commands
  .map(
    (one) =>
      `    ${one.name}) ${wordsReply(
        one.options.map(({ flag }) => flag),
        one.takes,
      )} ;;`,
  )
  .join('\n')}
    *) ${wordsReply(
      [...program.options.map(({ flag }) => flag), '--version'],
      'file',
      commands.map(({ name }) => name),
    )} ;;
  esac
}
complete -o filenames -F _check_plan check-plan
`;
}

const replyLine = (pattern: string, takes: Takes | null): readonly string[] =>
  takes === null ? [] : [`    ${pattern}) ${replyOf(takes)}; return ;;`];

const replyOf = (takes: Takes): string =>
  takes === 'nothing'
    ? ':'
    : takes === 'file'
      ? FILES
      : `COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$cur"))`;

const FILES = 'COMPREPLY=($(compgen -f -- "$cur"))';

function wordsReply(flags: readonly string[], takes: Takes, names: readonly string[] = []): string {
  const words = [...names, ...(typeof takes === 'string' ? [] : takes)].join(' ');
  const files = takes === 'file' ? ' $(compgen -f -- "$cur")' : '';
  const plain = `COMPREPLY=($(compgen -W "${words}" -- "$cur")${files})`;
  return `if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W "${[...flags, '--help'].join(' ')}" -- "$cur")); else ${plain}; fi`;
}
