import { CheckError } from '../model/error.ts';
import { AFTER_PLAN, BINARY, OBJECTS, TEXTS, type TopLevel, type Words } from './look-alikes.ts';

/** How many bytes of an input are enough to tell what it is. */
export const HEAD = 4096;

/** Throws CheckError `not-a-plan` where the first bytes are those of a binary file that is known. */
export function refuseBinary(head: Uint8Array): void {
  const magic = BINARY.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (magic !== undefined) throw notAPlan(magic);
}

/** Throws CheckError `not-a-plan` where the text does not begin with an object. `head` is UTF-8, maybe cut. */
export function refuseText(head: Uint8Array): void {
  const text = start(head);
  const alike = text.startsWith('{') ? undefined : TEXTS.find(({ pattern }) => pattern.test(text));
  if (alike !== undefined) throw notAPlan(alike);
}

/** `whole`: a plan with its version. `reduced`: changes without the version that says how to read them. */
export function planKind(document: TopLevel): 'whole' | 'reduced' {
  const has = (key: string): boolean => document.keys.has(key);
  if (has('format_version') && PARTS_OF_A_PLAN.some(has)) return 'whole';
  const alike = OBJECTS.find(({ when }) => when(document));
  if (alike !== undefined) throw notAPlan(alike);
  if (has('resource_changes')) return 'reduced';
  throw notAPlan(nameless(document));
}

/** What follows the document: throws CheckError `not-a-plan` where it tells what the file is. */
export function refuseTrailing(document: TopLevel, rest: Uint8Array): void {
  planKind(document);
  const text = start(rest);
  const alike = AFTER_PLAN.find(({ pattern }) => pattern.test(text));
  if (alike !== undefined) throw notAPlan(alike);
}

const PARTS_OF_A_PLAN = ['planned_values', 'resource_changes', 'configuration'];

const notAPlan = ({ is, mend }: Words): CheckError => new CheckError('not-a-plan', `this is ${is}`, mend);

function nameless({ keys }: TopLevel): Words {
  const shown = [...keys].slice(0, 5).map((key) => JSON.stringify(key.slice(0, 40)));
  const mend =
    'run `terraform show -json PLANFILE > plan.json` and check plan.json as it is; or check the whole answer of `aws cloudformation describe-change-set`';
  if (keys.size === 1)
    return { is: `a JSON object with nothing but ${shown[0]} in it, neither a plan nor a change set`, mend };
  return {
    is: `JSON of another kind, with ${shown.join(', ')}${keys.size > 5 ? ' …' : ''}, neither a plan nor a change set`,
    mend,
  };
}

const LENIENT = new TextDecoder();
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const COLOUR = /\u001b\[[0-9;]*m/g;

const start = (bytes: Uint8Array): string =>
  LENIENT.decode(bytes.subarray(0, HEAD)).replace(COLOUR, '').trimStart();
