import type { JudgedChange } from '../../src/model/report.ts';
import type { Statement, Target } from '../../src/model/signoff.ts';
import { parseJson } from '../../src/readers/json/parse.ts';
import { type Permitted, signOffDigest, signOffText } from '../../src/signoff/digest.ts';
import type { Gate } from '../../src/signoff/gate.ts';
import { finishRecord, prepareRecord } from '../../src/signoff/sign.ts';
import { linesOf, textOf } from '../../src/signoff/statement.ts';
import type { Signer, Wrong } from './signer.ts';

/** A destruction, a gate that asks for a senior, and the record that permits it. */
export const NOW = Date.parse('2026-11-22T08:00:00Z');

export const change = (more: Partial<JudgedChange> = {}): JudgedChange => ({
  address: 'aws_db_instance.main',
  deposed: null,
  previousAddress: null,
  module: null,
  type: 'aws_db_instance',
  provider: 'registry.terraform.io/hashicorp/aws',
  mode: 'managed',
  effect: 'replace',
  order: 'delete-first',
  certainty: 'planned',
  fate: 'destroyed',
  fateBecause: 'skip_final_snapshot was true before this change',
  physicalId: 'db-ABC',
  importing: false,
  holds: 'data',
  loses: 'database storage',
  location: { account: '111122223333', region: 'eu-west-1' },
  causes: [
    {
      kind: 'attribute',
      path: ['engine'],
      before: { exact: '"mysql"', visibility: 'shown' },
      after: { exact: '"postgres"', visibility: 'shown' },
    },
  ],
  disarmed: [
    {
      path: ['deletion_protection'],
      kind: 'deletion_protection',
      before: { exact: 'true', visibility: 'shown' },
      after: { exact: 'false', visibility: 'shown' },
      says: 'deletion_protection goes from true to false',
    },
  ],
  standing: [],
  environment: {
    is: 'production',
    treatedAsProduction: true,
    because: 'its tag',
    evidence: [],
    relabelled: false,
  },
  findings: [],
  needsSignOff: true,
  ...more,
});

export const target: Target = {
  accounts: ['111122223333'],
  regions: ['eu-west-1'],
  workspace: 'prod',
  environment: 'production',
  backend: null,
  lineage: null,
};

/** The sample destruction, or another one, as a gate and a statement hold it. */
export function permitOf(more: Partial<Permitted> = {}): Pick<Gate, 'digest' | 'permits'> {
  const text = signOffText({
    target,
    changes: [change()],
    invocations: [],
    setFindings: [],
    hiddenKey: null,
    ...more,
  });
  return { digest: signOffDigest(text), permits: linesOf(text) };
}

/** A statement of other lines, that hashes to what it says. */
export const permitting = (...permits: readonly string[]): Pick<Gate, 'digest' | 'permits'> => ({
  digest: signOffDigest(textOf(permits)),
  permits,
});

/** Alice is a senior with both signers, Bob a principal without a key, Carol a junior. */
export function gateOf(signers: readonly Signer[], more: Partial<Gate> = {}): Gate {
  return {
    kind: 'sign-off',
    parse: parseJson,
    ...permitOf(),
    inputDigest: '11'.repeat(32),
    requirement: { level: 'senior', persons: 1, presence: 'none' },
    roster: rosterOf(signers),
    policy: {
      maxHours: 24,
      binding: 'destruction',
      hardware: 'preferred',
      selfSignOffHours: null,
      singleUse: false,
    },
    counters: [],
    usedBy: null,
    handsHidden: null,
    hands: [{ role: 'author', identity: 'mail:junior@example.dev' }],
    now: NOW,
    ...more,
  };
}

export const rosterOf = (
  signers: readonly Signer[],
  alice: Partial<Gate['roster']['persons'][number]> = {},
  terms: Partial<Gate['roster']['persons'][number]['keys'][number]> = {},
): Gate['roster'] => ({
  levels: ['junior', 'mid', 'senior', 'principal'],
  persons: [
    { id: 'bob', level: 'principal', keys: [], identities: ['mail:bob@example.dev'], teams: [] },
    {
      id: 'alice',
      level: 'senior',
      keys: signers.map(({ line }) => ({
        publicKey: line,
        validAfter: null,
        validBefore: null,
        revoked: false,
        hardware: null,
        ...terms,
      })),
      identities: ['mail:alice@example.dev', 'github:alice'],
      teams: [],
      ...alice,
    },
  ],
});

export const statementFor = (gate: Gate, more: Partial<Statement> = {}): Statement => ({
  digest: gate.digest,
  inputDigest: gate.inputDigest,
  inputName: 'plan.json',
  permits: gate.permits,
  approver: 'alice',
  policyDigest: null,
  approvedAt: '2026-11-22T07:30:00Z',
  expiresAt: '2026-11-22T11:30:00Z',
  selfSignOff: false,
  comment: 'snapshot taken',
  ...more,
});

export function recordOf(signer: Signer, statement: Statement, wrong: Wrong = {}): Buffer {
  const { payload, toSign } = prepareRecord(statement);
  return finishRecord(payload, 'SHA256:for-people', signer.sign(toSign, wrong));
}
