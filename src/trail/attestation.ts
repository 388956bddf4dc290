import type { Report } from '../model/report.ts';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://in-toto.io/attestation/svr/v0.2';
const VERIFIER = 'https://check-plan.dev/verifier/v1';

/**
 * The decision as an in-toto Statement with a Simple Verification Result. Its subjects are the inputs, by the bytes that
 * were judged; its properties are only what was found to hold, so that one which is missing never lets anything through.
 */
export function attestationOf(report: Report, { version, now }: { version: string; now: number }): Buffer {
  const { source, digest } = report.policy;
  const statement = {
    _type: STATEMENT_TYPE,
    subject: report.changeSets.map(({ source: name, inputDigest }) => ({
      name,
      digest: { sha256: inputDigest },
    })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      verifier: {
        id: VERIFIER,
        version: { 'check-plan': version },
        policies: [{ uri: source, ...(digest === null ? {} : { digest: { sha256: digest } }) }],
      },
      timeCreated: new Date(now).toISOString(),
      properties: propertiesOf(report),
    },
  };
  return Buffer.from(`${JSON.stringify(statement, null, 2)}\n`);
}

function propertiesOf({ decision, errors, signOffs, changeSets }: Report): readonly string[] {
  if (errors.length > 0 || changeSets.length === 0) return [];
  if (decision !== 'allowed') return ['CHECK_PLAN_JUDGED'];
  const accepted = signOffs.filter((signOff) => signOff.accepted);
  const needed = changeSets.some(({ signOffDigest }) => signOffDigest !== null);
  return [
    'CHECK_PLAN_JUDGED',
    'CHECK_PLAN_ALLOWED',
    ...(needed ? [] : ['CHECK_PLAN_NEEDS_NO_SIGN_OFF']),
    ...(accepted.some(({ kind }) => kind === 'sign-off') ? ['CHECK_PLAN_SIGNED_OFF'] : []),
    ...(accepted.some(({ kind }) => kind === 'break-glass') ? ['CHECK_PLAN_GLASS_BROKEN'] : []),
  ];
}
