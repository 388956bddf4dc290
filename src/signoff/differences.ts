import type { Target } from '../model/signoff.ts';

const FIELDS = {
  accounts: ({ accounts }) => several(accounts),
  regions: ({ regions }) => several(regions),
  workspace: ({ workspace }) => one(workspace),
  environment: ({ environment }) => one(environment),
} satisfies Record<keyof Target, (target: Target) => string>;

/** Each field in which the targets differ, with both values: `workspace: "prod" here, "staging" signed`. */
export const targetDifferences = (here: Target, signed: Target): readonly string[] =>
  Object.entries(FIELDS)
    .map(([field, of]) => ({ field, seen: of(here), agreed: of(signed) }))
    .filter(({ seen, agreed }) => seen !== agreed)
    .map(({ field, seen, agreed }) => `${field}: ${seen} here, ${agreed} signed`);

/** What is destroyed here and was not signed, and the other way round. */
export function destroyDifferences(here: readonly string[], signed: readonly string[]): readonly string[] {
  return [
    ...without(here, signed).map((line) => `not signed: ${line}`),
    ...without(signed, here).map((line) => `signed, and not here: ${line}`),
  ];
}

/** The items of one list that the other has not, or not as often. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

const one = (value: string | null): string => (value === null ? 'none' : JSON.stringify(value));
const several = (values: readonly string[]): string =>
  values.length === 0 ? 'none' : [...values].sort().map(one).join(', ');
