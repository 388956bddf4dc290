import { describe, expect, test } from 'vitest';
import { preAuthentication, writeEnvelope } from '../../src/signoff/envelope.ts';
import { createSigner } from '../signoff/signer.ts';
import { missing, named, scene, withPolicy } from './scene.ts';

/** A program holds the private half of an `sk-` key, and writes into each signature that somebody touched it and gave a PIN. */
describe.skipIf(missing)(named('T6 a program acts as a security key'), () => {
  const program = createSigner('sk-ed25519');
  const signed = async (hardware: string, key: string) => {
    const here = await scene();
    withPolicy(
      here,
      (yaml) =>
        `${yaml.replace('keys: [', `keys: [${key}, `)}signOff: { presence: verified, hardware: ${hardware} }\n`,
    );
    const { payload } = JSON.parse(here.forged('alice').toString());
    const bytes = Buffer.from(payload, 'base64');
    here.put(writeEnvelope(bytes, '', program.sign(preAuthentication(bytes), { flags: 5 })));
    return here.check();
  };

  test('its signature is like that of a real one, so it is told apart, and refused where the policy asks for hardware', async () => {
    const line = `"${program.line}"`;
    const preferred = await signed('preferred', line);
    expect(preferred).toMatchObject({ exitCode: 0, verdicts: ['accepted'] });
    expect(preferred.report.signOffs[0].hardware).toBe('claimed');
    const required = await signed('required', line);
    expect(required).toMatchObject({ exitCode: 3, verdicts: ['hardware'] });
  });

  test('a key whose attestation was checked at enrolment counts', async () => {
    const attested = `{ key: "${program.line}", hardware: { aaguid: 2fc0579f-8113-47ea-b116-bb5a8db9202a, checked: 2026-11-01 } }`;
    const { exitCode, report } = await signed('required', attested);
    expect({ exitCode, hardware: report.signOffs[0].hardware }).toEqual({
      exitCode: 0,
      hardware: 'attested',
    });
  });

  test('a copy of a security key is found out by its counter', async () => {
    const here = await scene();
    withPolicy(here, (yaml) => yaml.replace('keys: [', `keys: ["${program.line}", `));
    const { payload } = JSON.parse(here.forged('alice').toString());
    const bytes = Buffer.from(payload, 'base64');
    const earlier = Buffer.from(
      bytes.toString().replace('"approvedAt":"2026-11-22T12:00', '"approvedAt":"2026-11-22T11:00'),
    );
    const record = (of: Buffer, counter: number): Buffer =>
      writeEnvelope(of, '', program.sign(preAuthentication(of), { counter }));
    here.put(record(bytes, 5));
    expect(await here.check()).toMatchObject({ exitCode: 0 });
    here.write(`.check-plan/sign-offs/${'0'.repeat(64)}.00000000.json`, record(earlier, 9).toString());
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['counter'] });
  });
});
