import type { SignalRow } from '../signals.ts';

const CDK = 'https://github.com/aws/aws-cdk-cli guess-agent.ts';
const AWS_CLI = 'https://github.com/aws/aws-cli/pull/10485';
const GIT_AI = 'https://github.com/git-ai-project/git-ai background_agent.rs';

/**
 * Variables that an agent sets for the commands it runs. Those that a person's terminal has too (`TERM_PROGRAM`,
 * `CURSOR_TRACE_ID`, `REPL_ID`) or that hold a person's settings are not here.
 */
export const VARIABLES: readonly SignalRow[] = [
  variable('AI_AGENT', null, CDK),
  variable('AGENT', null, CDK),
  variable('CLAUDECODE', 'Claude Code', CDK),
  variable('CODEX_THREAD_ID', 'OpenAI Codex', CDK),
  variable('CODEX_SANDBOX', 'OpenAI Codex', CDK),
  variable(
    'CODEX_SANDBOX_NETWORK_DISABLED',
    'OpenAI Codex',
    'https://github.com/openai/codex codex-rs/core spawn.rs',
  ),
  variable('CODEX_CI', 'OpenAI Codex', CDK),
  variable('CURSOR_AGENT', 'Cursor', CDK),
  variable('VSCODE_AGENT', 'GitHub Copilot', CDK),
  variable('CLINE_ACTIVE', 'Cline', CDK),
  variable('GEMINI_CLI', 'Gemini CLI', CDK),
  variable('OPENCODE', 'opencode', CDK),
  variable('COPILOT_CLI', 'GitHub Copilot', CDK),
  variable('COPILOT_AGENT', 'GitHub Copilot', 'https://github.com/microsoft/vscode/pull/320129'),
  variable('AUGMENT_AGENT', 'Augment', CDK),
  variable('QWEN_CODE', 'Qwen Code', CDK),
  variable('KIRO_SESSION_ID', 'Kiro', AWS_CLI),
  variable('KIRO_AGENT', 'Kiro', 'https://github.com/aws/aws-cli/pull/10584'),
  variable('ANTIGRAVITY_AGENT', 'Antigravity', AWS_CLI),
  variable('AMP_CURRENT_THREAD_ID', 'Amp', AWS_CLI),
  variable('PI_CODING_AGENT', 'Pi', AWS_CLI),
  variable('CRUSH', 'Crush', 'https://github.com/charmbracelet/crush shell.go'),
  variable('CLAUDE_CODE_REMOTE', 'Claude Code', GIT_AI),
  {
    ...variable('CODEX_INTERNAL_ORIGINATOR_OVERRIDE', 'OpenAI Codex', GIT_AI),
    match: { by: 'variable', name: 'CODEX_INTERNAL_ORIGINATOR_OVERRIDE', value: /^codex_web_agent$/ },
  },
  {
    ...variable('CLOUD_AGENT', null, GIT_AI),
    match: { by: 'variable-prefix', prefix: 'CLOUD_AGENT_' },
  },
  {
    ...variable('AWS_EXECUTION_ENV', 'Amazon Q Developer or Kiro', CDK),
    match: { by: 'variable', name: 'AWS_EXECUTION_ENV', value: /amazonq|kiro/i },
  },
];

function variable(name: string, tool: string | null, source: string): SignalRow {
  const id = `env-${name.toLowerCase().replaceAll('_', '-')}`;
  return {
    id,
    tool,
    strength: 'medium',
    match: { by: 'variable', name, value: null },
    source,
    verified: 'source',
  };
}
