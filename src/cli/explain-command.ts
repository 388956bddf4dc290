import { inputOf } from '../adapters/input.ts';
import { check } from '../check.ts';
import { explain } from '../explain.ts';
import { resourceOf } from '../model/dependency.ts';
import { CheckError } from '../model/error.ts';
import type { JudgedChange, JudgedChangeSet, Report } from '../model/report.ts';
import { near } from '../policy/nearest.ts';
import { renderExplanations } from '../reporters/explanation.ts';
import { renderExplanationsJson } from '../reporters/explanation-json.ts';
import { renderText } from '../reporters/text.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { lookOf } from './outputs.ts';
import { readingTwice } from './twice.ts';
import { contextOf, worldOf } from './world.ts';

export interface ExplainOptions extends WorldOptions {
  readonly json?: boolean;
}

/**
 * `check-plan explain INPUT [ADDRESS]`: why it is destroyed, what hangs on it, what to write instead. Without an address,
 * everything that a rule objects to. It ends like a check, so that no pipeline takes it for a pass.
 */
export async function explainCommand(
  name: string,
  address: string | null,
  options: ExplainOptions,
  io: Io,
): Promise<number> {
  const twice = await readingTwice([name], io);
  try {
    const input = inputOf(name, contextOf(options, twice.io));
    const { report } = await check([input], await worldOf(options, io));
    const [set] = report.changeSets;
    if (set === undefined) {
      io.stdout(renderText(report, lookOf(options, io)));
      return report.exitCode;
    }
    const asked = changesAt(set, address);
    const [radius] = await twice.radiiOf([input], report)();
    const explanations = explain(set, asked, radius ?? { why: 'what hangs on what was not looked at' });
    if (options.json === true) io.stdout(renderExplanationsJson(explanations));
    else if (explanations.length === 0) io.stdout(nothingText(report));
    else io.stdout(renderExplanations(explanations, lookOf(options, io)));
    return report.exitCode;
  } finally {
    await twice.end();
  }
}

/** What is asked for: the change of an address, all instances of a resource, or what a rule objects to, the worst first. */
function changesAt({ changes }: JudgedChangeSet, address: string | null): readonly JudgedChange[] {
  if (address === null) return changes.filter((change) => change.needsSignOff || change.findings.length > 0);
  const exact = changes.filter((change) => change.address === address);
  if (exact.length > 0) return exact;
  const instances = changes.filter((change) => resourceOf(change.address) === address);
  if (instances.length > 0) return instances;
  const known = [...new Set(changes.map((change) => change.address))];
  const alike = near(address, known);
  throw new CheckError(
    'usage',
    `nothing of the address ${JSON.stringify(address)} changes`,
    alike.length > 0
      ? `near it: ${alike.join(', ')}`
      : known.length === 0
        ? null
        : `what changes: ${known.slice(0, 5).join(', ')}`,
  );
}

const nothingText = ({ decision }: Report): string =>
  `Nothing to explain: no rule objects to anything (${decision}).\n`;
