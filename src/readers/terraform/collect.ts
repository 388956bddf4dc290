import type { Change, Deferred, Invocation } from '../../model/change.ts';
import { CheckError } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import { refuseTrailing } from '../detect.ts';
import type { Engine } from '../json/engine.ts';
import { parseJson } from '../json/parse.ts';
import { stringAt } from '../json/raw-string.ts';
import { type PlainElements, ROLES, type Run } from '../json/run.ts';
import type { Scanned, ValueKind } from '../json/scan.ts';
import { TELLING, type TopLevel } from '../look-alikes.ts';
import { readChange } from './change.ts';
import { readDeferred } from './deferred.ts';
import { createIdleLook, ELEMENT, type Idle, rowOf } from './idle.ts';
import { readDeferredInvocation, readInvocation } from './invocation.ts';
import { malformed } from './member.ts';
import { lookForCalls } from './module-calls.ts';
import { lookForManaged } from './prior-state.ts';
import { createSeen } from './seen.ts';

/** What a scan leaves behind of a document that may be a plan. */
export interface Collected extends TopLevel {
  readonly kinds: ReadonlyMap<string, ValueKind>;
  /** How many elements resource_changes has, and how many of them change nothing. */
  readonly elements: number;
  readonly unchanged: number;
  readonly invocations: readonly Invocation[];
  readonly deferred: readonly Deferred[];
  readonly vanished: readonly string[];
  /** Addresses whose (address, deposed) stands in the list more than once. */
  readonly repeated: readonly string[];
  readonly openTofu: boolean;
  /** A managed resource is in the prior state, in the drift, or on the before side of a change. */
  readonly existed: boolean;
  /** The modules that the root module calls; null where nothing in a module goes, so that nobody asks. */
  readonly moduleCalls: readonly string[] | null;
  /** The first thing that is wrong inside; whether this is a plan at all, and of which version, comes before it. */
  readonly broken: CheckError | null;
}

/** Takes in what the scanner finds. */
export interface Collector {
  readonly scanned: Scanned;
  /** The elements of resource_changes that need no look. */
  readonly plain: PlainElements;
  collected(): Collected;
}

/**
 * Hands over each change, and counts the elements that change nothing: those are parsed only where something about them
 * is unusual. Whatever `onChange` throws ends the scan.
 */
export function collectPlan(onChange: (change: Change) => void, engine: Engine): Collector {
  const keys = new Set<string>();
  const kinds = new Map<string, ValueKind>();
  const small = new Map<string, Json>();
  const invocations: Invocation[] = [];
  const deferred: Deferred[] = [];
  const vanished: string[] = [];
  const repeated: string[] = [];
  const seen = createSeen();
  const prior = lookForManaged();
  const calls = lookForCalls();
  const idleLook = createIdleLook(engine);
  let elements = 0;
  let unchanged = 0;
  let existed = false;
  let goesInModule = false;
  let openTofu = false;
  let broken: CheckError | null = null;

  const takeElement = ({ address, deposed, provider }: Omit<Idle, 'existed'>): void => {
    if (!seen.add(address, deposed)) repeated.push(address);
    elements++;
    openTofu ||= provider?.startsWith('registry.opentofu.org/') === true;
  };
  const takeIdle = (idle: Idle): void => {
    takeElement(idle);
    unchanged++;
    existed ||= idle.existed;
  };
  /** As `takeIdle` for each of them. */
  const takeRun = ({ count, existed: anyExisted, openTofu: anyOpenTofu, low, high, address }: Run): void => {
    if (broken !== null) return;
    for (let nth = 0; nth < count; nth++) {
      if (seen.addHashed(low(nth), high(nth))) continue;
      const raw = address(nth);
      repeated.push(stringAt(raw, 0, raw.length));
    }
    elements += count;
    unchanged += count;
    existed ||= anyExisted;
    openTofu ||= anyOpenTofu;
  };
  const takeChange = (change: Change): void => {
    takeElement(change);
    existed ||= change.mode === 'managed' && !change.importing && change.before !== null;
    goesInModule ||= change.module !== null && change.effect === 'delete';
    if (change.effect === 'none') unchanged++;
    else onChange(change);
  };
  const takeDrift = (change: Change): void => {
    existed ||= change.mode === 'managed';
    if (change.effect === 'delete') vanished.push(change.address);
  };

  const lists: ReadonlyMap<string, List> = new Map([
    [CHANGES, list(readChange, takeChange)],
    ['resource_drift', list(readChange, takeDrift)],
    ['deferred_changes', list(readDeferred, (one) => deferred.push(one))],
    ['action_invocations', list(readInvocation, (one) => invocations.push(one))],
    ['deferred_action_invocations', list(readDeferredInvocation, (one) => invocations.push(one))],
  ]);

  /** What is wrong in a part does not end the scan: the end may show that this is no plan, and say what it is. */
  const guarded = <Part>(read: () => Part): Part | null => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof CheckError)) throw thrown;
      broken ??= thrown;
      return null;
    }
  };

  const scanned: Scanned = {
    want(key, kind) {
      keys.add(key);
      kinds.set(key, kind);
      if (key === CHANGES && kind === 'array') return 'unusual-elements';
      if (lists.has(key)) return 'elements';
      // `show -json` prints the state after the changes, so mostly the answer is known and there is nothing to look at.
      if (key === 'prior_state' && kind === 'object' && !existed) return 'pieces';
      // Comes last, and is large: looked at only where something may have gone with the call of its module.
      if (key === 'configuration' && kind === 'object' && goesInModule) return 'pieces';
      return SMALL.has(key) || TELLING.has(key) ? 'value' : 'skip';
    },
    value(key, raw) {
      guarded(() => {
        if (lists.has(key)) throw malformed(key, 'is not a list');
        small.set(key, parseJson(raw, key));
      });
    },
    element(key, index, raw) {
      if (broken !== null) return;
      const idle = key === CHANGES ? idleLook(raw) : null;
      if (idle !== null) {
        takeIdle(idle);
        return;
      }
      const where = `${key}[${index}]`;
      const take = guarded(() => lists.get(key)?.(parseJson(raw, where), where));
      take?.();
    },
    piece: (key, raw) => (key === 'configuration' ? calls : prior).piece(raw),
    trailing: (_offset, head) => refuseTrailing({ keys, small }, head),
  };

  return {
    scanned,
    plain: { members: ELEMENT, roles: ROLES.map(rowOf), passed: takeRun },
    collected: () => ({
      keys,
      kinds,
      small,
      elements,
      unchanged,
      invocations,
      deferred,
      vanished,
      repeated,
      openTofu,
      existed: existed || prior.found(),
      moduleCalls: calls.names(),
      broken,
    }),
  };
}

const CHANGES = 'resource_changes';

const SMALL: ReadonlySet<string> = new Set([
  'format_version',
  'terraform_version',
  'timestamp',
  'complete',
  'errored',
  'output_changes',
]);

/** Understands an element, and gives back what to do with it: so that no failure to do it passes for a bad element. */
type List = (value: Json, where: string) => () => void;

const list =
  <Part>(read: (value: Json, where: string) => Part, take: (part: Part) => void): List =>
  (value, where) => {
    const part = read(value, where);
    return () => take(part);
  };
