import core from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import type { Hazard } from '../model/report.ts';
import { DEFAULT_POLICY } from '../policy/defaults.ts';
import { environmentOf } from '../production/environment.ts';
import { replacementsIn } from '../readers/cdk/replacement.ts';
import { declaredBy } from './declared.ts';
import { hasValidations } from './offered.ts';
import type { GuardOptions } from './options.ts';

/** What the aspect does at each construct: a warning where something is declared that would make a later mistake costly. */
export function guardOf({ environment, stages = 'fail' }: GuardOptions): (node: IConstruct) => void {
  const catalogue = createCatalogue(readCatalogueFile);
  const replacements = replacementsIn(
    readCatalogueFile('replacement/own.tsv'),
    readCatalogueFile('replacement/aws.tsv'),
  );
  const caller = { environment: environment ?? null, workspace: null };
  return (node) => {
    if (stages === 'fail') refuseStages(node);
    const declared = declaredBy(node, core, replacements, catalogue.hazardsNeed);
    if (declared === null) return;
    const hazards = catalogue.hazards(declared);
    if (hazards.length === 0) return;
    if (!environmentOf(declared.change, caller, DEFAULT_POLICY).treatedAsProduction) return;
    for (const hazard of hazards) tell(node, hazard);
  };
}

/** Acknowledged as every warning of CDK is, by its id. */
function tell(node: IConstruct, { id, says, instead }: Hazard): void {
  const message = `${says}. Instead: ${instead}`;
  if (hasValidations) core.Validations.of(node).addWarning(`check-plan-${id}`, message);
  else core.Annotations.of(node).addWarningV2(`check-plan-${id}`, message);
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
