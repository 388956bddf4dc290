import { createHash } from 'node:crypto';
import { type Cause, takesAway, type Value } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Disarmed, JudgedChange, JudgedInvocation } from '../model/report.ts';
import type { Target } from '../model/signoff.ts';
import { type Hidden, hiddenLine } from './hidden.ts';

/** What a sign-off is about. */
export interface Permitted {
  readonly target: Target;
  readonly changes: readonly JudgedChange[];
  readonly invocations: readonly JudgedInvocation[];
  /** The findings about the whole that need a sign-off. */
  readonly setFindings: readonly Finding[];
  /** The key of the organisation for values that are not shown, where it has one. */
  readonly hiddenKey: string | null;
}

/**
 * The text that a sign-off stands for: the target and everything that needs a sign-off, the same for any order of the
 * input. Rules that matched a single change are left out: a new rule must not void the approval of the same destruction.
 * Of a finding about the whole only the rule stands there, and with it every destruction that it may have counted: what
 * else the plan has in it does not matter, and which of it is destroyed does.
 */
export function signOffText(permitted: Permitted): string {
  const { target, changes, invocations, setFindings, hiddenKey } = permitted;
  const counted = setFindings.length > 0;
  const covered = changes.filter(
    ({ needsSignOff, effect }) => needsSignOff || (counted && takesAway(effect)),
  );
  const parts = [
    ...sorted(covered.map(changeLines)),
    ...sorted(invocations.filter((invocation) => invocation.needsSignOff).map(invocationLine)),
    ...sorted(setFindings.map(({ rule }) => line('finding', rule))),
  ];
  const text = `${['check-plan/sign-off/2', targetLines(target), ...parts].join('\n')}\n`;
  const hidden = hiddenLine(covered.flatMap(hiddenOf), text, hiddenKey);
  return hidden === null ? text : `${text}${hidden}\n`;
}

/** `sha256:` and 64 hex digits. */
export const signOffDigest = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

function targetLines(target: Target): string {
  return [
    line('target accounts', ...sorted(target.accounts)),
    line('target regions', ...sorted(target.regions)),
    line('target workspace', target.workspace),
    line('target environment', target.environment),
    line('target backend', target.backend),
    line('target lineage', target.lineage),
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

/** A value that may not be shown stands there as a word; the line of the hidden binds all of them together. */
const side = ({ exact, visibility }: Value): readonly string[] =>
  visibility === 'shown' ? [visibility, exact] : [visibility];

const IS_HIDDEN: Readonly<Record<Value['visibility'], boolean>> = {
  shown: false,
  private: true,
  sensitive: true,
  unknown: false,
  absent: false,
};

function hiddenOf({ address, deposed, causes, disarmed }: JudgedChange): readonly Hidden[] {
  const attributes = causes.flatMap((cause) => (cause.kind === 'attribute' ? [cause] : []));
  return [...attributes, ...disarmed].flatMap(({ kind, path, before, after }) =>
    Object.entries({ before, after }).flatMap(([side, { exact, visibility }]) =>
      IS_HIDDEN[visibility] ? [{ at: [address, deposed, kind, path, side], exact }] : [],
    ),
  );
}

/** Values are written as JSON, so no line break or quote in one can look like a line of its own. */
const line = (word: string, ...values: readonly unknown[]): string =>
  [word, ...values.map((value) => JSON.stringify(value))].join(' ');

/** By code units: the same on every machine, whatever its language. */
const sorted = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
