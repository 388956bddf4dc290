import { at, type Path } from '../model/json.ts';
import type { Says } from './lexicon.ts';
import { type Mark, type Side, told } from './mark.ts';

/** What attributes say that the provider itself defines as an environment. */
export function stageMarks(type: string, side: Side): Mark[] {
  const stage = STAGES.get(type);
  const value = stage === undefined ? undefined : at(side.values, stage.path);
  if (stage === undefined || typeof value !== 'string') return [];
  const says = stage.says[value.toUpperCase()];
  if (says === undefined) return [];
  const { path } = stage;
  const mark = told({ carrier: path.join('.'), value, path, says, strength: 'strong' }, side);
  return mark === null ? [] : [mark];
}

interface Stage {
  readonly path: Path;
  /** By value in upper case; a value that is not listed says nothing. */
  readonly says: Readonly<Record<string, Says>>;
}

const APP_HUB: Stage = {
  path: ['attributes', 0, 'environment', 0, 'type'],
  says: {
    PRODUCTION: 'production',
    STAGING: 'non-production',
    TEST: 'non-production',
    DEVELOPMENT: 'non-production',
  },
};

/** The enumerations as the providers' schemas have them. */
const STAGES: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  [
    'aws_amplify_branch',
    {
      path: ['stage'],
      says: {
        PRODUCTION: 'production',
        BETA: 'non-production',
        DEVELOPMENT: 'non-production',
        EXPERIMENT: 'non-production',
        PULL_REQUEST: 'non-production',
      },
    },
  ],
  [
    'digitalocean_project',
    {
      path: ['environment'],
      says: { PRODUCTION: 'production', STAGING: 'non-production', DEVELOPMENT: 'non-production' },
    },
  ],
  [
    'google_bigtable_instance',
    { path: ['instance_type'], says: { PRODUCTION: 'production', DEVELOPMENT: 'non-production' } },
  ],
  ['google_apphub_application', APP_HUB],
  ['google_apphub_service', APP_HUB],
  ['google_apphub_workload', APP_HUB],
]);
