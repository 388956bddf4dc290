import core from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Hazard } from '../model/report.ts';
import { lookOf } from './look.ts';
import { warn } from './offered.ts';
import type { GuardOptions } from './options.ts';
import { untraced } from './untraced.ts';

/** What the aspect does at each construct: a warning where something is declared that would make a later mistake costly. */
export function guardOf({ stages = 'fail', ...options }: GuardOptions): (node: IConstruct) => void {
  const look = lookOf(options);
  return (node) => {
    if (stages === 'fail') refuseStages(node);
    const hazards = look(node);
    if (hazards.length > 0) tell(node, hazards);
  };
}

/** One warning for each id, as that is what CDK acknowledges them by. */
function tell(node: IConstruct, hazards: readonly Hazard[]): void {
  untraced(() => {
    for (const id of new Set(hazards.map((hazard) => hazard.id))) {
      const those = hazards.filter((hazard) => hazard.id === id);
      const message = `${those.map(({ says }) => says).join('; ')}. Instead: ${those[0]?.instead ?? ''}`;
      warn(node, `check-plan-${id}`, message);
    }
  });
}

/**
 * An aspect on an app does not enter its stages, and an app of nothing but stages would pass without a word. An annotation
 * on a stage is in no stack, and so is seen by nobody: only an exception is loud.
 */
function refuseStages(node: IConstruct): void {
  for (const child of node.node.children) {
    if (
      !core.Stage.isStage(child) ||
      core.Aspects.of(child).all.some((aspect) => 'isDestructionGuard' in aspect)
    )
      continue;
    throw new Error(
      `DestructionGuard cannot enter the stage ${child.node.path}: CDK does not apply an aspect of ${node.node.path || 'the app'} inside of it. Use CheckPlan.protect(app), which judges every stage, add the guard to the stage too, or say { stages: 'ignore' }`,
    );
  }
}
