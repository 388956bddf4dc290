import { signalsOfEnvironment } from './run-signals.ts';

/** A process, as far as it can be looked at. */
export interface ProcessFacts {
  /** `claude`, `bash`, `python3`: what the system calls it. */
  readonly name: string;
  /** Its arguments, the program first. */
  readonly command: readonly string[];
  /** The variables that it was started with; empty where they may not be read. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the system knows of the terminal that a process runs in. */
export interface TerminalFacts {
  /** Whether the standard input is the terminal that the session is controlled from. */
  readonly isControlling: boolean;
  /** Whether the process may read from it: one in the background may not. */
  readonly isForeground: boolean;
  /** Who started this process, who started them, and so on. */
  readonly ancestors: readonly ProcessFacts[];
  /** Who made the terminal and reads what is written in it, and who started them; empty where that cannot be seen. */
  readonly holders: readonly ProcessFacts[];
}

/**
 * Why no person sits at the terminal, or null where nothing speaks against it. That is friction and no proof: a program
 * that sets out to look like a person's terminal can.
 */
export function nobodyAt({ isControlling, isForeground, ancestors, holders }: TerminalFacts): string | null {
  if (!isControlling) return 'the standard input is not the terminal that this session is controlled from';
  if (!isForeground) return 'this runs in the background of its terminal';
  const [agent] = [...ancestors, ...holders].flatMap(agentIn);
  if (agent !== undefined) return agent;
  const [holder] = holders;
  if (holder !== undefined && MAKES_TERMINALS.test(holder.name))
    return `the terminal was made by ${holder.name}, a program that can type by itself`;
  const maker = ancestors.find(({ name }) => TYPES_BY_ITSELF.test(name));
  return maker === undefined ? null : `${maker.name} runs this, a program that can type by itself`;
}

function agentIn({ name, command, env }: ProcessFacts): readonly string[] {
  const [signal] = signalsOfEnvironment(env);
  if (signal !== undefined)
    return [`${name}, which this runs in, was started with ${signal.where} set, as an AI agent does`];
  const words = [name, ...command.slice(0, 2).map((word) => word.split(/[/\\]/).at(-1) ?? '')];
  const agent = words.find((word) => AGENTS.has(word.replace(/\.(?:exe|js|mjs|cjs)$/, '')));
  const inPackage = command.slice(0, 3).find((word) => PACKAGES.some((part) => word.includes(part)));
  const found = agent ?? inPackage;
  return found === undefined ? [] : [`this runs in ${found}, an AI agent`];
}

/** Programs of agents, by the names that they are started with. */
const AGENTS: ReadonlySet<string> = new Set([
  'claude',
  'codex',
  'cursor-agent',
  'gemini',
  'aider',
  'goose',
  'opencode',
  'crush',
  'amp',
  'droid',
  'qwen',
  'copilot',
  'kiro-cli',
  'kiro-cli-chat',
  'qchat',
  'openhands',
  'auggie',
  'devin',
]);

/** Those that Node.js runs, by where they are installed. */
const PACKAGES: readonly string[] = [
  '@anthropic-ai/claude-code',
  '@openai/codex',
  '@google/gemini-cli',
  '@qwen-code/qwen-code',
  '@github/copilot',
  '@sourcegraph/amp',
  '@augmentcode/auggie',
  '@continuedev/cli',
];

/** They make a terminal for another program and write into it. Terminals for people that are written in them have names of their own. */
const MAKES_TERMINALS = /^(?:script|expect|unbuffer|socat|empty|pexpect|python[\d.]*|perl[\d.]*|ruby[\d.]*)$/;
const TYPES_BY_ITSELF = /^(?:script|expect|unbuffer|empty)$/;
