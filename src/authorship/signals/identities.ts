import type { SignalRow } from '../signals.ts';

const CHAOSS = 'https://github.com/chaoss/disclosure constants, ids as in the GitHub Users API';
const GIT_AI = 'https://github.com/git-ai-project/git-ai table of agent mails';
const COMMITS = 'the same mail in commits of several public repositories';

/** Accounts and addresses that only an agent commits or opens pull requests with. */
export const IDENTITIES: readonly SignalRow[] = [
  mail(
    'claude-mail',
    'Claude Code',
    'noreply@anthropic.com',
    'npm @anthropic-ai/claude-code-linux-x64 2.1.330',
  ),
  mail('codex-mail', 'OpenAI Codex', 'noreply@openai.com', 'npm @openai/codex 0.169.0-linux-x64'),
  mail(
    'openhands-mail',
    'OpenHands',
    'openhands@all-hands.dev',
    'OpenHands system_prompt.j2, openhands_config.py',
  ),
  mail(
    'crush-mail',
    'Crush',
    'crush@charm.land',
    'https://github.com/charmbracelet/crush internal config.go',
  ),
  mail('qwen-mail', 'Qwen Code', 'qwen-coder@alibabacloud.com', 'npm @qwen-code/qwen-code 0.24.4'),
  mail('continue-mail', 'Continue', 'noreply@continue.dev', 'npm @continuedev/cli 1.5.47'),
  mail('aider-mail', 'aider', 'aider@aider.chat', 'https://github.com/Aider-AI/aider aider/repo.py'),
  mail('aider-mail-older', 'aider', 'noreply@aider.chat', 'https://github.com/Aider-AI/aider aider/repo.py'),
  mail(
    'opencode-mail',
    'opencode',
    'opencode-agent[bot]@users.noreply.github.com',
    'npm opencode-linux-x64 1.18.33',
  ),
  // VS Code 1.117 and 1.118 wrote this one on commits that a person made by hand, so alone it proves nothing.
  {
    ...mail(
      'copilot-vscode-mail',
      'GitHub Copilot',
      'copilot@github.com',
      'https://github.com/microsoft/vscode/pull/296435',
    ),
    strength: 'weak',
  },
  seen(mail('codex-cloud-mail', 'OpenAI Codex', 'codex@openai.com', COMMITS)),
  seen(mail('cursor-mail', 'Cursor', 'cursoragent@cursor.com', GIT_AI)),
  seen(mail('amp-mail', 'Amp', 'amp@ampcode.com', COMMITS)),
  seen(mail('junie-mail', 'Junie', 'junie@jetbrains.com', COMMITS)),
  seen(mail('warp-mail', 'Warp', 'agent@warp.dev', COMMITS)),
  seen(mail('warp-oz-mail', 'Warp', 'oz-agent@warp.dev', COMMITS)),
  seen(mail('roo-mail', 'Roo Code', 'roomote@roocode.com', GIT_AI)),
  seen(mail('replit-mail', 'Replit Agent', 'agent@replit.com', COMMITS)),
  {
    id: 'aider-name',
    tool: 'aider',
    strength: 'strong',
    match: { by: 'name-suffix', suffix: ' (aider)' },
    source: 'https://github.com/Aider-AI/aider aider/repo.py',
    verified: 'source',
  },
  account('claude-app', 'Claude', '209825114', 'claude[bot]'),
  account('claude-app-anthropic', 'Claude', '215619710', 'anthropic-claude[bot]'),
  account('claude-app-action', 'Claude', '208546643', 'claude-code-action[bot]'),
  account('copilot-agent', 'GitHub Copilot', '198982749', 'copilot'),
  account('copilot-agent-login', 'GitHub Copilot', null, 'copilot-swe-agent[bot]'),
  account('copilot-cli', 'GitHub Copilot', '223556219', 'copilot'),
  account('copilot-autofix', 'GitHub Copilot', '175728472', 'copilot'),
  account('copilot-chat', 'GitHub Copilot', '167198135', 'copilot[bot]'),
  account('codex-connector', 'OpenAI Codex', '199175422', 'chatgpt-codex-connector[bot]'),
  account('codex-app', 'OpenAI Codex', '215057067', 'openai-codex[bot]'),
  account('cursor-app', 'Cursor', '206951365', 'cursor[bot]'),
  account('devin-app', 'Devin', '158243242', 'devin-ai-integration[bot]'),
  account('jules-app', 'Jules', '161369871', 'google-labs-jules[bot]'),
  account('gemini-app', 'Gemini Code Assist', '176961590', 'gemini-code-assist[bot]'),
  account('amazon-q-app', 'Amazon Q Developer', '208079219', 'amazon-q-developer[bot]'),
  account('kiro-account', 'Kiro', '244629292', 'kiro-agent'),
  account('kiro-app', 'Kiro', null, 'kiro-agent[bot]'),
  account('droid-app', 'Factory Droid', '138933559', 'factory-droid[bot]'),
  account('opencode-app', 'opencode', null, 'opencode-agent[bot]'),
  account('continue-app', 'Continue', '230936708', 'continue[bot]'),
  account('cody-app', 'Sourcegraph Cody', '201248094', 'sourcegraph-cody[bot]'),
  account('jetbrains-app', 'JetBrains AI', '220155983', 'jetbrains-ai[bot]'),
  account('coderabbit-app', 'CodeRabbit', '136622811', 'coderabbitai[bot]'),
];

function mail(id: string, tool: string, address: string, source: string): SignalRow {
  return { id, tool, strength: 'strong', match: { by: 'mail', mail: address }, source, verified: 'source' };
}

function seen(row: SignalRow): SignalRow {
  return { ...row, verified: 'corroborated' };
}

function account(id: string, tool: string, number: string | null, login: string): SignalRow {
  const match = { by: 'github', id: number, login } as const;
  return { id, tool, strength: 'strong', match, source: CHAOSS, verified: 'corroborated' };
}
