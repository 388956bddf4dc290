import { isArray, isObject, type Json, type JsonObject, type Path } from '../model/json.ts';

/** An object of a side, with its path. */
export type Root = readonly [JsonObject, Path];

/** The objects of one side that hold names and tags, each with its path: the top, and where Kubernetes and CloudFormation put them. */
export function rootsOf(values: Json): readonly Root[] {
  const roots: Root[] = [];
  for (const path of ROOTS) {
    let here: Json | undefined = values;
    for (const step of path) {
      if (typeof step === 'number') here = isArray(here) ? here[step] : undefined;
      else here = isObject(here) ? here.get(step) : undefined;
    }
    if (isObject(here)) roots.push([here, path]);
  }
  return roots;
}

const ROOTS: readonly Path[] = [[], ['metadata'], ['metadata', 0], ['manifest', 'metadata'], ['Properties']];
