import type { Change, StatedTag } from '../model/change.ts';
import type { Environment, Evidence } from '../model/environment.ts';
import { isObject } from '../model/json.ts';
import type { Policy } from '../model/policy.ts';
import { type Mark, masks, type Side } from './mark.ts';
import { addressMarks, nameMarks } from './names.ts';
import { policyEvidence } from './policy-evidence.ts';
import { afterwards, mayBeTaggedAnew } from './release.ts';
import { stageMarks } from './stages.ts';
import { statedMarks, tagMarks } from './tags.ts';
import { environmentWordsOf, wordsOf } from './tokens.ts';
import { strongestFirst, weigh } from './weigh.ts';

/** What is said of the whole run: `--environment`, and the workspace, which only a saved plan names by itself. */
export interface CallerEnvironment {
  readonly environment: string | null;
  readonly workspace: string | null;
  /** Where the state is kept, as the saved plan says. */
  readonly backend?: string | null;
}

type Lists = Pick<Policy, 'production' | 'nonProduction'>;

/**
 * Whether a change touches production, and what says so. What exists speaks for itself: the state after a change can
 * raise it to production, and lower it only where nothing existed before.
 */
export function environmentOf(change: Change, caller: CallerEnvironment, policy: Lists): Environment {
  const before = marksOf(change, 'before');
  const after = marksOf(change, 'after');
  const { deployed, proposed } = stackMarks(change.stated ?? []);
  const isNew = change.effect === 'create' && !isObject(change.before);
  const fresh = after.filter((mark) => !before.some((old) => sameMark(old, mark)));
  const counted = distinct([
    ...policyEvidence(change, caller.workspace, policy),
    ...callerEvidence(caller),
    ...before.map(evidence('before')),
    ...fresh.filter((mark) => isNew || saysProduction(mark)).map(evidence('after')),
    ...deployed.map(placeless),
    ...proposed.filter((mark) => isNew || saysProduction(mark)).map(placeless),
    ...addressMarks(change).map(placeless),
  ]);
  const verdict = weigh(counted);
  const relabelled =
    isRelabelled(change, before, after) ||
    isRetagged(deployed, proposed) ||
    // What will say production is counted once it exists, and then nothing is released.
    (verdict.treatedAsProduction && !after.some(saysProduction) && isReleased(change, caller, policy));
  const denied = relabelled ? fresh.filter((mark) => mark.says === 'non-production') : [];
  return {
    ...verdict,
    evidence: distinct([...counted, ...denied.map(evidence('after'))]).sort(strongestFirst),
    relabelled,
  };
}

/**
 * What the stack says, as it is deployed and as it will be. A parameter is passed by whoever deploys, so one that is
 * deployed may raise to production only; a tag stands on what exists.
 */
function stackMarks(stated: readonly StatedTag[]): { deployed: readonly Mark[]; proposed: readonly Mark[] } {
  const marksAt = (...places: StatedTag['where'][]): readonly Mark[] =>
    statedMarks(stated.filter(({ where }) => places.includes(where)));
  const raising = marksAt('deployed stack parameter', 'stack').filter(saysProduction);
  return {
    deployed: [...marksAt('deployed stack tag'), ...raising],
    proposed: marksAt('stack tag', 'stack parameter'),
  };
}

/** A tag of the stack said production, and will say otherwise. */
const isRetagged = (deployed: readonly Mark[], proposed: readonly Mark[]): boolean =>
  deployed.some(
    ({ carrier, says }) =>
      says === 'production' &&
      proposed.some((mark) => `deployed ${mark.carrier}` === carrier && mark.says === 'non-production'),
  );

function marksOf(change: Change, which: 'before' | 'after'): Mark[] {
  const side: Side =
    which === 'before'
      ? { values: change.before, sensitive: change.beforeSensitive, unknown: false }
      : { values: change.after, sensitive: change.afterSensitive, unknown: change.afterUnknown };
  const physicalId = which === 'before' ? change.physicalId : null;
  return [...stageMarks(change.type, side), ...tagMarks(side), ...nameMarks(change.type, side, physicalId)];
}

function callerEvidence({ environment, workspace, backend = null }: CallerEnvironment): Evidence[] {
  const said = environment === null ? null : environmentWordsOf(environment);
  const tokens = workspace === null ? null : wordsOf(workspace);
  const kept = backend === null ? null : wordsOf(backend.replace(/^[a-z0-9]+:\/\//, ''));
  return [
    ...(environment === null || said === null
      ? []
      : [{ where: '--environment', value: environment, says: said.says, strength: 'decisive' as const }]),
    ...(workspace === null || tokens === null
      ? []
      : [{ where: 'workspace', value: workspace, says: tokens.says, strength: 'strong' as const }]),
    ...(backend === null || kept === null
      ? []
      : [{ where: 'backend', value: backend, says: kept.says, strength: STATE_IN[kept.says] }]),
  ];
}

/** Who keeps the state of production with the development account says little of what it describes. */
const STATE_IN: Readonly<Record<Evidence['says'], Evidence['strength']>> = {
  production: 'medium',
  'non-production': 'weak',
};

/**
 * What was called production is called something else: a mark says non-production that did not before, or a tag that
 * said production no longer does and nothing else in the values says it either. Of a tag that is not known yet, nothing
 * is said.
 */
function isRelabelled({ after, afterUnknown }: Change, was: readonly Mark[], will: readonly Mark[]): boolean {
  const marked = was.filter(saysProduction);
  if (!isObject(after) || marked.length === 0) return false;
  const denied = will.some(
    (mark) => mark.says === 'non-production' && !was.some((old) => sameMark(old, mark)),
  );
  const lost = marked.some((mark) => mark.carrier.startsWith('tag') && !masks(afterUnknown, mark.path));
  return denied || (lost && !will.some(saysProduction));
}

/** Whether a next plan could do to the object what this one could not: it would no longer count as production. */
function isReleased(change: Change, ...judgedBy: readonly [CallerEnvironment, Lists]): boolean {
  const next = afterwards(change);
  if (next === null) return false;
  const { treatedAsProduction, evidence } = environmentOf(next, ...judgedBy);
  return !treatedAsProduction || (mayBeTaggedAnew(change) && !evidence.some(saysProduction));
}

const saysProduction = ({ says }: Pick<Mark, 'says'>): boolean => says === 'production';

const sameMark = (a: Mark, b: Mark): boolean => a.carrier === b.carrier && a.says === b.says;

const placeless = ({ carrier, value, says, strength }: Mark): Evidence => ({
  where: carrier,
  value,
  says,
  strength,
});

const evidence =
  (side: 'before' | 'after') =>
  ({ carrier, value, says, strength }: Mark): Evidence => ({
    where: `${carrier} (${side})`,
    value,
    says,
    strength,
  });

function distinct(all: readonly Evidence[]): Evidence[] {
  const seen = new Map(all.map((piece) => [JSON.stringify([piece.where, piece.value, piece.says]), piece]));
  return [...seen.values()];
}
