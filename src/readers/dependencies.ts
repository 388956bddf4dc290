import type { Dependencies } from '../model/dependency.ts';
import { createGraph } from './dependency-graph.ts';
import { asUtf8 } from './encoding.ts';
import { withHead } from './head.ts';
import { createDescent } from './json/descent.ts';
import { engineFor, LARGE } from './json/engine.ts';
import { intoPlan } from './terraform/dependencies.ts';

/**
 * Reads a document a second time, for what it says of which resource leans on which. Only what can be judged comes
 * here, so nothing is refused that `readChangeSet` took; memory grows with the dependencies, not with the document.
 *
 * Throws CheckError `not-json`, `input-too-deep`; and whatever `bytes` throws.
 */
export async function readDependencies(bytes: AsyncIterable<Uint8Array>): Promise<Dependencies> {
  const { head, bytes: document } = await withHead(asUtf8(bytes), LARGE);
  const engine = await engineFor(head.length);
  const graph = createGraph();
  const descent = createDescent(intoPlan(graph), engine.createSkipper());
  for await (const chunk of document) descent.feed(chunk);
  descent.end();
  return graph.built();
}
