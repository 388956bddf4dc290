import type { Signal } from '../model/authorship.ts';
import { mailsIn } from './person.ts';
import { agentOfMails } from './recognise.ts';

export interface Disclosed {
  readonly tool: string | null;
  readonly strength: Signal['strength'];
}

/** Keys with which people disclose what a tool did: the Linux kernel's and Fedora's word, and Apache's. */
export const DISCLOSURE_KEYS: readonly string[] = ['assisted-by', 'generated-by'];

/** `Claude:claude-opus-4`: a name, a colon and at once the model. A link or an address is not of that shape. */
const NAME_AND_MODEL = /^([A-Za-z][\w.+ -]{0,60}):(?!\/\/)[^\s:@/][^\s@]*(?:\s|$)/;

/** What agents are called when the whole value is their name, with nothing after it but a model or version. */
const VERSION = '(?:v?\\d[\\w.]*)?(?:[ -](?:opus|sonnet|haiku|pro|flash|mini|turbo|v?\\d[\\w.]*))*';
const NAMES: readonly (readonly [RegExp, string | null])[] = [
  [name('claude(?: code)?'), 'Claude'],
  [name('(?:open ?ai )?(?:chat ?gpt|gpt|codex(?: cli)?)'), 'OpenAI'],
  [name('(?:github )?copilot(?: agent| cli)?'), 'GitHub Copilot'],
  [name('cursor(?: agent| ai)?'), 'Cursor'],
  [name('(?:google )?gemini(?: cli| code assist)?'), 'Gemini'],
  [name('devin ai'), 'Devin'],
  [name('google jules'), 'Jules'],
  [name('kiro(?: agent| cli)?'), 'Kiro'],
  [name('amazon q(?: developer)?'), 'Amazon Q Developer'],
  [name('(?:sourcegraph )?amp'), 'Amp'],
  [name('aider'), 'aider'],
  [name('openhands'), 'OpenHands'],
  [name('opencode'), 'opencode'],
  [name('crush'), 'Crush'],
  [name('qwen(?:[ -]coder?)?'), 'Qwen Code'],
  [name('(?:a |an )?(?:generic )?(?:ai|llm|large language model)(?: agent| assistant| chatbot)?'), null],
];
const LONGEST_NAME = 120;

/** Also given names of people: alone they raise a doubt, no more. */
const AMBIGUOUS: readonly (readonly [RegExp, string])[] = [
  [name('devin'), 'Devin'],
  [name('jules'), 'Jules'],
  [name('junie'), 'Junie'],
];

/**
 * The agent that the value of `Assisted-by` or `Generated-by` names, else null: in many projects the first names a
 * person and the second an ordinary generator.
 */
export function agentIn(value: string): Disclosed | null {
  const mails = mailsIn(value);
  const row = agentOfMails(mails);
  if (row) return { tool: row.tool, strength: row.strength };
  const shaped = NAME_AND_MODEL.exec(value);
  if (shaped) return { tool: (shaped[1] ?? '').trim(), strength: 'strong' };
  if (mails.length > 0) return null;
  for (const part of value.split(/[,;&]/)) {
    if (part.length > LONGEST_NAME) continue;
    const words = part.trim().replace(/ *\([^()]*\)$|\.$/, '');
    const known = NAMES.find(([pattern]) => pattern.test(words));
    if (known) return { tool: known[1], strength: 'strong' };
    const ambiguous = AMBIGUOUS.find(([pattern]) => pattern.test(words));
    if (ambiguous) return { tool: ambiguous[1], strength: 'weak' };
  }
  return null;
}

/** What `AI-Assisted: …` says: only a plain no is a no, everything else names or admits an AI. */
export function aiAssisted(value: string): 'ai' | 'human' {
  return /^(?:no|none|false)\.?$/i.test(value.trim()) ? 'human' : 'ai';
}

function name(words: string): RegExp {
  return new RegExp(`^${words}${VERSION}$`, 'i');
}
