import core from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { hasValidations } from './offered.ts';
import type { ProtectOptions } from './options.ts';
import { pluginOf } from './plugin.ts';
import { errorsOf, reportOf } from './report.ts';

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
function judgeAfterSynth(app: Synthesised, options: ProtectOptions): void {
  const synth = app.synth.bind(app);
  let isJudged = false;
  app.synth = (...given) => {
    const assembly = synth(...given);
    if (isJudged) return assembly;
    isJudged = true;
    const report = reportOf(app.outdir, options);
    const errors = errorsOf(report, options).map(({ message }) => message);
    const findings = report.changeSets.flatMap(({ changes }) =>
      changes
        .filter(({ needsSignOff }) => needsSignOff)
        .flatMap((one) => one.findings.map(({ message }) => message)),
    );
    for (const { address, id, says } of report.changeSets.flatMap(({ hazards }) => hazards))
      process.stderr.write(`check-plan: ${address}: ${says} [${id}]\n`);
    const isStopped = errors.length > 0 || (options.baseline !== undefined && report.decision !== 'allowed');
    if (isStopped)
      throw new Error(`check-plan stops this deployment:\n${[...errors, ...findings].join('\n')}`);
    return assembly;
  };
}
