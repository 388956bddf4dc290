import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { PlanContext, PlanMode } from '../../model/plan-context.ts';
import { backendOf } from './backend.ts';
import { reading, Unread } from './unread.ts';

/** The only version of the format since Terraform 0.14, also of OpenTofu. */
const VERSION = 3;

/** Numbers of the fields of `Plan` in planfile.proto; what is not named here is passed over. */
const PLAN = {
  version: 1,
  variables: 2,
  targets: 5,
  backend: 13,
  terraformVersion: 14,
  forceReplaced: 16,
  mode: 17,
  timestamp: 21,
  applyTimeVariables: 28,
  stateStore: 29,
} as const;

/** Of `Backend`, and of `StateStore`, which begins alike. */
const BACKEND = { type: 1, config: 2, workspace: 3 } as const;
const DYNAMIC_VALUE = { msgpack: 1 } as const;
const MAP_ENTRY = { key: 1 } as const;

const MODES: readonly PlanMode[] = ['normal', 'destroy', 'refresh-only'];

/** What the message `Plan` says besides the changes. */
export function planMessage(bytes: Uint8Array): Omit<PlanContext, 'state'> {
  const plan = fieldsOf(bytes, new Set(Object.values(PLAN)), 'the plan');
  const version = plan.number(PLAN.version);
  if (version !== VERSION)
    throw new Unread(`its format has version ${version}, and only ${VERSION} is known`);
  const store = plan.message(PLAN.stateStore);
  const backend = plan.message(PLAN.backend) ?? store;
  const of = backend === null ? null : fieldsOf(backend, new Set(Object.values(BACKEND)), 'the backend');
  const type = of?.text(BACKEND.type) ?? '';
  const config = of?.message(BACKEND.config) ?? null;
  return {
    workspace: of?.text(BACKEND.workspace) || null,
    backend: type === '' ? null : backendOf(type, config === null ? null : msgpackOf(config)),
    mode: MODES[plan.number(PLAN.mode)] ?? 'unknown',
    targets: plan.texts(PLAN.targets).sort(),
    forceReplaced: plan.texts(PLAN.forceReplaced).sort(),
    variables: plan
      .messages(PLAN.variables)
      .map((entry) => fieldsOf(entry, new Set([MAP_ENTRY.key]), 'a variable').text(MAP_ENTRY.key))
      .sort(),
    applyTimeVariables: plan.texts(PLAN.applyTimeVariables).sort(),
    madeBy: plan.text(PLAN.terraformVersion),
    madeAt: plan.text(PLAN.timestamp) || null,
  };
}

const msgpackOf = (value: Uint8Array): Uint8Array | null =>
  fieldsOf(value, new Set([DYNAMIC_VALUE.msgpack]), 'a value').message(DYNAMIC_VALUE.msgpack);

interface Fields {
  number(field: number): number;
  text(field: number): string;
  texts(field: number): string[];
  message(field: number): Uint8Array | null;
  messages(field: number): readonly Uint8Array[];
}

/**
 * The wanted fields of a message. A field that may be there once and is there twice is refused: readers take the last or
 * put the two together, and Terraform never writes it.
 */
function fieldsOf(bytes: Uint8Array, wanted: ReadonlySet<number>, what: string): Fields {
  const varints = new Map<number, number[]>();
  const blobs = new Map<number, Uint8Array[]>();
  reading(what, () => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (!wanted.has(field)) reader.skip(type, field);
      else if (type === WireType.Varint) put(varints, field, Number(reader.uint64()));
      else if (type === WireType.LengthDelimited) put(blobs, field, reader.bytes());
      else throw new Unread(`field ${field} of ${what} is of another kind than it has to be`);
    }
  });
  const messages = (field: number): readonly Uint8Array[] => {
    if (varints.has(field)) throw new Unread(`field ${field} of ${what} is a number`);
    return blobs.get(field) ?? [];
  };
  const text = (blob: Uint8Array): string => reading(`a text in ${what}`, () => UTF8.decode(blob));
  const once = <T>(values: readonly T[], field: number): T | null => {
    if (values.length > 1) throw new Unread(`field ${field} of ${what} is there ${values.length} times`);
    return values[0] ?? null;
  };
  return {
    messages,
    message: (field) => once(messages(field), field),
    texts: (field) => messages(field).map(text),
    text: (field) => text(once(messages(field), field) ?? new Uint8Array()),
    number: (field) => {
      if (blobs.has(field)) throw new Unread(`field ${field} of ${what} is no number`);
      return once(varints.get(field) ?? [], field) ?? 0;
    },
  };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function put<T>(map: Map<number, T[]>, field: number, value: T): void {
  const values = map.get(field);
  if (values === undefined) map.set(field, [value]);
  else values.push(value);
}
