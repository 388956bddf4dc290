import type { Members } from './cloudformation.ts';

/** The resource changes of a page. */
export const changesIn = (page: Members): readonly Members[] =>
  elementsOf(page).flatMap(({ ResourceChange: change }) => (isMembers(change) ? [change] : []));

/**
 * The page, with the values of properties where another description has them. That one is asked for with property values,
 * and may lack changes; what it says of a change counts only where it says the same as the page in every word that decides.
 */
export function withValues(page: Members, valued: readonly Members[]): Members {
  const byId = new Map<unknown, Members[]>();
  for (const change of valued) {
    const id = change['LogicalResourceId'];
    byId.set(id, [...(byId.get(id) ?? []), change]);
  }
  const enriched = (change: Members): Members => {
    const [twin, other] = byId.get(change['LogicalResourceId']) ?? [];
    const isSame =
      twin !== undefined && other === undefined && WORDS.every((key) => twin[key] === change[key]);
    if (!isSame) return change;
    const { BeforeContext, AfterContext } = twin;
    return { ...change, BeforeContext, AfterContext, Details: detailsOf(change, twin) };
  };
  if (!Array.isArray(page['Changes'])) return page;
  return {
    ...page,
    Changes: elementsOf(page).map((element) => {
      const { ResourceChange: change } = element;
      return isMembers(change) ? { ...element, ResourceChange: enriched(change) } : element;
    }),
  };
}

/** Those with values, and those without that they do not repeat. */
function detailsOf(change: Members, twin: Members): readonly unknown[] {
  const valued = listOf(twin['Details']);
  const told = new Set(valued.map(reasonIn));
  return [...valued, ...listOf(change['Details']).filter((detail) => !told.has(reasonIn(detail)))];
}

/** What a detail says besides its values. */
function reasonIn(detail: unknown): string {
  const { Target, Evaluation, ChangeSource, CausingEntity } = isMembers(detail) ? detail : {};
  const { Attribute, Name, RequiresRecreation } = isMembers(Target) ? Target : {};
  return JSON.stringify([Attribute, Name, RequiresRecreation, Evaluation, ChangeSource, CausingEntity]);
}

/** What the verdict stands on. */
const WORDS = ['Action', 'Replacement', 'PolicyAction', 'ResourceType', 'PhysicalResourceId', 'ChangeSetId'];

const elementsOf = (page: Members): readonly Members[] => listOf(page['Changes']).filter(isMembers);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
