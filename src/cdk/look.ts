import type { CfnResource, Stack } from 'aws-cdk-lib';
import core from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import { each } from '../catalogue/once.ts';
import type { Declared } from '../model/change.ts';
import { canonical } from '../model/json.ts';
import type { Hazard } from '../model/report.ts';
import { declaredResource, declaredStack } from '../readers/cdk/declared.ts';
import { replacementsIn } from '../readers/cdk/replacement.ts';
import type { Resource } from '../readers/cdk/template.ts';
import type { LookOptions } from './options.ts';
import { idOf, isStack, type Naming, placeOf } from './place.ts';
import { isSilent, plainResource } from './plain.ts';
import { policyOf } from './policy.ts';
import { inProduction } from './production.ts';
import { resolvedResource } from './resolved.ts';

/** What a construct declares that would make a later mistake costly, in production or what may be. */
export type Look = (node: IConstruct) => readonly Hazard[];

/** What is the same of many constructs is found out once: apps have thousands of them, and few that differ in it. */
export function lookOf({ environment, policy: named }: LookOptions): Look {
  const catalogue = createCatalogue(readCatalogueFile);
  const replacements = replacementsIn(
    readCatalogueFile('replacement/own.tsv'),
    readCatalogueFile('replacement/aws.tsv'),
  );
  const policy = policyOf(named);
  const isProduction = inProduction({ environment: environment ?? null, workspace: null }, policy);
  const { production, nonProduction } = policy;
  const naming: Naming = {
    hasLogicalIds: production.addresses.length + nonProduction.addresses.length > 0,
    token: core.Token,
  };
  const places = each((stack: Stack) => placeOf(stack, naming));
  const needs = each(catalogue.hazardsNeed);
  const ofAlike = new Map<string, readonly Hazard[]>();

  /** Where it stands says nothing of what a resource declares, so those that are alike have the same hazards. */
  function hazardsOf(resource: Resource, declared: () => Declared): readonly Hazard[] {
    const alike = `${resource.type} ${canonical(resource.flat)}`;
    const known = ofAlike.get(alike);
    if (known !== undefined) return known;
    const hazards = catalogue.hazards(declared());
    ofAlike.set(alike, hazards);
    return hazards;
  }

  function ofStack(stack: Stack): readonly Hazard[] {
    if (stack.nestedStackParent) return NONE;
    const place = places(stack);
    const declared = declaredStack(place, stack.terminationProtection === true);
    const hazards = catalogue.hazards(declared);
    return hazards.length > 0 && isProduction(() => declared, place, true) ? hazards : NONE;
  }

  function ofResource(node: CfnResource): readonly Hazard[] {
    const needed = needs(node.cfnResourceType);
    if (needed === null) return NONE;
    const stack = core.Stack.of(node);
    const plain = plainResource(node, needed, core);
    const read = plain ?? resolvedResource(node, stack);
    if (read === null) return NONE;
    const construct = { path: node.node.path, source: null };
    const place = places(stack);
    const declared = (): Declared =>
      declaredResource(place, { ...read, id: idOf(node, stack, naming) }, replacements, () => construct);
    const hazards = hazardsOf(read, declared);
    if (hazards.length === 0 || !isProduction(declared, place, plain !== null && isSilent(plain)))
      return NONE;
    const address = `${place.path}/${idOf(node, stack, naming)}`;
    return hazards.map((hazard) => ({ ...hazard, address, construct }));
  }

  return (node) => {
    if (isStack(node)) return ofStack(node);
    return core.CfnResource.isCfnResource(node) ? ofResource(node as CfnResource) : NONE;
  };
}

const NONE: readonly Hazard[] = [];

/** Those of a whole tree: with all of its stages and nested stacks, as it is after every aspect. */
export function hazardsIn(app: IConstruct, options: LookOptions): readonly Hazard[] {
  return app.node.findAll().flatMap(lookOf(options));
}
