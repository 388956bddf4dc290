import { openCatalogue } from '../adapters/catalogue.ts';
import { readCatalogueFile } from '../adapters/catalogue-files.ts';
import { loadPolicy, POLICY_FILE } from '../adapters/policy-file.ts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import { knownByProvider } from '../catalogue/counts.ts';
import { explainRule, listRules } from '../catalogue/document.ts';
import { type Tried, tryExamples } from '../catalogue/example.ts';
import { ofPolicy } from '../catalogue/own.ts';
import type { Rule } from '../catalogue/rule.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Io } from './io.ts';

export interface RulesOptions {
  readonly format?: 'text' | 'json';
  readonly policy?: string;
}

/** `check-plan rules [ID]`: the catalogue, from the program that applies it. `rules test` tries the rules of a policy. */
export async function rulesCommand(asked: string | null, options: RulesOptions, io: Io): Promise<number> {
  const policy = options.policy ?? null;
  if (asked === 'test') return testCommand(policy ?? POLICY_FILE, io);
  const { rules } =
    policy === null ? createCatalogue(readCatalogueFile) : (await opened(policy, io)).catalogue;
  const rule = rules.find((one) => one.id.toLowerCase() === asked?.toLowerCase());
  if (asked !== null && rule === undefined) {
    throw new CheckError(
      'usage',
      `there is no rule ${asked}`,
      `the rules are ${rules.map((one) => one.id).join(', ')}`,
    );
  }
  if (options.format === 'json')
    io.stdout(`${JSON.stringify(documentOf(rule === undefined ? rules : [rule]), null, 2)}\n`);
  else io.stdout(rule === undefined ? listRules(rules) : explainRule(rule));
  return EXIT.allowed;
}

/** Shown to programs; the conditions and the advice are as in the files of the rules. */
const documentOf = (rules: readonly Rule[]): object => ({
  schema: 'check-plan/rules/1',
  rules: rules.map(
    ({ id, name, title, scope, severity, when, message, means, matters, instead, lowers }) => ({
      id,
      name,
      title,
      scope,
      severity,
      when: when.map((one) => ({ ...one.expects, severity: one.severity })),
      message,
      means,
      matters,
      instead: instead.map(({ text, expects }) => ({ when: expects, say: text })),
      lowers,
    }),
  ),
  known: knownByProvider(readCatalogueFile),
});

/** The policy of the working tree, unless another one is named, since that is what its writer wants to try. */
async function opened(option: string, io: Io) {
  const { policy } = await loadPolicy({ cwd: io.cwd, env: io.env }, option, null);
  return openCatalogue(policy, io.now());
}

async function testCommand(policy: string, io: Io): Promise<number> {
  const { catalogue } = await opened(policy, io);
  const own = catalogue.rules.filter(({ id }) => !/^CP\d/.test(id));
  const tried = ofPolicy(policy, () => own.flatMap((rule) => tryExamples(rule, catalogue)));
  const without = own.filter(({ examples }) => examples.length === 0);
  io.stdout(
    [
      ...tried.map(triedLine),
      ...without.map(({ id }) => `${id} carries no examples\n`),
      `${own.length} ${own.length === 1 ? 'rule' : 'rules'}, ${tried.length} examples, ${tried.filter(isWrong).length} wrong\n`,
    ].join(''),
  );
  return tried.some(isWrong) ? EXIT.cannotJudge : EXIT.allowed;
}

const isWrong = ({ expected, fired }: Tried): boolean => expected !== fired;

const triedLine = (one: Tried): string =>
  `${isWrong(one) ? 'wrong' : 'right'}  ${one.rule} example ${one.number}: ${one.fired ? 'fires' : 'is silent'}${isWrong(one) ? `, and should ${one.expected ? 'fire' : 'be silent'}` : ''}\n`;
