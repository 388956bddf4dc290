import { SEVERITIES, type Severity } from '../model/finding.ts';
import { type Advice, parseAdvice } from './advice.ts';
import type { CelScope, CompileCel } from './cel.ts';
import { parseCondition, type Test } from './condition.ts';
import { objectOf, parseObject } from './index-file.ts';
import { type Lowering, loweringOf } from './lowering.ts';
import { type ChangeSubject, SCOPES, type Scope, type Subjects } from './subject.ts';
import { aText, invalid, oneOf, type ReadTable } from './table.ts';
import { parseTemplate } from './template.ts';

/** One rule of the catalogue, `rules/<id>.json`: what it finds, and what it tells people. */
export type Rule = { readonly [S in Scope]: RuleOf<S> }[Scope];
export interface RuleOf<S extends Scope> {
  readonly id: string;
  /** `production-data-destroyed` */
  readonly name: string;
  readonly title: string;
  readonly scope: S;
  /** `of-type`: as bad as the loss of the resource type. */
  readonly severity: Severity | 'of-type';
  /** The first whose test holds counts. */
  readonly when: readonly Alternative<Subjects[S]>[];
  readonly message: string;
  readonly means: string;
  readonly matters: string;
  readonly instead: readonly Advice<Subjects[S]>[];
  /** What a rule of a policy makes milder; null for every shipped rule. */
  readonly lowers: Lowering | null;
  /** What a rule of a policy brings along to be tried on. */
  readonly examples: readonly unknown[];
  /** The message and the advice about this very subject. */
  tell(subject: Subjects[S]): { readonly message: string; readonly instead: readonly string[] };
}

export interface Alternative<Subject> {
  /** The conditions as the rule's file has them. All must hold. */
  readonly expects: Readonly<Record<string, unknown>>;
  readonly severity: Severity | 'of-type';
  readonly test: Test<Subject>;
  severityOf(subject: Subject): Severity;
}

const KEYS = ['id', 'name', 'title', 'scope', 'severity', 'when', 'message', 'means', 'matters', 'instead'];

/**
 * A rule of a policy: in the form of the shipped ones, about single changes or the whole, with `cel` as one more
 * condition, and `lowers` and `examples` as more keys. Throws `catalogue-invalid`.
 */
export function parseOwnRule(
  document: Document,
  where: string,
  shipped: readonly string[],
  compile: CompileCel,
): Rule {
  const { examples = [], lowers, scope = 'change', ...plain } = document;
  const wrong = Object.keys(plain).find((key) => !KEYS.includes(key));
  if (wrong !== undefined) throw invalid(where, `${JSON.stringify(wrong)} is no part of a rule`);
  const id = aText(plain['id'], where);
  if (!OWN_ID.test(id) || /^CP\d/.test(id))
    throw invalid(where, `${JSON.stringify(id)} is no id of a rule of your own, such as ACME001`);
  if (!Array.isArray(examples)) throw invalid(where, '"examples" is no list');
  const own = { where, compile };
  if (oneOf(CEL_SCOPES, scope, `${where} scope`) === 'change') {
    const rule = ruleOf('change', OF_TYPE, plain, id, own);
    return { ...rule, examples, lowers: loweringOf(lowers, where, shipped) };
  }
  if (lowers !== undefined)
    throw invalid(
      where,
      'a rule about the whole lowers nothing: what it would make milder is said of single changes',
    );
  return { ...ruleOf('set', null, plain, id, own), examples };
}

const CEL_SCOPES = ['change', 'set'] as const satisfies readonly CelScope[];
const OF_TYPE = ({ assessment }: ChangeSubject): Severity => assessment.severity;

const OWN_ID = /^[A-Z][A-Z0-9_-]{1,30}\d$/;

/** Throws `catalogue-invalid` for a missing or unknown key, condition or word. */
export function parseRule(read: ReadTable, id: string): Rule {
  const file = `${id}.json`;
  const document = parseObject(read(file), file);
  const wrong = Object.keys(document).find((key) => !KEYS.includes(key));
  if (wrong !== undefined) throw invalid(file, `${JSON.stringify(wrong)} is no part of a rule`);
  if (document['id'] !== id) throw invalid(file, `its id is ${JSON.stringify(document['id'])}`);
  return PARSE[oneOf(SCOPES, document['scope'], file)](document, id);
}

type Document = Readonly<Record<string, unknown>>;

const PARSE: { readonly [S in Scope]: (document: Document, id: string) => Rule } = {
  change: (document, id) => ruleOf('change', OF_TYPE, document, id),
  set: (document, id) => ruleOf('set', null, document, id),
  invocation: (document, id) => ruleOf('invocation', null, document, id),
};

type OfType<Subject> = ((subject: Subject) => Severity) | null;

function ruleOf<S extends Scope>(
  scope: S,
  ofType: OfType<Subjects[S]>,
  document: Document,
  id: string,
  own: { readonly where: string; readonly compile: CompileCel } | null = null,
): RuleOf<S> {
  const file = own?.where ?? `${id}.json`;
  const instead = parseAdvice(scope, document['instead'], file);
  const message = aText(document['message'], file);
  const sayMessage = parseTemplate(scope, message, file);
  return {
    id,
    name: aText(document['name'], file),
    title: aText(document['title'], file),
    scope,
    severity: severityIn(document['severity'], ofType, file),
    when: alternatives(scope, ofType, document, file, own?.compile ?? null),
    message,
    means: aText(document['means'], file),
    matters: aText(document['matters'], file),
    instead,
    lowers: null,
    examples: [],
    tell: (subject) => ({
      message: sayMessage(subject),
      instead: instead.filter(({ fits }) => fits(subject)).map(({ say }) => say(subject)),
    }),
  };
}

function alternatives<S extends Scope>(
  scope: S,
  ofType: OfType<Subjects[S]>,
  { when, severity }: Document,
  file: string,
  compile: CompileCel | null,
): readonly Alternative<Subjects[S]>[] {
  if (!Array.isArray(when) || when.length === 0) throw invalid(file, '"when" is no list of alternatives');
  return when.map((one: unknown) => {
    const { severity: own = severity, ...expects } = objectOf(one, file);
    const { cel, ...conditions } = compile === null ? { ...expects, cel: undefined } : expects;
    const grade = severityIn(own, ofType, file);
    const tests = Object.entries(conditions).map(([key, value]) => parseCondition(scope, key, value, file));
    if (cel !== undefined && compile !== null) tests.push(celTest(scope, aText(cel, file), file, compile));
    return {
      expects,
      severity: grade,
      test: (subject) => tests.every((test) => test(subject)),
      severityOf: (subject) => (grade === 'of-type' ? (ofType?.(subject) ?? 'critical') : grade),
    };
  });
}

function celTest<S extends Scope>(
  scope: S,
  expression: string,
  file: string,
  compile: CompileCel,
): Test<Subjects[S]> {
  if (scope === 'invocation') throw invalid(file, 'cel does not judge actions');
  try {
    return compile[scope as CelScope](expression) as Test<Subjects[S]>;
  } catch (thrown) {
    throw invalid(
      file,
      `the expression ${JSON.stringify(expression)}: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  }
}

const severityIn = (value: unknown, ofType: unknown, file: string): Severity | 'of-type' =>
  ofType !== null && value === 'of-type' ? value : oneOf(SEVERITIES, value, file);
