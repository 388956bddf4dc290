import type { StatedTag } from '../model/change.ts';
import { ownText } from '../model/detached.ts';
import { isArray, isObject, type Json, type Path, text } from '../model/json.ts';
import { type Carried, type Mark, type Side, told } from './mark.ts';
import { rootsOf } from './roots.ts';
import { HIGH_RATING, plainKey, type TagKey, tagKey } from './tag-keys.ts';
import { environmentWordsOf } from './tokens.ts';

/** A tag or label; key null where it is a bare word in a list. The carrier is named `tag KEY`. */
export interface Tag extends Carried {
  readonly key: string | null;
}

/** Every tag and label of one side, as often as it stands there. */
export function tagsOf(values: Json, isWanted: IsWanted = () => true): readonly Tag[] {
  const tags: Tag[] = [];
  for (const [root, path] of rootsOf(values))
    for (const [attribute, value] of root)
      if (TAG_ATTRIBUTE.test(attribute)) tags.push(...tagsIn(value, [...path, attribute], isWanted));
  return tags;
}

/** Whether a tag with the key is asked for. */
type IsWanted = (key: string) => boolean;

/** What the tags of one side say of the environment. */
export function tagMarks(side: Side): Mark[] {
  const marks: Mark[] = [];
  for (const tag of tagsOf(side.values, isEnvironmentKey)) {
    const mark = markOf(tag);
    const shown = mark === null ? null : told(mark, side);
    if (shown !== null) marks.push(shown);
  }
  return marks;
}

/** What the tags and parameters of a stack say: as the change set states them, or as they are deployed. */
export const statedMarks = (stated: readonly StatedTag[]): Mark[] =>
  stated.flatMap(({ where, key, value }) => {
    // Somebody wanted this stack not to be deleted by mistake.
    if (where === 'stack') return [{ carrier: key, value, path: [], says: 'production', strength: 'weak' }];
    const mark = markOf({ key, value, path: [], carrier: `${where} ${key}` });
    return mark === null ? [] : [mark];
  });

/** `tags`, `tags_all`, `effective_labels`, the `tag` blocks of a scaling group; `Tags` and its kin in CloudFormation. */
export const TAG_ATTRIBUTE =
  /^(tags?|tags_all|labels|effective_labels|terraform_labels|annotations|([A-Z]\w*)?Tags(AtCreate)?)$/;

/** A map that tags something `key` and `value` looks like a pair, so that a pair is read as a map too. */
function tagsIn(tags: Json, path: Path, isWanted: IsWanted): Tag[] {
  if (isObject(tags)) {
    const key = text(tags, 'key') ?? text(tags, 'Key');
    const value = text(tags, 'value') ?? text(tags, 'Value');
    const found = key === null || value === null || !isWanted(key) ? [] : [tagOf(key, value, path)];
    for (const [name, member] of tags)
      if (typeof member === 'string' && isWanted(name)) found.push(tagOf(name, member, [...path, name]));
    return found;
  }
  if (!isArray(tags)) return [];
  return tags.flatMap((member, index): Tag[] => {
    if (typeof member === 'string') return [wordTag(member, [...path, index])];
    return isObject(member) ? tagsIn(member, [...path, index], isWanted) : [];
  });
}

const tagOf = (key: string, value: string, path: Path): Tag => ({ key, value, path, carrier: `tag ${key}` });

/** `env:prod`, or a bare word. */
function wordTag(member: string, path: Path): Tag {
  const colon = member.indexOf(':');
  if (colon < 0) return { key: null, value: member, path, carrier: 'tag' };
  return tagOf(member.slice(0, colon), member.slice(colon + 1), path);
}

function markOf(tag: Tag): Mark | null {
  if (tag.key === null) return marked(tag, BARE);
  const cluster = CLUSTER.exec(tag.key)?.[1];
  if (cluster !== undefined) return marked({ ...tag, value: cluster }, WEAK);
  const key = tagKey(tag.key);
  return key === null ? null : marked(tag, key);
}

/** Whether a tag with the key may say anything of the environment. */
function isEnvironmentKey(key: string): boolean {
  const known = environmentKeys.get(key);
  if (known !== undefined) return known;
  const is = CLUSTER.test(key) || tagKey(key) !== null;
  if (environmentKeys.size === MOST_KEYS) environmentKeys.clear();
  environmentKeys.set(ownText(key), is);
  return is;
}

/** What was asked lately: the resources of a plan mostly have the same tags. */
const environmentKeys = new Map<string, boolean>();
const MOST_KEYS = 1000;

const CLUSTER = /^kubernetes\.io\/cluster\/(.+)$/;
const BARE: TagKey = { strength: 'medium', raisesOnly: false };
const WEAK: TagKey = { strength: 'weak', raisesOnly: false };

/** A tag is as strong as its key and its value both are. */
function marked({ carrier, value, path }: Carried, key: TagKey): Mark | null {
  if (key.raisesOnly && key.strength === 'strong' && plainKey(value) === HIGH_RATING)
    return { carrier, value, path, says: 'production', strength: 'strong' };
  const words = environmentWordsOf(value);
  if (words === null || (key.raisesOnly && words.says === 'non-production')) return null;
  const strength = key.strength === 'strong' ? words.strength : key.strength;
  return { carrier, value, path, says: words.says, strength };
}
