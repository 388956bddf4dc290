import { randomUUID } from 'node:crypto';
import { appendToLog } from '../adapters/log.ts';
import { useRecord } from '../adapters/records.ts';
import type { Store } from '../adapters/store/store.ts';
import { brokenGlass } from '../glass.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { SignOff } from '../model/signoff.ts';
import type { Io } from './io.ts';

/** One run, as the log of the store tells of it. */
export interface Trail {
  readonly run: string;
  /** Tells that it begins, by whose leave. Throws where that cannot be told: then nothing may begin. */
  begun(report: Report): Promise<void>;
  ended(says: string): Promise<void>;
  /** Tells of a judgement that nothing follows on. */
  decided(report: Report): Promise<void>;
}

export function trailOf(store: Store, policy: Policy, io: Io): Trail {
  const run = `${pipelineOf(io)} ${randomUUID()}`;
  const at = (): string => new Date(io.now()).toISOString();
  const told = (report: Report) => ({
    at: at(),
    run,
    says: saysOf(report),
    records: permitting(report).flatMap(({ recordDigest }) => (recordDigest === null ? [] : [recordDigest])),
  });
  return {
    run,
    begun: async (report) => {
      const isBroken =
        report.changeSets.length > 0 && brokenGlass(report.signOffs, policy) !== null && !isSigned(report);
      const hours = policy.signOff.breakGlass?.reviewHours ?? 0;
      const reviewBy = isBroken ? new Date(io.now() + hours * MS_PER_HOUR).toISOString() : null;
      await appendToLog(store, { ...told(report), kind: 'begun', reviewBy, review: null });
    },
    ended: async (says) => {
      await appendToLog(store, {
        at: at(),
        kind: 'ended',
        run,
        says: [says],
        records: [],
        reviewBy: null,
        review: null,
      });
    },
    decided: async (report) => {
      await appendToLog(store, { ...told(report), kind: 'decided', reviewBy: null, review: null });
    },
  };
}

const MS_PER_HOUR = 3_600_000;

const isSigned = (report: Report): boolean => permitting(report).some(({ kind }) => kind === 'sign-off');

const permitting = ({ signOffs }: Report): readonly SignOff[] => signOffs.filter(({ accepted }) => accepted);

function saysOf(report: Report): readonly string[] {
  return [
    report.decision,
    ...report.changeSets.map(
      ({ source, inputDigest, signOffDigest }) =>
        `${source} sha256:${inputDigest}, destroys ${signOffDigest ?? 'nothing that needs a sign-off'}`,
    ),
    ...permitting(report).map(
      ({ kind, person, level, comment }) =>
        `${kind} by ${person} (${level}): ${JSON.stringify(comment ?? '')}`,
    ),
    `written by: ${report.authorship.is}`,
    `policy ${report.policy.source}${report.policy.digest === null ? '' : ` sha256:${report.policy.digest}`}`,
  ];
}

/**
 * Uses up the records that permit this apply, right before it runs, where the policy or the record asks for it: of two
 * applies that both found one unused, only one can. What it took before it lost stays used, since nobody can say any
 * more for whom. Throws `apply-refused`.
 */
export async function useUp(report: Report, store: Store, policy: Policy, run: string): Promise<void> {
  for (const { kind, recordDigest, source, person } of permitting(report)) {
    if (recordDigest === null || (kind === 'sign-off' && !policy.signOff.singleUse)) continue;
    if (await useRecord(store, recordDigest, run)) continue;
    throw new CheckError(
      'apply-refused',
      `the record of ${person} (${source}) was used up a moment ago by another apply`,
      'let it be signed again: it permits one apply',
    );
  }
}

/** Where pipelines say which run they are. */
const PIPELINES = [
  'GITHUB_RUN_ID',
  'CI_JOB_URL',
  'BUILDKITE_BUILD_URL',
  'BUILD_URL',
  'CIRCLE_BUILD_URL',
  'BUILD_BUILDURI',
];

const pipelineOf = (io: Io): string =>
  PIPELINES.flatMap((name) => (io.env[name] ? [`${name}=${io.env[name]}`] : []))[0] ?? 'no pipeline,';
