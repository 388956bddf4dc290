import { type Catalogue, createCatalogue } from '../catalogue/catalogue.ts';
import { parseOwn } from '../catalogue/own.ts';
import type { Policy } from '../model/policy.ts';
import { readCatalogueFile } from './catalogue-files.ts';

export interface OpenedCatalogue {
  readonly catalogue: Catalogue;
  /** What the policy makes milder in it. */
  readonly notes: readonly string[];
}

/**
 * The shipped catalogue with what the policy adds to it. CEL is loaded only where the policy adds something. `now` is in
 * milliseconds since 1970.
 */
export async function openCatalogue({ own, source }: Policy, now: number): Promise<OpenedCatalogue> {
  const shipped = createCatalogue(readCatalogueFile);
  if (own === undefined) return { catalogue: shipped, notes: [] };
  const [{ loadCel }, { readYaml }] = await Promise.all([
    import('../catalogue/cel.ts'),
    import('../policy/yaml.ts'),
  ]);
  const added = parseOwn(own, {
    source,
    now,
    shipped: shipped.rules.map(({ id }) => id),
    compile: await loadCel(),
    // JSON is YAML, and this reader refuses what stands twice and names that mean something to JavaScript.
    readDocument: (text, name) => readYaml(text, name).value,
  });
  return { catalogue: createCatalogue(readCatalogueFile, added), notes: added.notes };
}
