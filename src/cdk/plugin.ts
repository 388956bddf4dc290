import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import type { ProtectOptions } from './options.ts';
import { type AppChange, type AppHazard, type AppReport, errorsOf, reportOf } from './report.ts';

/** The plugin that CDK asks at the end of a synth, when all templates of all stages are written. */
export const pluginOf = (options: ProtectOptions): IPolicyValidationPlugin => ({
  name: 'check-plan',
  validate(context: IPolicyValidationContext) {
    const report = reportOf(outdirOf(context), options);
    const errors = errorsOf(report, options);
    const isStopped = errors.length > 0 || (options.baseline !== undefined && report.decision !== 'allowed');
    return {
      success: !isStopped,
      violations: [
        ...errors.map((error) =>
          violation(error.code, `${CANNOT_JUDGE}: ${error.message}`, error.mend, stacksOf(context)),
        ),
        ...(isStopped ? [stopped(report, context), ...report.changeSets.flatMap(stoppingViolations)] : []),
        ...report.changeSets.flatMap(({ hazards }) => hazards.map(hazardViolation)),
      ],
    };
  },
});

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

/** Acknowledged as every violation is: `Validations.of(x).acknowledge({ id: 'check-plan::removal-policy', reason })`. */
const hazardViolation = (hazard: AppHazard): PolicyViolation => ({
  ruleName: hazard.id,
  description: hazard.says,
  severity: 'warning',
  fix: hazard.instead,
  violatingResources: [resourceOf(hazard)],
});

/** A resource that is gone has no construct any more. */
const resourceOf = ({ address, construct }: Pick<AppHazard, 'address' | 'construct'>) => ({
  resourceLogicalId: address.split('/').at(-1) ?? address,
  ...(construct === null ? {} : { constructPath: construct.path }),
  locations: [],
});
