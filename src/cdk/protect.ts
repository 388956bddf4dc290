import core from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { hazardsIn } from './look.ts';
import { hasValidations } from './offered.ts';
import type { ProtectOptions } from './options.ts';
import { pluginOf } from './plugin.ts';
import { type AppHazard, type AppReport, reportOf } from './report.ts';

/**
 * Registers with the app what the installed CDK offers: a validation plugin, or, of an older CDK, a look at what every
 * synth has written. Both judge the whole assembly, so that no stage is left out, however late it is added.
 */
export function protect(app: IConstruct, options: ProtectOptions = {}): void {
  const { root } = app.node;
  if (PROTECTED.has(root)) throw new Error('CheckPlan.protect was called for this app already');
  if (!('synth' in root) || typeof root.synth !== 'function')
    throw new Error('CheckPlan.protect needs a construct of an app: its root is no App');
  PROTECTED.add(root);
  // The app may come from another, older copy of CDK than this module finds.
  if (hasValidations && '_addValidationPlugins' in root)
    core.Validations.of(root).addPlugins(pluginOf(options));
  else judgeAfterSynth(root as IConstruct & Synthesised, options);
}

const PROTECTED = new WeakSet<IConstruct>();

interface Synthesised {
  readonly outdir: string;
  synth(...given: readonly unknown[]): unknown;
}

/** An exception is all that stops an older CDK. */
function judgeAfterSynth(app: IConstruct & Synthesised, options: ProtectOptions): void {
  const synth = app.synth.bind(app);
  let isJudged = false;
  app.synth = (...given) => {
    const assembly = synth(...given);
    if (isJudged) return assembly;
    isJudged = true;
    if (options.baseline === undefined) tell(hazardsIn(app, options));
    else comparedWith(reportOf(app.outdir, options));
    return assembly;
  };
}

function comparedWith({ errors, decision, changeSets }: AppReport): void {
  tell(changeSets.flatMap(({ hazards }) => hazards));
  if (errors.length === 0 && decision === 'allowed') return;
  const findings = changeSets.flatMap(({ changes }) =>
    changes
      .filter(({ needsSignOff }) => needsSignOff)
      .flatMap((one) => one.findings.map(({ message }) => message)),
  );
  const why = [...errors.map(({ message }) => message), ...findings];
  throw new Error(`check-plan stops this deployment:\n${why.join('\n')}`);
}

function tell(hazards: readonly AppHazard[]): void {
  for (const { address, construct, id, says } of hazards)
    process.stderr.write(`check-plan: ${construct?.path ?? address}: ${says} [${id}]\n`);
}
