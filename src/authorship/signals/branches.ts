import type { SignalRow } from '../signals.ts';

const CHAOSS = 'https://github.com/chaoss/disclosure branch prefixes';

/** How agents name their branches. A person may use any of these names, so none is more than weak. */
export const BRANCHES: readonly SignalRow[] = [
  {
    ...branch(
      'copilot-branch',
      'GitHub Copilot',
      'copilot/',
      'https://github.com/github/docs about-coding-agent.md',
    ),
    verified: 'source',
  },
  branch('codex-branch', 'OpenAI Codex', 'codex/'),
  branch('claude-branch', 'Claude Code', 'claude/'),
  branch('cursor-branch', 'Cursor', 'cursor/'),
  branch('devin-branch', 'Devin', 'devin/'),
  branch('cline-branch', 'Cline', 'cline/'),
  branch('aider-branch', 'aider', 'aider/'),
  branch('gemini-branch', 'Gemini', 'gemini/'),
  branch('opencode-branch', 'opencode', 'opencode/', 'the same prefix in several public repositories'),
];

function branch(id: string, tool: string, prefix: string, source: string = CHAOSS): SignalRow {
  return { id, tool, strength: 'weak', match: { by: 'branch', prefix }, source, verified: 'corroborated' };
}
