import type { Dependencies } from '../model/dependency.ts';
import { leanInChangeSet } from './cloudformation/dependencies.ts';
import { createGraph, type GraphBuilder } from './dependency-graph.ts';
import { asUtf8 } from './encoding.ts';
import { withHead } from './head.ts';
import { createDescent } from './json/descent.ts';
import { engineFor, LARGE } from './json/engine.ts';
import { intoPlan } from './terraform/dependencies.ts';

/** What a document is, by its first reading: a folder is read by `readCdkDependencies`. */
type Read = 'terraform' | 'cloudformation';

/**
 * Reads a document a second time, for what it says of which resource leans on which. Only what can be judged comes
 * here, so nothing is refused that `readChangeSet` took; memory grows with the dependencies, not with the document.
 *
 * Throws CheckError `not-json`, `input-too-deep`; and whatever `bytes` throws.
 */
export async function readDependencies(bytes: AsyncIterable<Uint8Array>, kind: Read): Promise<Dependencies> {
  const graph = createGraph();
  await LEAN[kind](asUtf8(bytes), graph);
  return graph.built();
}

const LEAN: Readonly<Record<Read, (bytes: AsyncIterable<Uint8Array>, graph: GraphBuilder) => Promise<void>>> =
  {
    cloudformation: leanInChangeSet,
    terraform: leanInPlan,
  };

async function leanInPlan(bytes: AsyncIterable<Uint8Array>, graph: GraphBuilder): Promise<void> {
  const { head, bytes: document } = await withHead(bytes, LARGE);
  const engine = engineFor(head.length);
  try {
    const descent = createDescent(intoPlan(graph), engine.createSkipper());
    for await (const chunk of document) descent.feed(chunk);
    descent.end();
  } finally {
    engine.end();
  }
}
