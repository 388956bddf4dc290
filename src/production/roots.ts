import { isArray, isObject, type Json, type JsonObject, type Path } from '../model/json.ts';

/** The objects of one side that hold names and tags, each with its path: the top, and where Kubernetes and CloudFormation put them. */
export function rootsOf(values: Json): readonly (readonly [JsonObject, Path])[] {
  return ROOTS.flatMap((path) => {
    let here: Json | undefined = values;
    for (const step of path) {
      if (typeof step === 'number') here = isArray(here) ? here[step] : undefined;
      else here = isObject(here) ? here.get(step) : undefined;
    }
    return isObject(here) ? [[here, path] as const] : [];
  });
}

const ROOTS: readonly Path[] = [[], ['metadata'], ['metadata', 0], ['manifest', 'metadata'], ['Properties']];
