import { describe, expect, test } from 'vitest';
import { nobodyAt, type ProcessFacts, type TerminalFacts } from '../../src/authorship/terminal.ts';

const process = (
  name: string,
  command: readonly string[] = [name],
  env: Record<string, string> = {},
): ProcessFacts => ({
  name,
  command,
  env,
});
const bash = process('bash', ['-bash']);
const person: TerminalFacts = {
  isControlling: true,
  isForeground: true,
  ancestors: [bash, process('systemd')],
  holders: [process('gnome-terminal-', ['/usr/libexec/gnome-terminal-server'])],
};

describe('nothing speaks against a person', () => {
  test.each<[string, Partial<TerminalFacts>]>([
    ['at a terminal', {}],
    ['behind ssh, where the other end is another user', { holders: [] }],
    ['in tmux', { holders: [process('tmux: server', ['tmux'])] }],
    [
      'in a terminal that is written in Python',
      { holders: [process('terminator', ['/usr/bin/python3', '/usr/bin/terminator'])] },
    ],
    [
      'whose editor names itself in variables',
      { ancestors: [process('bash', ['bash'], { TERM_PROGRAM: 'vscode' })] },
    ],
    [
      'who switched the detection of agents off',
      { ancestors: [process('bash', ['bash'], { AI_AGENT: 'false' })] },
    ],
    [
      'in a folder that is called like an agent',
      { ancestors: [process('bash', ['bash', '/home/claude/x.sh'])] },
    ],
  ])('%s', (_, facts) => {
    expect(nobodyAt({ ...person, ...facts })).toBeNull();
  });
});

describe('nobody is there', () => {
  test.each<[string, Partial<TerminalFacts>, string]>([
    ['another terminal', { isControlling: false }, 'not the terminal'],
    ['the background', { isForeground: false }, 'background'],
    [
      'an agent that took its variable away',
      { ancestors: [process('sh', ['sh'], { CLAUDECODE: '1' }), bash] },
      'CLAUDECODE',
    ],
    ['an agent by its name', { ancestors: [bash, process('claude')] }, 'claude, an AI agent'],
    [
      'an agent that Node.js runs',
      { ancestors: [bash, process('node', ['node', '/usr/bin/codex'])] },
      'codex',
    ],
    [
      'an agent by its package',
      { ancestors: [process('node', ['node', '/n/node_modules/@anthropic-ai/claude-code/cli.js'])] },
      'claude-code',
    ],
    ['a terminal that an agent made', { holders: [process('python3'), process('codex')] }, 'codex'],
    ['a terminal that script made', { holders: [process('script')] }, 'made by script'],
    ['a terminal that Python made', { holders: [process('python3.11')] }, 'made by python3.11'],
    ['expect', { ancestors: [process('expect')], holders: [] }, 'expect'],
  ])('%s', (_, facts, says) => {
    expect(nobodyAt({ ...person, ...facts })).toContain(says);
  });
});
