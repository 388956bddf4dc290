import type { Change } from '../../model/change.ts';
import type { ChangeSetFacts } from '../../model/changeset.ts';
import { HEAD, refuseBinary, refuseText } from '../detect.ts';
import { asUtf8 } from '../encoding.ts';
import { withHead } from '../head.ts';
import { engineFor, LARGE } from '../json/engine.ts';
import { scanDocument } from '../json/scan.ts';
import { collectPlan } from './collect.ts';
import { factsOf } from './facts.ts';

/**
 * Reads the JSON of a Terraform or OpenTofu plan: UTF-8 or UTF-16, of any size, holding one element at a time.
 * Every element of `resource_changes` that changes something is handed over as it comes; the others are counted.
 *
 * What the judgement does not need is not parsed. A document below LARGE is held to the whole JSON grammar all the same;
 * in a larger one such parts are held only to what a `Skipper` looks at: brackets, strings, and no strange bytes.
 *
 * The members of a document stand in no set order, so only the end tells whether it is a plan, and of which version:
 * what was handed over counts for nothing unless the promise is kept. Facts with problems are no judgement either.
 *
 * Throws CheckError `not-a-plan`, `not-json`, `duplicate-key`, `input-too-deep`, `unsupported-version`,
 * `malformed-plan`; and whatever `bytes` or `onChange` throw.
 */
export async function readTerraformPlan(
  bytes: AsyncIterable<Uint8Array>,
  onChange: (change: Change) => void,
): Promise<ChangeSetFacts> {
  const input = await withHead(bytes, HEAD);
  refuseBinary(input.head);
  const text = await withHead(asUtf8(input.bytes), HEAD);
  refuseText(text.head);
  const { head, bytes: document } = await withHead(text.bytes, LARGE);
  const engine = engineFor(head.length);
  try {
    const plan = collectPlan(onChange, engine);
    const skipper = head.length >= LARGE ? engine.createSkipper(plan.plain) : null;
    await scanDocument(document, plan.scanned, skipper);
    return factsOf(plan.collected());
  } finally {
    engine.end();
  }
}
