import type { SignalRow } from '../signals.ts';

const COMMITS = 'the same trailer in commits of several public repositories';
const ENTIRE = 'https://github.com/entireio/cli and the FAQ of docs.entire.io';

/**
 * Trailers that only an agent's tool writes. Co-authors are matched by their mail (`identities.ts`), and what
 * `Assisted-by`, `Generated-by` and `AI-Assisted` declare is read in `disclosure.ts`.
 */
export const TRAILERS: readonly SignalRow[] = [
  {
    id: 'claude-session',
    tool: 'Claude Code',
    strength: 'strong',
    match: { by: 'trailer', keys: ['claude-session'], value: null },
    source: 'npm @anthropic-ai/claude-code-linux-x64 2.1.330',
    verified: 'source',
  },
  {
    id: 'copilot-agent-logs',
    tool: 'GitHub Copilot',
    strength: 'strong',
    match: { by: 'trailer', keys: ['agent-logs-url'], value: null },
    source: COMMITS,
    verified: 'corroborated',
  },
  {
    id: 'amp-thread',
    tool: 'Amp',
    strength: 'strong',
    match: { by: 'trailer', keys: ['amp-thread-id'], value: null },
    source: COMMITS,
    verified: 'corroborated',
  },
  {
    id: 'replit-author',
    tool: 'Replit Agent',
    strength: 'strong',
    match: { by: 'trailer', keys: ['replit-commit-author'], value: /^(?:agent|assistant)$/i },
    source: COMMITS,
    verified: 'corroborated',
  },
  {
    id: 'replit-session',
    tool: 'Replit Agent',
    strength: 'medium',
    match: {
      by: 'trailer',
      keys: ['replit-commit-session-id', 'replit-commit-checkpoint-type'],
      value: null,
    },
    source: COMMITS,
    verified: 'corroborated',
  },
  {
    id: 'cursor-made-with',
    tool: 'Cursor',
    strength: 'medium',
    match: { by: 'trailer', keys: ['made-with'], value: /^cursor\b/i },
    source: COMMITS,
    verified: 'corroborated',
  },
  // Proves that an agent's session was linked to the commit, not that these lines are the agent's.
  {
    id: 'entire-checkpoint',
    tool: 'Entire',
    strength: 'medium',
    match: {
      by: 'trailer',
      keys: [
        'entire-checkpoint',
        'entire-session',
        'entire-metadata',
        'entire-metadata-task',
        'entire-strategy',
        'entire-source-ref',
        'entire-agent',
        'entire-condensation',
      ],
      value: null,
    },
    source: ENTIRE,
    verified: 'source',
  },
];
