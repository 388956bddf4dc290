import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { type Ci, readCi } from '../adapters/ci.ts';
import { readHistory } from '../adapters/history.ts';
import { loadPolicy } from '../adapters/policy-file.ts';
import { readRecords } from '../adapters/records.ts';
import { attribute } from '../authorship/attribute.ts';
import { type Catalogue, createCatalogue } from '../catalogue/catalogue.ts';
import type { World } from '../check.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { environmentWordsOf } from '../production/tokens.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';

const RECORDS_FOLDER = '.check-plan/sign-offs';

/** Everything that the judgement stands on, gathered from the files, the repository and the machine. */
export async function worldOf(options: WorldOptions, io: Io): Promise<World> {
  const place = { cwd: io.cwd, env: io.env };
  const ci: Ci = await readCi(io.env, (path) => readFile(path, 'utf8'));
  const { policy, notes } = await loadPolicy(place, options.policy ?? null, ci.baseRef);
  const history = await readHistory({
    ...place,
    range: options.commits ?? null,
    base: ci.baseRef ?? ci.before,
  });
  const authorship = attribute({
    declared: options.author ?? null,
    env: io.env,
    history,
    pullRequest: ci.pullRequest,
    actors: ci.actors,
  });
  const folder = recordsFolder(options, io);
  const catalogue = createCatalogue(readCatalogueFile);
  refuseUnknownRules(policy, catalogue);
  return {
    catalogue,
    policy,
    authorship,
    caller: {
      environment: options.environment ?? null,
      workspace: options.workspace ?? (io.env['TF_WORKSPACE'] || null),
    },
    now: io.now(),
    records: (digest) => readRecords(folder, digest),
    notes: [...notes, ...expired(policy, io.now()), ...unheard(options)],
  };
}

/** A misspelt id would leave the rule that it means in force, or out of force, unseen. */
function refuseUnknownRules({ rules, source }: Policy, catalogue: Catalogue): void {
  const known = catalogue.rules.map(({ id }) => id);
  const unknown = [...rules.keys()].find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new CheckError(
    'policy-invalid',
    `${source} overrides ${unknown}, and there is no such rule`,
    `the rules are ${known.join(', ')}`,
  );
}

const expired = ({ rules }: Policy, now: number): readonly string[] =>
  [...rules]
    .filter(([, { expires }]) => expires <= now)
    .map(
      ([id, { expires }]) =>
        `the override of ${id} expired ${new Date(expires).toISOString()} and no longer counts`,
    );

/** A name that says neither is no evidence, and whoever gave it should know. */
const unheard = ({ environment }: WorldOptions): readonly string[] =>
  environment === undefined || environmentWordsOf(environment) !== null
    ? []
    : [`--environment ${environment} says neither production nor non-production, so it is no evidence`];

export const recordsFolder = (options: WorldOptions, io: Io): string =>
  resolve(io.cwd, options.signOffs ?? RECORDS_FOLDER);
