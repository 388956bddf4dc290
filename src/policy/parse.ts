import { createHash } from 'node:crypto';
import { CheckError } from '../model/error.ts';
import type { Matchers, Policy, RuleOverride } from '../model/policy.ts';
import { type Fault, PolicyFault, pathText } from './fault.ts';
import { knownMoment, rosterOf } from './roster.ts';
import type { PolicyFile } from './schema.ts';
import { shapeOf } from './shape.ts';
import { signOffOf } from './sign-off.ts';
import { type PolicyDocument, readYaml } from './yaml.ts';

/**
 * The policy in the text of a `check-plan.yaml`, with the defaults filled in.
 * `source` names it in messages and in the report. Throws CheckError `policy-invalid` with line and column.
 */
export function parsePolicy(yaml: string, source: string): Policy {
  const document = readYaml(yaml, source);
  const shaped = shapeOf(document.value, document.written);
  if ('faults' in shaped) throw told(shaped.faults, document, source);
  try {
    return policyOf(shaped.file, source, createHash('sha256').update(yaml).digest('hex'));
  } catch (thrown) {
    throw thrown instanceof PolicyFault ? told([thrown.fault], document, source) : thrown;
  }
}

function policyOf(file: PolicyFile, source: string, digest: string): Policy {
  const roster = rosterOf(file.roster);
  return {
    source,
    digest,
    production: matchersOf(file.production),
    nonProduction: matchersOf(file.nonProduction),
    roster,
    signOff: signOffOf(file.signOff, roster.levels),
    rules: rulesOf(file.rules),
    ...ownOf(file.own),
  };
}

function ownOf(file: PolicyFile['own']): Pick<Policy, 'own'> {
  if (file === undefined) return {};
  const { rules = [], types = [], protections = [], disruptions = [], folder } = file;
  const own = { rules, types, protections, disruptions };
  return { own: folder === undefined ? own : { ...own, folder: { name: folder, files: null } } };
}

function matchersOf(file: PolicyFile['production']): Matchers {
  return {
    accounts: file?.accounts ?? [],
    workspaces: file?.workspaces ?? [],
    addresses: file?.addresses ?? [],
    tags: new Map(Object.entries(file?.tags ?? {})),
  };
}

function rulesOf(file: PolicyFile['rules']): ReadonlyMap<string, RuleOverride> {
  return new Map(
    Object.entries(file ?? {}).map(([rule, { severity, reason, expires }]) => [
      rule,
      { severity, reason: reason.trim(), expires: knownMoment(expires, ['rules', rule, 'expires']) },
    ]),
  );
}

/** The first fault of the file, and how many more there are. A misspelt key comes before what follows from it. */
function told(faults: readonly Fault[], document: PolicyDocument, source: string): CheckError {
  const placed = faults.map((fault) => ({ fault, at: document.placeOf(fault.path, fault.atKey) }));
  const [first] = placed.sort(
    (a, b) =>
      Number(b.fault.atKey) - Number(a.fault.atKey) || a.at.line - b.at.line || a.at.column - b.at.column,
  );
  if (first === undefined) return new CheckError('internal', `${source} is refused without a fault`);
  const { fault, at } = first;
  const subject = fault.path.length === 0 ? 'the policy' : pathText(fault.path);
  const more = faults.length > 1 ? `, and ${faults.length - 1} more of its parts are wrong` : '';
  return new CheckError(
    'policy-invalid',
    `${source}:${at.line}:${at.column}: ${subject} ${fault.says}${more}`,
    fault.mend,
  );
}
