import type { SignalRow } from '../signals.ts';

/** Whole lines that a tool puts under a commit message or a pull request. */
export const FOOTERS: readonly SignalRow[] = [
  footer(
    'claude-footer',
    'Claude Code',
    'Generated with',
    'Claude Code',
    'npm @anthropic-ai/claude-code-linux-x64 2.1.330',
  ),
  footer('codex-footer', 'OpenAI Codex', 'Generated with', 'Codex', 'npm @openai/codex 0.169.0-linux-x64'),
  footer('qwen-footer', 'Qwen Code', 'Generated with', 'Qwen Code', 'npm @qwen-code/qwen-code 0.24.4'),
  footer(
    'crush-footer',
    'Crush',
    'Generated with',
    'Crush',
    'https://github.com/charmbracelet/crush bash.md.tpl',
  ),
  {
    ...footer(
      'devin-footer',
      'Devin',
      'Generated with',
      'Devin',
      'the same line in several public repositories',
    ),
    verified: 'corroborated',
  },
  {
    ...footer(
      'amazon-q-footer',
      'Amazon Q Developer',
      'Assisted by',
      'Amazon Q Developer',
      'https://github.com/aws/amazon-q-developer-cli commits, and others',
    ),
    verified: 'corroborated',
  },
  {
    id: 'kiro-session-link',
    tool: 'Kiro',
    strength: 'medium',
    match: { by: 'line', line: /https:\/\/app\.kiro\.dev\/session\// },
    source: 'comments of the Kiro agent in several public repositories',
    verified: 'corroborated',
  },
];

/** Nothing but an emoji, the words and the tool's name, as a link or plain: a sentence about the tool is no footer. */
function footer(id: string, tool: string, words: string, name: string, source: string): SignalRow {
  let made: RegExp | null = null;
  const match = {
    by: 'line',
    // Made on use: to look up such properties takes longer than to start the rest.
    get line() {
      made ??= new RegExp(`^[^\\p{L}\\p{N}]{0,8}${words} (?:\\[${name}\\]\\([^)\\s]*\\)|${name})\\.?$`, 'iu');
      return made;
    },
  } as const;
  return { id, tool, strength: 'medium', match, source, verified: 'source' };
}
