import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { refuseSteepCost } from './cel-cost.ts';
import { variablesOfChange, variablesOfSet } from './cel-variables.ts';
import type { Subjects } from './subject.ts';

/** What an expression can judge: one change, or all of them. */
export type CelScope = 'change' | 'set';

/** Makes a test out of an expression. Throws an Error that says what is wrong with it. */
export type CompileCel = {
  readonly [S in CelScope]: (expression: string) => (subject: Subjects[S]) => boolean;
};

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
  const environmentWith = (variables: Readonly<Record<string, 'dyn' | 'list' | 'map'>>): Environment => {
    const environment = new cel.Environment({
      homogeneousAggregateLiterals: false,
      unlistedVariablesAreDyn: false,
      enableOptionalTypes: true,
      limits: LIMITS,
    });
    for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
    return environment;
  };
  const ofChange = environmentWith({ change: 'dyn', before: 'dyn', after: 'dyn' });
  const ofSet = environmentWith({ changes: 'list', counts: 'map', production: 'map' });
  return {
    change: (expression) => compiled(ofChange, expression, variablesOfChange, () => {}),
    set: (expression) => compiled(ofSet, expression, variablesOfSet, refuseSteepCost),
  };
}

function compiled<Subject>(
  environment: Environment,
  expression: string,
  variablesOf: (subject: Subject) => Readonly<Record<string, unknown>>,
  refuse: (ast: ASTNode) => void,
): (subject: Subject) => boolean {
  if (expression.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
  if (/\bmatches\s*\(/.test(expression))
    throw new Error('matches is not there: use startsWith, endsWith or contains');
  const run = environment.parse(expression);
  const { valid, type, error } = run.check();
  if (!valid) throw new Error(firstLine(error));
  if (type !== 'bool' && type !== 'dyn') throw new Error(`it is a ${type}, and not true or false`);
  refuse(run.ast);
  return (subject) => {
    const holds: unknown = run(variablesOf(subject));
    if (typeof holds !== 'boolean') throw new Error(`it is neither true nor false: ${typeof holds}`);
    return holds;
  };
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
