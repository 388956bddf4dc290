import core from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import type { HazardNeeds } from '../catalogue/hazard.ts';
import type { Hazard } from '../model/report.ts';
import { environmentOf } from '../production/environment.ts';
import { replacementsIn } from '../readers/cdk/replacement.ts';
import { declaredBy } from './declared.ts';
import type { LookOptions } from './options.ts';
import { policyOf } from './policy.ts';

/** What a construct declares that would make a later mistake costly, in production or what may be. */
export type Look = (node: IConstruct) => readonly Hazard[];

export function lookOf({ environment, policy: named }: LookOptions): Look {
  const catalogue = createCatalogue(readCatalogueFile);
  const replacements = replacementsIn(
    readCatalogueFile('replacement/own.tsv'),
    readCatalogueFile('replacement/aws.tsv'),
  );
  const policy = policyOf(named);
  const caller = { environment: environment ?? null, workspace: null };
  const needs = new Map<string, HazardNeeds>();
  const needed = (type: string): HazardNeeds => {
    const known = needs.get(type);
    if (known !== undefined) return known;
    const found = catalogue.hazardsNeed(type);
    needs.set(type, found);
    return found;
  };
  const { production, nonProduction } = policy;
  const hasLogicalIds = production.addresses.length + nonProduction.addresses.length > 0;
  const reading = { toolbox: core, replacements, needed, hasLogicalIds };
  return (node) => {
    const declared = declaredBy(node, reading);
    if (declared === null) return NONE;
    const hazards = catalogue.hazards(declared);
    if (hazards.length === 0) return NONE;
    return environmentOf(declared.change, caller, policy).treatedAsProduction ? hazards : NONE;
  };
}

const NONE: readonly Hazard[] = [];

/** Those of a whole tree: with all of its stages and nested stacks, as it is after every aspect. */
export function hazardsIn(app: IConstruct, options: LookOptions): readonly Hazard[] {
  return app.node.findAll().flatMap(lookOf(options));
}
