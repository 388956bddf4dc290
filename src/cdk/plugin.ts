import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import { hazardsIn } from './look.ts';
import type { ProtectOptions } from './options.ts';
import { type AppChange, type AppHazard, type AppReport, reportOf } from './report.ts';

/** The plugin that CDK asks at the end of a synth, when all templates of all stages are written. */
export const pluginOf = (options: ProtectOptions): IPolicyValidationPlugin => ({
  name: 'check-plan',
  validate: (context: IPolicyValidationContext) =>
    options.baseline === undefined
      ? { success: true, violations: hazardViolations(hazardsIn(context.appConstruct.node.root, options)) }
      : comparedWith(options, context),
});

/** What deployment would delete and replace stops the synth until it is signed, and so does what cannot be judged. */
function comparedWith(options: ProtectOptions, context: IPolicyValidationContext) {
  const report = reportOf(outdirOf(context), options);
  const { errors, decision, changeSets } = report;
  const isStopped = errors.length > 0 || decision !== 'allowed';
  return {
    success: !isStopped,
    violations: [
      ...errors.map((error) =>
        violation(error.code, `${CANNOT_JUDGE}: ${error.message}`, error.mend, stacksOf(context)),
      ),
      ...(isStopped ? [stopped(report, context), ...changeSets.flatMap(stoppingViolations)] : []),
      ...hazardViolations(changeSets.flatMap(({ hazards }) => hazards)),
    ],
  };
}

const CANNOT_JUDGE = 'check-plan cannot judge this app, so nothing is allowed';

/** Said in every case: CDK lets a failure pass that comes with no violation at a construct. */
function stopped({ decision, changeSets }: AppReport, context: IPolicyValidationContext): PolicyViolation {
  const whole = changeSets.flatMap(({ findings }) => findings.map(({ message }) => message));
  return violation(
    decision,
    [`check-plan stops this deployment: ${decision.replaceAll('-', ' ')}`, ...whole].join('; '),
    SIGN,
    stacksOf(context),
  );
}

/** The assembly of the whole app, whichever stage CDK asks about. */
function outdirOf({ appConstruct }: IPolicyValidationContext): string {
  const { root } = appConstruct.node;
  if ('outdir' in root && typeof root.outdir === 'string') return root.outdir;
  throw new Error('the app does not say where it is synthesised to');
}

type ChangeSet = AppReport['changeSets'][number];

/** `fatal` is what nobody can acknowledge in the code: only a sign-off lets it through. */
const FATAL = 'fatal';

const violation = (
  ruleName: string,
  description: string,
  fix: string | null,
  violatingResources: PolicyViolation['violatingResources'],
): PolicyViolation => ({
  ruleName,
  description,
  severity: FATAL,
  ...(fix === null ? {} : { fix }),
  violatingResources,
});

const stacksOf = ({
  stackTemplates,
  appConstruct,
}: IPolicyValidationContext): PolicyViolation['violatingResources'] => {
  const paths = (stackTemplates ?? []).map(({ stackConstructPath }) => stackConstructPath);
  return (paths.length > 0 ? paths : [appConstruct.node.path]).map((constructPath) => ({
    constructPath,
    locations: [],
  }));
};

const stoppingViolations = ({ changes }: ChangeSet): PolicyViolation[] =>
  changes.filter(({ needsSignOff }) => needsSignOff).flatMap(changeViolations);

const changeViolations = (change: AppChange): PolicyViolation[] =>
  change.findings.map(({ rule, severity, message, instead }) =>
    violation(rule, `${severity}: ${message}${becauseOf(change)}`, [...instead, SIGN].join('\n'), [
      resourceOf(change),
    ]),
  );

const SIGN =
  'or let a senior sign exactly this: `check-plan sign cdk.out --key KEY` with the same baseline, then synthesise again';

function becauseOf({ causes }: AppChange): string {
  const told = causes.map(({ says, path }) => says ?? `${(path ?? []).join('.')} changes`);
  return told.length === 0 ? '' : ` (${told.join('; ')})`;
}

/**
 * One violation for each thing that is told, with all that it is told of: CDK shows its words once. Acknowledged as every
 * violation is, for each resource by itself: `Validations.of(x).acknowledge({ id: 'check-plan::removal-policy', reason })`.
 */
function hazardViolations(hazards: readonly AppHazard[]): PolicyViolation[] {
  const told = new Map<string, AppHazard[]>();
  for (const hazard of hazards) {
    const key = `${hazard.id} ${hazard.says}`;
    const those = told.get(key);
    if (those === undefined) told.set(key, [hazard]);
    else those.push(hazard);
  }
  return [...told.values()].flatMap((those): PolicyViolation[] => {
    const [hazard] = those;
    if (hazard === undefined) return [];
    return [
      {
        ruleName: hazard.id,
        description: hazard.says,
        severity: 'warning',
        fix: hazard.instead,
        violatingResources: those.map(resourceOf),
      },
    ];
  });
}

/** A resource that is gone has no construct any more. CDK takes one of the two. */
const resourceOf = ({ address, construct }: Pick<AppHazard, 'address' | 'construct'>) => ({
  ...(construct === null
    ? { resourceLogicalId: address.split('/').at(-1) ?? address }
    : { constructPath: construct.path }),
  locations: [],
});
