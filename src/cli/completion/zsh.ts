import type { Takes, Words } from './words.ts';

/** A script for zsh: a file named `_check-plan` in a folder of $fpath, or to be sourced after compinit. */
export function zshCompletion({ program, commands }: Words): string {
  return `#compdef check-plan
# zsh completion of check-plan: check-plan completion zsh > "\${fpath[1]}/_check-plan"
_check_plan() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  local word command=""
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if (( \${commands[(I)\${word}:*]} )); then command="$word"; break; fi
  done
  case "$command" in
${commands.map((one) => `    ${one.name}) _arguments ${[...specsOf(one.options), ...argumentsOf(one.takes)].join(' ')} ;;`).join('\n')}
    *)
      _arguments ${specsOf(program.options).join(' ')} '--version[print the version]' '*: :->inputs'
      if [[ "$state" == inputs ]]; then
        _describe -t commands command commands
        _files
      fi ;;
  esac
}
if [[ "$funcstack[1]" == _check_plan || "$funcstack[1]" == _check-plan ]]; then _check_plan "$@"; else compdef _check_plan check-plan; fi
`;
}

const specsOf = (options: Words['program']['options']): string[] => [
  ...options.map(({ flag, says, takes }) =>
    quoted(
      `*${flag}[${says.replace(/[[\]:\\]/g, '\\$&')}]${takes === null ? '' : `:value:${actionOf(takes)}`}`,
    ),
  ),
  quoted('--help[display help]'),
];

const argumentsOf = (takes: Takes): string[] =>
  takes === 'nothing' ? [] : [quoted(`*:argument:${actionOf(takes)}`)];

/** The first word after the command is the command itself, which none of these is taken for. */
const actionOf = (takes: Takes): string =>
  takes === 'nothing' ? ' ' : takes === 'file' ? '_files' : `(${takes.join(' ')})`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
