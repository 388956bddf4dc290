import type { Change } from '../model/change.ts';
import type { Evidence } from '../model/environment.ts';
import type { Json } from '../model/json.ts';
import type { Matchers } from '../model/policy.ts';
import type { Says } from './lexicon.ts';
import { accountsNamedIn, locationOf, ownValues } from './location.ts';
import { matches } from './pattern.ts';
import { plainKey } from './tag-keys.ts';
import { tagsOf } from './tags.ts';

/**
 * What the policy's lists say of a change, all of it decisive. Production is looked for on both sides of the change and
 * in every account that it names; non-production counts only where the object that exists has it: its own account, its
 * tags before, both its addresses.
 */
export function policyEvidence(
  change: Change,
  workspace: string | null,
  policy: { readonly production: Matchers; readonly nonProduction: Matchers },
): Evidence[] {
  // Without a policy, or with one that says nothing of environments, there is nothing to hold against its lists.
  if (isEmpty(policy.production) && isEmpty(policy.nonProduction)) return [];
  const own = ownValues(change);
  const account = locationOf(change).account;
  const mentioned = new Set([...accountsNamedIn(change.before), ...accountsNamedIn(change.after)]);
  const addresses = [change.address, ...(change.previousAddress === null ? [] : [change.previousAddress])];
  const { production, nonProduction } = policy;
  return [
    ...listed(production.accounts, [account, ...mentioned]).map(accountEvidence('production')),
    ...listed(nonProduction.accounts, [account]).map(accountEvidence('non-production')),
    ...workspaceEvidence(production, workspace, 'production'),
    ...workspaceEvidence(nonProduction, workspace, 'non-production'),
    ...addresses.filter(anyOf(production.addresses)).map(addressEvidence('production')),
    ...(addresses.every(anyOf(nonProduction.addresses))
      ? [addressEvidence('non-production')(change.address)]
      : []),
    ...tagEvidence(production, change.before, 'before', 'production'),
    ...tagEvidence(production, change.after, 'after', 'production'),
    ...tagEvidence(nonProduction, own, own === change.before ? 'before' : 'after', 'non-production'),
  ];
}

const isEmpty = ({ accounts, workspaces, addresses, tags }: Matchers): boolean =>
  accounts.length === 0 && workspaces.length === 0 && addresses.length === 0 && tags.size === 0;

const listed = (accounts: readonly string[], seen: readonly (string | null)[]): string[] => {
  const plain = new Set(seen.flatMap((account) => (account === null ? [] : [account.toLowerCase()])));
  return accounts.filter((account) => plain.has(account.toLowerCase()));
};

const anyOf =
  (patterns: readonly string[]) =>
  (text: string): boolean =>
    patterns.some((pattern) => matches(pattern, text));

const accountEvidence =
  (says: Says) =>
  (account: string): Evidence => ({
    where: `account ${account}`,
    value: account,
    says,
    strength: 'decisive',
  });

const addressEvidence =
  (says: Says) =>
  (address: string): Evidence => ({
    where: 'address in the policy',
    value: address,
    says,
    strength: 'decisive',
  });

function workspaceEvidence(matchers: Matchers, workspace: string | null, says: Says): Evidence[] {
  if (workspace === null || !anyOf(matchers.workspaces)(workspace)) return [];
  return [{ where: 'workspace in the policy', value: workspace, says, strength: 'decisive' }];
}

function tagEvidence(matchers: Matchers, values: Json, side: 'before' | 'after', says: Says): Evidence[] {
  const wanted = [...matchers.tags].map(([key, patterns]) => ({
    key: plainKey(key),
    patterns: patterns.map((pattern) => pattern.toLowerCase()),
  }));
  return tagsOf(values).flatMap(({ key, value }): Evidence[] => {
    if (key === null) return [];
    const listed = wanted.some(
      (entry) => entry.key === plainKey(key) && anyOf(entry.patterns)(value.trim().toLowerCase()),
    );
    return listed ? [{ where: `tag ${key} in the policy (${side})`, value, says, strength: 'decisive' }] : [];
  });
}
