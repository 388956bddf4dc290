import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/model/decision.ts';
import { parseJson } from '../../src/readers/json/parse.ts';
import { parseRequest } from '../../src/signoff/request.ts';
import { finishRecord, prepareRecord } from '../../src/signoff/sign.ts';
import { temporaryFolder } from '../adapters/repository.ts';
import { runIn } from '../cli/memory-io.ts';
import { createSigner } from '../signoff/signer.ts';
import { deletion, planOf } from './plans.ts';

const alice = createSigner('ed25519');
const policyFor = (persons: number): string => `version: 1
roster:
  persons: [{ id: alice, level: senior, emails: [alice@example.dev], keys: ["${alice.line}"] }]
signOff: { required: { critical: { unknown: { persons: ${persons}, level: senior } } } }
`;

/** The folder of a plan with the record `alice.json` for it, where so many persons must sign. */
async function signedWhere(persons: number): Promise<string> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'check-plan.yaml'), policyFor(persons));
  writeFileSync(join(cwd, 'plan.json'), planOf(deletion()));
  await runIn(['plan.json', '--request', 'request.json'], { cwd });
  const request = readFileSync(join(cwd, 'request.json'));
  const { payload, toSign } = prepareRecord({
    ...parseRequest(parseJson(request, 'the request')),
    approver: 'alice',
    policyDigest: null,
    approvedAt: '2026-11-22T11:00:00Z',
    expiresAt: '2026-11-22T13:00:00Z',
    selfSignOff: false,
    comment: '',
  });
  writeFileSync(join(cwd, 'alice.json'), finishRecord(payload, 'SHA256:alice', alice.sign(toSign)));
  return cwd;
}

test.each([
  [1, EXIT.allowed],
  [2, EXIT.signOffRequired],
])('where %i must sign, verifying the record of one ends with %i', async (persons, exitCode) => {
  const ran = await runIn(['verify', 'alice.json', 'plan.json'], { cwd: await signedWhere(persons) });
  expect(ran.stdout).toContain('accepted');
  expect(ran.exitCode).toBe(exitCode);
});
