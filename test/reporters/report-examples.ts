import type { JudgedChangeSet, Report } from '../../src/model/report.ts';
import { changeOf, countsOf, DEVELOPMENT, PRODUCTION, reportOf, setOf, shown } from './report-parts.ts';

/** Reports made by hand: what a reader meets most, and what an attacker would like one to meet. */
export const EXAMPLES: Readonly<Record<string, Report>> = {
  'blocked-incident': blockedIncident(),
  'blocked-by-policy': blockedByPolicy(),
  'allowed-nothing': allowedNothing(),
  'allowed-by-sign-off': allowedBySignOff(),
  'allowed-declared': allowedDeclared(),
  'cannot-judge': cannotJudge(),
  'non-production': nonProduction(),
  'hostile-names': hostileNames(),
  'many-changes': manyChanges(),
};

function incidentSet(): JudgedChangeSet {
  return setOf({
    signOffDigest: `sha256:${'c4'.repeat(32)}`,
    counts: countsOf({ replace: 1, delete: 2, update: 2, create: 3, none: 412, move: 1 }),
    changes: [
      changeOf({}),
      changeOf({
        address: 'module.data["eu/west"].aws_dynamodb_table.sessions',
        type: 'aws_dynamodb_table',
        effect: 'delete',
        order: null,
        fate: 'unknown',
        fateBecause: '',
        physicalId: 'sessions',
        loses: 'every item; point-in-time recovery ends with the table',
        location: { account: null, region: null },
        causes: [
          {
            kind: 'reason',
            reason: 'delete_because_no_resource_config',
            says: 'its block was removed from the configuration',
          },
        ],
        standing: ['deletion_protection_enabled is true'],
      }),
      changeOf({
        address: 'aws_s3_bucket.audit',
        deposed: '1a2b3c4d',
        type: 'aws_s3_bucket',
        effect: 'delete',
        order: null,
        certainty: 'possible',
        causes: [],
        environment: {
          is: 'unknown',
          treatedAsProduction: true,
          because: 'nothing says what it is, so it counts as production',
          evidence: [],
          relabelled: false,
        },
      }),
      changeOf({
        address: 'aws_rds_cluster.orders',
        type: 'aws_rds_cluster',
        effect: 'update',
        order: null,
        fate: 'kept',
        fateBecause: '',
        causes: [],
        disarmed: [
          {
            path: ['deletion_protection'],
            kind: 'deletion_protection',
            before: shown('true'),
            after: shown('false'),
            says: 'deletion_protection goes from true to false',
          },
        ],
        environment: { ...PRODUCTION, relabelled: true },
        findings: [
          {
            rule: 'CP007',
            severity: 'medium',
            title: 'Protection taken away',
            message: 'a protection of aws_rds_cluster.orders is taken away',
            instead: ['leave deletion_protection on, and turn it off in a change of its own'],
            override: 'moved to another account in March',
          },
        ],
        needsSignOff: false,
      }),
    ],
    invocations: [
      {
        address: 'action.aws_lambda_invoke.purge',
        type: 'aws_lambda_invoke',
        trigger: 'before destroy of aws_db_instance.main',
        deferred: false,
        findings: [
          {
            rule: 'CP020',
            severity: 'high',
            title: 'An action runs',
            message: 'an action runs on production',
            instead: [],
            override: null,
          },
        ],
        needsSignOff: true,
      },
    ],
    deferred: [
      {
        address: 'aws_instance.batch',
        type: 'aws_instance',
        effect: 'unknown',
        reason: 'its count is not known yet',
      },
    ],
    findings: [
      {
        rule: 'CP030',
        severity: 'high',
        title: 'Mass destruction',
        message: '3 of 421 resources are destroyed, all of them data stores',
        instead: ['split the plan with -target and look at each loss by itself'],
        override: null,
      },
    ],
    needsSignOff: true,
  });
}

function blockedIncident(): Report {
  return reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    worst: 'critical',
    changeSets: [incidentSet()],
    signOffs: [
      {
        source: '.check-plan/records/c4c4c4c4.json',
        accepted: false,
        person: 'alice',
        level: 'senior',
        expiresAt: '2025-12-15T05:00:00Z',
        comment: null,
        selfSignOff: false,
        hardware: 'attested',
        kind: 'sign-off',
        recordDigest: null,
        steps: [
          { step: 'signature', holds: true, says: 'the signature is good' },
          {
            step: 'not-a-hand',
            holds: false,
            says: 'alice is mail:alice@example.dev, the author of commit 9a04d1ee',
          },
        ],
      },
    ],
    reasons: [
      {
        is: 'sign-off-required',
        says: 'critical findings on production, written by an AI, need a sign-off',
        seen: '0 persons',
        required: '1 person of level senior or above',
        because: [
          {
            is: 'sign-off-required',
            says: 'aws_db_instance.main is critical',
            seen: 'CP001',
            required: null,
            because: [],
          },
          {
            is: 'allowed',
            says: 'the policy is from the protected branch',
            seen: null,
            required: null,
            because: [],
          },
        ],
      },
    ],
    notes: ['check-plan.yaml differs on this branch; the one on origin/main was used'],
  });
}

function blockedByPolicy(): Report {
  return reportOf({
    decision: 'blocked',
    exitCode: 2,
    worst: 'critical',
    changeSets: [
      setOf({
        counts: countsOf({ delete: 1, none: 3 }),
        changes: [changeOf({ effect: 'delete', order: null })],
      }),
    ],
    reasons: [
      {
        is: 'blocked',
        says: 'the policy permits no critical loss by an AI',
        seen: 'critical',
        required: 'high or less',
        because: [],
      },
    ],
  });
}

