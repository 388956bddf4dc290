import type { Change, Invocation } from '../model/change.ts';
import type { ChangeSetFacts } from '../model/changeset.ts';
import type { Environment } from '../model/environment.ts';
import type { Counts, JudgedChange } from '../model/report.ts';
import type { Assessment } from './catalogue.ts';

/** What a rule judges. */
export interface ChangeSubject {
  readonly change: Change;
  readonly assessment: Assessment;
  readonly environment: Environment;
}

/** The whole of a change set, once every change in it is judged. */
export interface SetSubject {
  readonly facts: ChangeSetFacts;
  /** Of every change, also of the ones with no effect, which `changes` leaves out. */
  readonly counts: Counts;
  readonly changes: readonly JudgedChange[];
}

export interface Subjects {
  readonly change: ChangeSubject;
  readonly set: SetSubject;
  readonly invocation: Invocation;
}
export type Scope = keyof Subjects;
export const SCOPES = ['change', 'set', 'invocation'] as const satisfies readonly Scope[];
