import type { Environment } from '@marcbachmann/cel-js';
import { isArray, isNumber, isObject, type Json } from '../model/json.ts';
import { scalarText } from './path.ts';
import type { ChangeSubject } from './subject.ts';

/** Makes a test out of an expression. Throws an Error that says what is wrong with it. */
export type CompileCel = (expression: string) => (subject: ChangeSubject) => boolean;

/** No rule needs a longer one, and what is longer costs more than a look at a change may. */
const LONGEST = 2000;
const LIMITS = {
  maxAstNodes: 400,
  maxDepth: 40,
  maxListElements: 200,
  maxMapEntries: 50,
  maxCallArguments: 8,
};

/**
 * CEL, loaded only where somebody has rules of their own. It has no loops but those over what is there, no I/O and no
 * way out; `matches` is left out, since JavaScript's patterns have no bound on their time.
 */
export async function loadCel(): Promise<CompileCel> {
  const cel = await import('@marcbachmann/cel-js');
  const environment = new cel.Environment({
    homogeneousAggregateLiterals: false,
    unlistedVariablesAreDyn: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  });
  for (const name of ['change', 'before', 'after']) environment.registerVariable(name, 'dyn');
  return (expression) => compiled(environment, expression);
}

function compiled(environment: Environment, expression: string): (subject: ChangeSubject) => boolean {
  if (expression.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
  if (/\bmatches\s*\(/.test(expression))
    throw new Error('matches is not there: use startsWith, endsWith or contains');
  const run = environment.parse(expression);
  const { valid, type, error } = run.check();
  if (!valid) throw new Error(firstLine(error));
  if (type !== 'bool' && type !== 'dyn') throw new Error(`it is a ${type}, and not true or false`);
  return (subject) => {
    const holds: unknown = run(variablesOf(subject));
    if (typeof holds !== 'boolean') throw new Error(`it is neither true nor false: ${typeof holds}`);
    return holds;
  };
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';

function variablesOf({ change, assessment, environment }: ChangeSubject) {
  return {
    change: new Map<string, unknown>([
      ['address', change.address],
      ['type', change.type],
      ['name', change.name ?? ''],
      ['module', change.module ?? ''],
      ['provider', change.provider ?? ''],
      ['physicalId', change.physicalId ?? ''],
      ['effect', change.effect],
      ['order', change.order ?? ''],
      ['certainty', change.certainty],
      ['fate', assessment.fate],
      ['holds', assessment.holds],
      ['severity', assessment.severity],
      ['production', environment.treatedAsProduction],
      ['environment', environment.is],
      ['importing', change.importing],
      ['disarms', assessment.disarmed.map(({ kind }) => kind)],
      [
        'causes',
        change.causes.map((cause) => (cause.kind === 'attribute' ? cause.path.join('.') : cause.reason)),
      ],
    ]),
    before: celOf(change.before),
    after: celOf(change.after),
  };
}

/** Whole numbers as CEL's int where they fit, others as double; what is not there as an empty map, so `has` can ask. */
function celOf(value: Json): unknown {
  return value === null ? new Map() : member(value);
}

function member(value: Json): unknown {
  if (isArray(value)) return value.map(member);
  if (isObject(value)) return new Map([...value].map(([key, one]) => [key, member(one)]));
  return isNumber(value) ? amount(scalarText(value) ?? '') : value;
}

const amount = (text: string): bigint | number => (/^-?\d{1,18}$/.test(text) ? BigInt(text) : Number(text));
