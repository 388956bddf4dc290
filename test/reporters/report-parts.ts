import { EFFECTS, type Value } from '../../src/model/change.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Counts, Disarmed, JudgedChange, JudgedChangeSet, Report } from '../../src/model/report.ts';

export const shown = (exact: string): Value => ({ exact, visibility: 'shown' });

export function countsOf(counts: Partial<Counts>): Counts {
  const zero = Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts;
  return { ...zero, ...counts };
}

export const PRODUCTION: Environment = {
  is: 'production',
  treatedAsProduction: true,
  because: 'a tag and the account both say production',
  evidence: [
    { where: 'address', value: 'module.prod', says: 'production', strength: 'weak' },
    { where: 'tag Environment (before)', value: 'production', says: 'production', strength: 'strong' },
    { where: 'account', value: '111122223333', says: 'production', strength: 'decisive' },
    { where: 'workspace', value: 'prod-eu', says: 'production', strength: 'strong' },
  ],
  relabelled: false,
};

export const DEVELOPMENT: Environment = {
  is: 'non-production',
  treatedAsProduction: false,
  because: 'the workspace is one that the policy names as non-production',
  evidence: [{ where: 'workspace', value: 'dev', says: 'non-production', strength: 'decisive' }],
  relabelled: false,
};

export const DESTROYED: Finding = {
  rule: 'CP001',
  severity: 'critical',
  title: 'Production data destroyed',
  message: 'a store of data is destroyed',
  instead: [
    'take a snapshot first and set skip_final_snapshot to false',
    'upgrade the engine in place, or move the data to a new instance before the old one goes',
  ],
  override: null,
};

export const DISARMED: Disarmed = {
  path: ['deletion_protection'],
  kind: 'deletion_protection',
  before: shown('true'),
  after: shown('false'),
  says: 'deletion_protection goes from true to false',
};

export function changeOf(parts: Partial<JudgedChange>): JudgedChange {
  return {
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
    fateBecause: 'no final snapshot (skip_final_snapshot is true)',
    physicalId: 'arn:aws:rds:eu-west-1:111122223333:db:main',
    importing: false,
    holds: 'data',
    loses: 'the database and everything in it; automated backups too, unless kept',
    location: { account: '111122223333', region: 'eu-west-1' },
    causes: [
      { kind: 'attribute', path: ['engine'], before: shown('"mysql"'), after: shown('"postgres"') },
      {
        kind: 'attribute',
        path: ['password'],
        before: { exact: '"hunter2"', visibility: 'sensitive' },
        after: { exact: 'absent', visibility: 'unknown' },
      },
    ],
    disarmed: [],
    standing: [],
    environment: PRODUCTION,
    findings: [DESTROYED],
    needsSignOff: true,
    ...parts,
  };
}

export function setOf(parts: Partial<JudgedChangeSet>): JudgedChangeSet {
  return {
    source: 'plan.json',
    kind: 'terraform',
    tool: 'terraform 1.11.4',
    complete: true,
    plannedAt: '2025-12-14T21:03:11Z',
    inputDigest: '9f'.repeat(32),
    signOffDigest: null,
    target: {
      accounts: ['111122223333'],
      regions: ['eu-west-1'],
      workspace: 'prod-eu',
      environment: null,
      backend: null,
      lineage: null,
    },
    savedPlan: null,
    counts: countsOf({}),
    changes: [],
    invocations: [],
    deferred: [],
    findings: [],
    needsSignOff: false,
    ...parts,
  };
}

export function reportOf(parts: Partial<Report>): Report {
  return {
    schema: 'check-plan/report/1',
    decision: 'allowed',
    exitCode: 0,
    advisory: false,
    worst: null,
    changeSets: [setOf({ counts: countsOf({ none: 412 }) })],
    authorship: {
      is: 'ai',
      because: 'a strong signal says AI, and nothing contradicts it',
      signals: [
        {
          kind: 'branch',
          tool: 'Claude Code',
          strength: 'medium',
          says: 'ai',
          where: 'branch',
          value: 'claude/recreate-environment',
        },
        {
          kind: 'trailer',
          tool: 'Claude Code',
          strength: 'strong',
          says: 'ai',
          where: 'commit 9a04d1ee',
          value: 'Co-Authored-By: Claude <noreply@anthropic.com>',
        },
      ],
      handsHidden: null,
      hands: [
        { role: 'author', identity: 'mail:alice@example.dev' },
        { role: 'committer', identity: 'mail:alice@example.dev' },
        { role: 'actor', identity: 'github:deploy-bot' },
      ],
    },
    signOffs: [],
    reasons: [],
    notes: [],
    policy: { source: 'git:origin/main:check-plan.yaml', digest: 'ab'.repeat(32) },
    signWith: [],
    errors: [],
    ...parts,
  };
}
