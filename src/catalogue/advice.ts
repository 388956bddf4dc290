import { parseCondition, type Test } from './condition.ts';
import { objectOf } from './index-file.ts';
import type { Scope, Subjects } from './subject.ts';
import { aText, invalid } from './table.ts';
import { parseTemplate } from './template.ts';

/** One step of what to do instead: for all that a rule finds, or only for what it fits. */
export interface Advice<Subject> {
  /** The step as the rule's file has it, with its words not filled. */
  readonly text: string;
  /** The conditions as the rule's file has them; empty where it always fits. */
  readonly expects: Readonly<Record<string, unknown>>;
  readonly fits: Test<Subject>;
  readonly say: (subject: Subject) => string;
}

/** `"instead"` of a rule: texts, and `{ "when": conditions, "say": text }`. Throws `catalogue-invalid`. */
export function parseAdvice<S extends Scope>(
  scope: S,
  value: unknown,
  file: string,
): readonly Advice<Subjects[S]>[] {
  if (!Array.isArray(value) || value.length === 0) throw invalid(file, '"instead" is no list of advice');
  return value.map((one: unknown) => {
    const { when, say, ...more } = typeof one === 'string' ? { when: {}, say: one } : objectOf(one, file);
    const [wrong] = Object.keys(more);
    if (wrong !== undefined) throw invalid(file, `${JSON.stringify(wrong)} is no part of an advice`);
    const text = aText(say, file);
    const expects = objectOf(when, file);
    const tests = Object.entries(expects).map(([key, expected]) =>
      parseCondition(scope, key, expected, file),
    );
    return {
      text,
      expects,
      fits: (subject) => tests.every((test) => test(subject)),
      say: parseTemplate(scope, text, file),
    };
  });
}
