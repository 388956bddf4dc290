import { isArray, isObject, type Json, text } from '../../model/json.ts';

/**
 * What the pages of a change set and the change sets of its nested stacks have in common: the ARN of the root. Null for a
 * document that does not say it, or that has change sets of several roots.
 */
export function rootIdIn(document: Json): string | null {
  const parts = isArray(document) ? document : [document];
  const ids = new Set(parts.map((part) => text(part, 'RootChangeSetId') ?? text(part, 'ChangeSetId')));
  const [id = null] = ids;
  return ids.size === 1 && parts.every(isObject) ? id : null;
}
