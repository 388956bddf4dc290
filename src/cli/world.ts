import { readFile } from 'node:fs/promises';
import { openCatalogue } from '../adapters/catalogue.ts';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { type Ci, readCi } from '../adapters/ci.ts';
import { readCounters } from '../adapters/counters.ts';
import { readHistory } from '../adapters/history.ts';
import type { InputContext } from '../adapters/input.ts';
import { loadPolicy } from '../adapters/policy-file.ts';
import { readRecords } from '../adapters/records.ts';
import { repositoryOf } from '../adapters/repository.ts';
import type { Store } from '../adapters/store/store.ts';
import { attribute } from '../authorship/attribute.ts';
import { type Catalogue, createCatalogue } from '../catalogue/catalogue.ts';
import type { World } from '../check.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { environmentWordsOf } from '../production/tokens.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { storeOf } from './store-of.ts';

/** The world with the place that its records are from, for those who put something there. */
export interface CliWorld extends World {
  readonly store: Store;
}

/** Everything that the judgement stands on, gathered from the files, the repository and the machine. */
export async function worldOf(options: WorldOptions, io: Io): Promise<CliWorld> {
  const place = { cwd: io.cwd, env: io.env };
  const ci: Ci = await readCi(io.env, (path) => readFile(path, 'utf8'));
  const repository = repositoryOf(place);
  const gathering = Promise.allSettled([
    loadPolicy(place, options.policy ?? null, ci.baseRef, repository),
    readHistory({ ...place, range: options.commits ?? null, base: ci.baseRef ?? ci.before }, repository),
  ]);
  // Read while git answers.
  const shipped = createCatalogue(readCatalogueFile);
  const workspace = options.workspace ?? (io.env['TF_WORKSPACE'] || null);
  const [policyRead, historyRead] = await gathering;
  const { policy, notes } = settledValue(policyRead);
  const { catalogue, notes: milder } =
    policy.own === undefined ? { catalogue: shipped, notes: [] } : await openCatalogue(policy, io.now());
  const history = settledValue(historyRead);
  const authorship = attribute({
    declared: options.author ?? null,
    env: io.env,
    history,
    pullRequest: ci.pullRequest,
    actors: ci.actors,
  });
  const store = await storeOf(options, policy.signOff, io);
  refuseUnknownRules(policy, catalogue);
  return {
    catalogue,
    policy,
    authorship,
    caller: {
      environment: options.environment ?? null,
      workspace,
    },
    now: io.now(),
    hiddenKey: hiddenKeyOf(io.env),
    store,
    records: (digest) => readRecords(store, digest),
    counters: () => readCounters(store),
    notes: [
      ...notes,
      ...expired(policy, io.now()),
      ...milder,
      ...lowered(policy, catalogue, io.now()),
      ...unheard(options),
    ],
    signWith: signWith(options, workspace),
  };
}

/** A key that is too short to help would only look like one. */
function hiddenKeyOf(env: Io['env']): string | null {
  const key = env[HIDDEN_KEY] || null;
  if (key !== null && key.length < 32)
    throw new CheckError(
      'usage',
      `${HIDDEN_KEY} has ${key.length} characters, and needs 32`,
      'make one with: openssl rand -hex 32',
    );
  return key;
}

const HIDDEN_KEY = 'CHECK_PLAN_HIDDEN_KEY';

function settledValue<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
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

/** A critical rule that is made milder is told to everybody who reads the report. */
const lowered = ({ rules }: Policy, catalogue: Catalogue, now: number): readonly string[] =>
  catalogue.rules.flatMap(({ id, severity, when }) => {
    const override = rules.get(id);
    const isCritical = [severity, ...when.map((one) => one.severity)].some((one) => GRAVE.has(one));
    if (override === undefined || now >= override.expires || override.severity === 'critical' || !isCritical)
      return [];
    const until = new Date(override.expires).toISOString().slice(0, 10);
    return [
      `the policy sets ${id}, which can be critical, to ${override.severity} until ${until}: ${override.reason}`,
    ];
  });

const GRAVE: ReadonlySet<string> = new Set(['critical', 'of-type']);

/** What changes the judgement must be the same for the signer, so the command that the report prints says it too. */
function signWith(options: WorldOptions, workspace: string | null): readonly string[] {
  const given: Readonly<Record<string, string | null | undefined>> = {
    '--policy': options.policy,
    '--environment': options.environment,
    '--workspace': workspace,
    '--author': options.author,
    '--commits': options.commits,
    '--store': options.store,
    '--baseline': options.baseline,
  };
  return Object.entries(given).flatMap(([option, value]) => {
    if (value === undefined || value === null) return [];
    return value.startsWith('-') ? [`${option}=${value}`] : [option, value];
  });
}

/** A name that says neither is no evidence, and whoever gave it should know. */
const unheard = ({ environment }: WorldOptions): readonly string[] =>
  environment === undefined || environmentWordsOf(environment) !== null
    ? []
    : [`--environment ${environment} says neither production nor non-production, so it is no evidence`];

/** What opening an input needs of the outside. */
export const contextOf = (options: WorldOptions, io: Io): InputContext => ({
  cwd: io.cwd,
  // To ask for the stream opens it, and few inputs are read from it.
  stdin: { [Symbol.asyncIterator]: () => io.stdin[Symbol.asyncIterator]() },
  baseline: options.baseline ?? null,
  isLive: options.live === true,
  terraform: { program: options.terraform ?? null, env: io.env },
  aws: {
    region: options.region ?? null,
    profile: options.profile ?? null,
    endpointUrl: options.endpointUrl ?? null,
  },
});
