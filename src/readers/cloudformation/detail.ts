import { canonical, isObject, type Json, type Path } from '../../model/json.ts';
import { optionalText, requiredObject } from './member.ts';

/** One reason for a change: which attribute, by what, and with which values. */
export interface Detail {
  /** `Properties`, or a resource attribute: `Metadata`, `Tags`, `DeletionPolicy` … */
  readonly attribute: string;
  /** Where the attribute is in the properties: `["Tags", 0, "Key"]`; empty for the properties as a whole. */
  readonly path: Path;
  /** `Never`, `Conditionally`, `Always`; null where it is not said. */
  readonly recreation: string | null;
  readonly evaluation: string | null;
  /** `DirectModification`, `ParameterReference` …; null where it is not said. */
  readonly source: string | null;
  readonly causingEntity: string | null;
  /** Whether the values are told at all: only a description with property values has them. */
  readonly isTold: boolean;
  /** Null where the side has no value. */
  readonly before: string | null;
  readonly after: string | null;
  readonly isKnownLater: boolean;
}

/** What stands for a value that is decided only while applying. */
export const KNOWN_LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What stands for a value that AWS does not tell: that of a NoEcho parameter. */
export const isMasked = (text: string): boolean => /^\*{4,}$/.test(text);

/** One element of `Details`. Throws CheckError `malformed-plan`. */
export function readDetail(value: Json, where: string): Detail {
  const detail = requiredObject(value, where);
  const target = detail.get('Target');
  const of = isObject(target) ? target : new Map<string, Json>();
  const attribute = optionalText(of, 'Attribute', where) ?? 'Properties';
  const before = written(of.get('BeforeValue'));
  const after = written(of.get('AfterValue'));
  return {
    attribute,
    path: pathOf(attribute, optionalText(of, 'Path', where), optionalText(of, 'Name', where)),
    recreation: optionalText(of, 'RequiresRecreation', where),
    evaluation: optionalText(detail, 'Evaluation', where),
    source: optionalText(detail, 'ChangeSource', where),
    causingEntity: optionalText(detail, 'CausingEntity', where),
    isTold: before !== null || after !== null,
    before,
    after,
    isKnownLater: after?.includes(KNOWN_LATER) === true,
  };
}

const written = (value: Json | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : canonical(value);

/** `/Properties/Tags/0/Key` is a JSON pointer into the resource; without property values there is only a name. */
function pathOf(attribute: string, pointer: string | null, name: string | null): Path {
  const steps = (pointer ?? '')
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (INDEX.test(step) ? Number(step) : step));
  const inside = steps[0] === 'Properties' ? steps.slice(1) : steps;
  if (inside.length > 0) return inside;
  if (name !== null) return [name];
  return attribute === 'Properties' ? [] : [attribute];
}

const INDEX = /^(?:0|[1-9][0-9]{0,8})$/;
