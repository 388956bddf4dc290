export type Says = 'production' | 'non-production';

/** What a word tells. `strong` words mean an environment wherever they stand; `medium` ones have other meanings too. */
export interface Meaning {
  readonly says: Says;
  readonly strength: 'strong' | 'medium';
}

const rows = (says: Says, strength: Meaning['strength'], words: string): [string, Meaning][] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => [word, { says, strength }]);

/**
 * The words that tell an environment, lower case, whole. Words that mean too much to tell anything (`p`, `main`,
 * `primary`, `release`, `int`, `build`, `performance`, `pilot`, `canary`) are left out on purpose.
 * `demo`, `preview`, `local`, `experiment`, `ephemeral`, `acceptance`, `lab` and `scratch` are only medium: `lab-results`
 * may be a hospital's database.
 */
export const WORDS: ReadonlyMap<string, Meaning> = new Map([
  ...rows('production', 'strong', 'production prod prd missioncritical'),
  ...rows('production', 'medium', 'live dr disasterrecovery businesscritical critical prodlike'),
  ...rows(
    'non-production',
    'strong',
    `dev development develop devel test testing tst qa staging stage stg stag uat sandbox sbx loadtest poc playground
     nonprod nonproduction nonprd nprd notprod preprod preproduction`,
  ),
  ...rows(
    'non-production',
    'medium',
    `developer tests qual acc accept acceptance sit sbox integration perf stress demo preview ephemeral temp tmp local
     ci lab labs training trn experiment np npd ppd pprod ppe mock fake beta alpha review feature scratch`,
  ),
]);

/** The next word is denied: `non-prod`. `no` is not here, for it is a country as well. */
export const NEGATORS: ReadonlySet<string> = new Set(['non', 'not', 'pre', 'never']);

/** Words that mean something else together, written apart or in camel case (`DevOps`). Null: they tell nothing. */
export const PHRASES: ReadonlyMap<string, Meaning | null> = new Map<string, Meaning | null>([
  ...rows('production', 'strong', 'mission-critical business-unit-critical'),
  ...rows('production', 'medium', 'disaster-recovery business-critical staging-slot'),
  ...rows('non-production', 'medium', 'live-test live-tests'),
  ...(
    'dev-ops dev-sec-ops dev-container dev-containers developer-portal integration-hub stage-manager back-stage ' +
    'live-stream live-streams production-line test-results lab-results ab-test feature-flag feature-flags feature-store ' +
    'training-data'
  )
    .split(' ')
    .map((phrase): [string, null] => [phrase, null]),
]);

/** Accounts that production leans on, where the whole value of an environment tag is one of them. */
export const SHARED: ReadonlySet<string> = new Set(
  `shared hub mgmt management root security audit logarchive logging identity connectivity platform network global core
   corp online dmz`.split(/\s+/),
);
