import type { Dependencies } from '../../model/dependency.ts';
import { leanIn } from '../cloudformation/template-dependencies.ts';
import { createGraph } from '../dependency-graph.ts';
import { readAssembly } from './assembly.ts';
import type { Folder } from './folder.ts';
import { type Baseline, pairStacks } from './pair.ts';

// All that the adapter loads at once, and only for an assembly.
export { readBaseline } from './baseline.ts';

/** What the templates of an assembly say of who leans on whom: those that would be, and those that are deployed. */
export function readCdkDependencies(folder: Folder, baseline: Baseline | null): Dependencies {
  const graph = createGraph();
  const deployed = baseline ?? { name: '', stacks: [], isWhole: true, problems: [] };
  for (const { path, before, after } of pairStacks(readAssembly(folder).stacks, deployed).pairs)
    for (const { resources, outputs } of [before, after]) leanIn({ path, resources, outputs }, graph);
  return graph.built();
}
