import type { Problem } from '../../model/error.ts';
import { at, type Json, type JsonObject, text } from '../../model/json.ts';

/** How a change set is carried out, where that differs from the usual. */
export interface Manner {
  readonly notes: readonly string[];
  /** A way that nobody has seen may do anything. */
  readonly problems: readonly Problem[];
}

export function mannerOf(head: JsonObject, name: string): Manner {
  const seen = WAYS.flatMap(({ key, path, words }) => {
    const value = at(head, path) ?? null;
    return value === null
      ? []
      : [{ key, value, says: typeof value === 'string' ? words.get(value) : undefined }];
  });
  const imports = head.get('ImportExistingResources') === true ? [IMPORTS] : [];
  return {
    notes: [...seen.flatMap(({ says }) => (says ? [says] : [])), ...imports].map(
      (says) => `${name}: ${says}`,
    ),
    problems: seen.flatMap(({ key, value, says }) => (says === undefined ? [strange(name, key, value)] : [])),
  };
}

interface Way {
  readonly key: string;
  readonly path: readonly string[];
  /** What each word means for people; empty where it is the usual way. */
  readonly words: ReadonlyMap<string, string>;
}

const WAYS: readonly Way[] = [
  {
    key: 'DeploymentMode',
    path: ['DeploymentMode'],
    words: new Map([
      [
        'REVERT_DRIFT',
        'DeploymentMode REVERT_DRIFT undoes what was changed by hand on live resources, hot fixes included',
      ],
    ]),
  },
  {
    key: 'DeploymentConfig.Mode',
    path: ['DeploymentConfig', 'Mode'],
    words: new Map([
      ['STANDARD', ''],
      ['EXPRESS', 'DeploymentConfig EXPRESS does not wait until resources are stable'],
    ]),
  },
  {
    key: 'OnStackFailure',
    path: ['OnStackFailure'],
    words: new Map([
      ['DO_NOTHING', 'OnStackFailure DO_NOTHING leaves a failed stack as it is, without a rollback'],
      ['ROLLBACK', ''],
      ['DELETE', 'OnStackFailure DELETE deletes the whole stack if its creation fails'],
    ]),
  },
];

const IMPORTS = 'ImportExistingResources takes over resources of the same name that exist already';

const strange = (name: string, key: string, value: Json): Problem => ({
  code: 'unsupported-version',
  message: `${name} has the ${key} ${typeof value === 'string' ? JSON.stringify(value) : 'of another kind'}, which is not known`,
  mend: 'use a newer check-plan',
  source: null,
});

/** The name of a change set in messages: `the change set cs of shop-prod`. */
export const nameInMessages = (head: JsonObject): string => {
  const [set, stack] = [text(head, 'ChangeSetName'), text(head, 'StackName')];
  return `the change set${set ? ` ${set}` : ''}${stack ? ` of ${stack}` : ''}`;
};
