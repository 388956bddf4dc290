import type { Explanation } from '../model/explanation.ts';
import { changeJson } from './json/change.ts';
import { withoutLogCommandInJson } from './log-command.ts';
import { visibleInJson } from './visible.ts';

/** Explanations for programs, as `schemas/explanation.schema.json` says; ends with a newline. */
export function renderExplanationsJson(explanations: readonly Explanation[]): string {
  const document = {
    schema: 'check-plan/explanation/1',
    explanations: explanations.map(explanationJson),
  };
  return `${withoutLogCommandInJson(visibleInJson(JSON.stringify(document, null, 2)))}\n`;
}

const explanationJson = ({
  set,
  change,
  follows,
  hanging,
  leansOn,
  mends,
  untold,
}: Explanation): unknown => ({
  source: set.source,
  change: changeJson(change),
  follows: follows.map(({ address }) => address),
  hanging:
    hanging?.map(({ from, to, known, through }) => ({ resource: from, leansOn: to, known, through })) ?? null,
  leansOn,
  mends: mends.map(({ id, says, code, language }) => ({ id, says, code, language })),
  untold,
});
