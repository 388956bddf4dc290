import { describe, expect, test } from 'vitest';
import { preAuthentication, writeEnvelope } from '../../src/signoff/envelope.ts';
import { createSigner } from '../signoff/signer.ts';
import { missing, named, scene, withPolicy } from './scene.ts';

/** The person touches the key for something else, and does not know what it signs. */
describe.skipIf(missing)(named('T7 a touch is taken for another'), () => {
  const device = createSigner('sk-ed25519');
  const touched = async (namespace: string, flags: number) => {
    const here = await scene();
    withPolicy(
      here,
      (yaml) => `${yaml.replace('keys: [', `keys: ["${device.line}", `)}signOff: { presence: verified }\n`,
    );
    const { payload } = JSON.parse(here.forged('alice').toString());
    const bytes = Buffer.from(payload, 'base64');
    here.put(writeEnvelope(bytes, '', device.sign(preAuthentication(bytes), { flags, namespace })));
    return here.check();
  };

  test.each([
    ['a touch for a commit', 'git', 5, 'namespace'],
    ['a touch for a file', 'file', 5, 'namespace'],
    ['a touch without PIN, where the policy asks for one', 'sign-off@check-plan', 1, 'presence'],
    ['a touch with PIN for exactly this', 'sign-off@check-plan', 5, 'accepted'],
  ])('%s', async (_, namespace, flags, verdict) => {
    expect((await touched(namespace, flags)).verdicts).toEqual([verdict]);
  });

  test('the command shows what is signed before it asks, and asks for how much it is', async () => {
    const here = await scene();
    let shown = '';
    let before = '';
    const { stdout } = await here.sign('alice', [], {
      ask: async (question) => {
        before = question;
        return '4';
      },
    });
    shown = stdout;
    expect(shown).toContain('Your signature stands for exactly this, and for nothing else');
    expect(shown).toContain('change "aws_db_instance.billing" null');
    expect(before).toContain('How many changes');
    expect(here.records()).toEqual([]);
  });
});
