/** The file that `check-plan baseline` writes beside the templates, and what it says it is. */
export const INDEX = 'check-plan-baseline.json';
export const SCHEMA = 'check-plan/baseline/1';
