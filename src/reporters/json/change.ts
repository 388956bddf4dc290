import type { Cause, Construct, Value } from '../../model/change.ts';
import type { Environment } from '../../model/environment.ts';
import type { Disarmed, JudgedChange } from '../../model/report.ts';
import { findingJson } from './finding.ts';

export const changeJson = (
  change: JudgedChange,
): Record<Exclude<keyof JudgedChange, 'ownName' | 'isCopy' | 'kin'>, unknown> => ({
  address: change.address,
  deposed: change.deposed,
  previousAddress: change.previousAddress,
  module: change.module,
  type: change.type,
  provider: change.provider,
  mode: change.mode,
  effect: change.effect,
  order: change.order,
  certainty: change.certainty,
  fate: change.fate,
  fateBecause: change.fateBecause,
  physicalId: change.physicalId,
  importing: change.importing,
  construct: constructJson(change.construct ?? null),
  holds: change.holds,
  loses: change.loses,
  location: { account: change.location.account, region: change.location.region },
  causes: change.causes.map(causeJson),
  disarmed: change.disarmed.map(disarmedJson),
  standing: change.standing,
  environment: environmentJson(change.environment),
  findings: change.findings.map(findingJson),
  needsSignOff: change.needsSignOff,
});

export const constructJson = (construct: Construct | null): unknown =>
  construct === null ? null : { path: construct.path, source: construct.source };

const causeJson = (cause: Cause): unknown =>
  cause.kind === 'reason'
    ? { kind: cause.kind, reason: cause.reason, says: cause.says }
    : { kind: cause.kind, path: cause.path, ...sidesJson(cause) };

const disarmedJson = (disarmed: Disarmed): unknown => ({
  path: disarmed.path,
  kind: disarmed.kind,
  ...sidesJson(disarmed),
  says: disarmed.says,
});

/** The JSON text of a value, so that no digit is lost; null where it must not be shown, is not known, or is not there. */
const sidesJson = ({ before, after }: { before: Value; after: Value }) => ({
  before: shown(before),
  beforeIs: before.visibility,
  after: shown(after),
  afterIs: after.visibility,
});

const shown = ({ exact, visibility }: Value): string | null => (visibility === 'shown' ? exact : null);

const environmentJson = (environment: Environment): Record<keyof Environment, unknown> => ({
  is: environment.is,
  treatedAsProduction: environment.treatedAsProduction,
  because: environment.because,
  evidence: environment.evidence.map(({ where, value, says, strength }) => ({
    where,
    value,
    says,
    strength,
  })),
  relabelled: environment.relabelled,
});