function allowedNothing(): Report {
  return reportOf({
    authorship: { is: 'unknown', because: 'no signal was found', signals: [], hands: [], handsHidden: null },
    reasons: [
      { is: 'allowed', says: 'nothing is dangerous', seen: '0 findings', required: null, because: [] },
    ],
    policy: { source: 'built-in defaults', digest: null },
  });
}

function allowedBySignOff(): Report {
  return reportOf({
    worst: 'critical',
    changeSets: [incidentSet()],
    signOffs: [
      {
        source: '.check-plan/records/c4c4c4c4.json',
        accepted: true,
        person: 'bob',
        level: 'senior',
        expiresAt: '2025-12-15T05:00:00Z',
        comment: 'Data is copied to orders-v2; I checked the row counts.',
        selfSignOff: false,
        hardware: 'attested',
        kind: 'sign-off',
        recordDigest: null,
        steps: [{ step: 'signature', holds: true, says: 'the signature is good' }],
      },
    ],
    reasons: [
      {
        is: 'allowed',
        says: 'the sign-off is there',
        seen: 'bob (senior)',
        required: '1 person of level senior',
        because: [],
      },
    ],
  });
}

function allowedDeclared(): Report {
  return reportOf({
    worst: 'critical',
    changeSets: [
      setOf({
        counts: countsOf({ replace: 1, create: 2 }),
        changes: [
          changeOf({
            order: 'create-first',
            fate: 'snapshotted',
            fateBecause: 'a final snapshot is named',
            needsSignOff: false,
          }),
        ],
      }),
    ],
    authorship: {
      is: 'declared-human',
      because: 'a person declared it and no signal contradicts them',
      signals: [
        {
          kind: 'declaration',
          tool: null,
          strength: 'medium',
          says: 'human',
          where: '--author',
          value: 'human',
        },
      ],
      hands: [],
      handsHidden: null,
    },
  });
}

function cannotJudge(): Report {
  return reportOf({
    decision: 'blocked',
    exitCode: 1,
    changeSets: [],
    errors: [
      {
        code: 'not-json',
        message: 'the document ends inside a string at byte 65536',
        mend: 'write it again with `terraform show -json plan.tfplan > plan.json`; it looks cut short',
        source: 'plan.json',
      },
      { code: 'policy-unreadable', message: 'check-plan.yaml is a folder', mend: null, source: null },
    ],
  });
}

function nonProduction(): Report {
  return reportOf({
    changeSets: [
      setOf({
        source: 'infra/dev/plan.json',
        target: {
          accounts: [],
          regions: [],
          workspace: 'dev',
          environment: null,
          backend: null,
          lineage: null,
        },
        counts: countsOf({ delete: 1, forget: 1, create: 1 }),
        complete: false,
        changes: [
          changeOf({
            effect: 'delete',
            order: null,
            environment: DEVELOPMENT,
            findings: [],
            needsSignOff: false,
          }),
          changeOf({
            address: 'aws_iam_role.ci',
            effect: 'forget',
            fate: 'orphaned',
            environment: DEVELOPMENT,
            findings: [],
            needsSignOff: false,
          }),
        ],
      }),
      setOf({ source: 'infra/dev-eu/plan.json', counts: countsOf({ none: 7 }) }),
    ],
  });
}

function hostileNames(): Report {
  const evil = '::error::fine\n::set-output name=x::\u001b[2K\u001b]8;;http://evil\u0007ok\u202egpj';
  return reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    worst: 'critical',
    changeSets: [
      setOf({
        source: "plan'; rm -rf ~.json",
        signOffDigest: `sha256:${'00'.repeat(32)}`,
        counts: countsOf({ delete: 2 }),
        changes: [
          changeOf({
            address: `aws_s3_bucket.a["${evil}"]`,
            effect: 'delete',
            order: null,
            loses: evil,
            causes: [
              { kind: 'reason', reason: 'x', says: '##[add-mask]x ##vso[task.complete] \u200b\ufeff\u2028' },
              {
                kind: 'attribute',
                path: ['tags', 'a"].b\r'],
                before: shown('"\u009b31m"'),
                after: shown('"x"'),
              },
            ],
          }),
          changeOf({ address: 'aws_db_instance.m\u0430in', effect: 'delete', order: null, physicalId: evil }),
        ],
      }),
    ],
    signOffs: [
      {
        source: evil,
        accepted: false,
        person: null,
        level: null,
        expiresAt: null,
        comment: 'fine" accepted by "bob',
        selfSignOff: false,
        hardware: 'attested',
        kind: 'sign-off',
        recordDigest: null,
        steps: [{ step: 'envelope', holds: false, says: evil }],
      },
    ],
    notes: [evil],
    policy: { source: 'built-in defaults', digest: null },
  });
}

function manyChanges(): Report {
  const changes = Array.from({ length: 260 }, (_, index) =>
    changeOf({ address: `aws_db_instance.shard[${index}]` }),
  );
  return reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    worst: 'critical',
    changeSets: [
      setOf({
        signOffDigest: `sha256:${'11'.repeat(32)}`,
        counts: countsOf({ replace: 260, none: 12_345 }),
        changes,
      }),
    ],
  });
}
