import type { CiSystem, Surroundings } from '../../adapters/surroundings.ts';
import { githubWorkflow } from './github-workflow.ts';
import { gitlabJob } from './gitlab-job.ts';

/** A step of a pipeline that can be written, and what is left to do with it. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
  readonly next: string;
}

/** The file that puts the check into the pipeline; null where it has to be put in by hand. */
export function pipelineFile(found: Surroundings): PipelineFile | null {
  return found.ci === null ? null : (WRITTEN[found.ci]?.(found) ?? null);
}

/** Where a pipeline is one file of the repository, it is not for us to edit. */
const WRITTEN: Readonly<Record<CiSystem, ((found: Surroundings) => PipelineFile) | null>> = {
  'GitHub Actions': (found) => ({
    path: '.github/workflows/check-plan.yml',
    text: githubWorkflow(found),
    next: 'give its jobs credentials that may read what is deployed',
  }),
  'GitLab CI': (found) => ({
    path: 'check-plan.gitlab-ci.yml',
    text: gitlabJob(found),
    next: 'add it to .gitlab-ci.yml: include: [{ local: check-plan.gitlab-ci.yml }]',
  }),
  Jenkins: null,
  'AWS CodeBuild': null,
  Atlantis: null,
  Spacelift: null,
};
