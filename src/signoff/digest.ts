import { createHash } from 'node:crypto';
import type { Cause, Value } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Disarmed, JudgedChange, JudgedInvocation } from '../model/report.ts';
import type { Target } from '../model/signoff.ts';

/**
 * The text that a sign-off stands for: the target and everything that needs a sign-off, the same for any order of the
 * input. `setFindings` are the findings about the whole that need one. Rules that matched a single change are left out:
 * a new rule must not void the approval of the same destruction.
 */
export function signOffText(
  target: Target,
  changes: readonly JudgedChange[],
  invocations: readonly JudgedInvocation[],
  setFindings: readonly Finding[],
): string {
  const parts = [
    ...sorted(changes.filter((change) => change.needsSignOff).map(changeLines)),
    ...sorted(invocations.filter((invocation) => invocation.needsSignOff).map(invocationLine)),
    ...sorted(setFindings.map(({ rule, message }) => line('finding', rule, message))),
  ];
  return `${['check-plan/sign-off/1', targetLines(target), ...parts].join('\n')}\n`;
}

/** `sha256:` and 64 hex digits. */
export const signOffDigest = (text: string): string => `sha256:${sha256(text)}`;

/** One line for people for each change that needs a sign-off: `replace aws_db_instance.main [db-ABC] data destroyed`. */
export function destroyedLines(changes: readonly JudgedChange[]): readonly string[] {
  return sorted(
    changes
      .filter((change) => change.needsSignOff)
      .map(({ effect, address, deposed, physicalId, holds, fate }) =>
        [
          effect,
          plain(address),
          ...(deposed === null ? [] : [`(deposed ${plain(deposed)})`]),
          ...(physicalId === null ? [] : [`[${plain(physicalId)}]`]),
          holds,
          fate,
        ].join(' '),
      ),
  );
}

function targetLines(target: Target): string {
  return [
    line('target accounts', ...sorted(target.accounts)),
    line('target regions', ...sorted(target.regions)),
    line('target workspace', target.workspace),
    line('target environment', target.environment),
  ].join('\n');
}

function changeLines(change: JudgedChange): string {
  return [
    line('change', change.address, change.deposed),
    line('  previous address', change.previousAddress),
    line('  type', change.type),
    line('  provider', change.provider),
    line('  physical id', change.physicalId),
    line('  effect', change.effect, change.order, change.certainty),
    line('  fate', change.fate),
    line('  importing', change.importing),
    line('  holds', change.holds),
    ...sorted(change.causes.map(causeLine)),
    ...sorted(change.disarmed.map(disarmedLine)),
  ].join('\n');
}

const causeLine = (cause: Cause): string =>
  cause.kind === 'reason'
    ? line('  because', cause.reason)
    : line('  because of', cause.path, ...side(cause.before), ...side(cause.after));

const disarmedLine = ({ kind, path, before, after }: Disarmed): string =>
  line('  disarms', kind, path, ...side(before), ...side(after));

const invocationLine = ({ address, type, trigger }: JudgedInvocation): string =>
  line('invocation', address, type, trigger);

/** What may not be shown stands there as its hash, which still changes with every byte of it. */
const side = ({ exact, visibility }: Value): readonly string[] => [
  visibility,
  visibility === 'shown' ? exact : `sha256:${sha256(exact)}`,
];

/** Values are written as JSON, so no line break or quote in one can look like a line of its own. */
const line = (word: string, ...values: readonly unknown[]): string =>
  [word, ...values.map((value) => JSON.stringify(value))].join(' ');

/** Printable ASCII as it is; anything that could look like something else as JSON with its odd characters escaped. */
function plain(text: string): string {
  if (/^[!#-~][!-~]*$/.test(text)) return text;
  return JSON.stringify(text).replace(/[\p{C}\p{Z}]/gu, (odd) => (odd === ' ' ? odd : escaped(odd)));
}

const escaped = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** By code units: the same on every machine, whatever its language. */
const sorted = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
