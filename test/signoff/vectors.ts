import type { Presence } from '../../src/model/policy.ts';
import type { Statement, Step } from '../../src/model/signoff.ts';
import { parseJson } from '../../src/readers/json/parse.ts';
import { parseEnvelope, preAuthentication, writeEnvelope } from '../../src/signoff/envelope.ts';
import type { Gate } from '../../src/signoff/gate.ts';
import { fingerprint } from '../../src/signoff/public-key.ts';
import { writeStatement } from '../../src/signoff/statement.ts';
import { verifyRecord } from '../../src/signoff/verify.ts';
import { change, gateOf, NOW, permitOf, permitting, rosterOf, statementFor, target } from './sample.ts';
import { createSigner, type Signer, type Wrong } from './signer.ts';

/** A record with all that an implementation needs to hold it against a gate, and what must come out. */
export interface Vector {
  readonly name: string;
  /** The bytes of the record, as text. */
  readonly record: string;
  /** The bytes of the statement, as text; null where the envelope cannot be read. */
  readonly payload: string | null;
  /** What the signature covers, base64. */
  readonly pae: string | null;
  /** The SSHSIG blob, base64. */
  readonly signature: string | null;
  readonly publicKey: string;
  /** Whether `ssh-keygen -Y verify` finds the signature good, for this key, namespace and PAE. */
  readonly sshKeygen: boolean | null;
  readonly gate: Omit<Gate, 'parse'>;
  readonly expect: { readonly accepted: boolean; readonly step: Step | null };
}

interface Case {
  readonly name: string;
  readonly sshKeygen: boolean | null;
  readonly signer?: Signer;
  readonly statement?: Partial<Statement>;
  readonly wrong?: Wrong;
  readonly gate?: Partial<Gate>;
  readonly payload?: (text: string) => string;
  readonly record?: (text: string) => string;
}

const alice = createSigner('ed25519', 'alice');
const device = createSigner('sk-ed25519', 'alice, security key');
const stranger = createSigner('ed25519', 'a stranger');
const sample = gateOf([alice, device]);
const policy = (more: Partial<Gate['policy']>): Partial<Gate> => ({ policy: { ...sample.policy, ...more } });
const asking = (presence: Presence): Partial<Gate> => ({
  requirement: { ...sample.requirement, presence },
});
const revoked = rosterOf([alice], {}, { revoked: true });
const ended = rosterOf([alice], {}, { validBefore: NOW });

const CASES: readonly Case[] = [
  { name: 'a right record', sshKeygen: true },
  {
    name: 'signed with a security key that was touched',
    sshKeygen: true,
    signer: device,
    wrong: { flags: 1 },
    gate: asking('touch'),
  },
  {
    name: 'signed with a security key that asked for a PIN',
    sshKeygen: true,
    signer: device,
    wrong: { flags: 5 },
    gate: asking('verified'),
  },
  {
    name: 'another plan of the same destruction',
    sshKeygen: true,
    statement: { inputDigest: '33'.repeat(32) },
  },
  {
    name: 'a security key that nobody touched',
    sshKeygen: true,
    signer: device,
    wrong: { flags: 0 },
    gate: asking('touch'),
  },
  {
    name: 'touched, and no PIN',
    sshKeygen: true,
    signer: device,
    wrong: { flags: 1 },
    gate: asking('verified'),
  },
  {
    name: 'flags that were changed after signing',
    sshKeygen: false,
    signer: device,
    wrong: { flags: 0, writtenFlags: 5 },
  },
  {
    name: 'no security key where a touch is asked for',
    sshKeygen: true,
    gate: asking('touch'),
  },
  {
    name: 'another plan, where the bytes count',
    sshKeygen: true,
    statement: { inputDigest: '33'.repeat(32) },
    gate: policy({ binding: 'plan-file' }),
  },
  {
    name: 'another object behind the address',
    sshKeygen: true,
    statement: permitOf({ changes: [change({ physicalId: 'db-XYZ' })] }),
  },
  {
    name: 'another workspace',
    sshKeygen: true,
    statement: permitOf({ target: { ...target, workspace: 'staging' } }),
  },
  { name: 'one line more', sshKeygen: true, statement: permitting(...sample.permits, 'finding "CP015"') },
  {
    name: 'a digest that is not that of the text',
    sshKeygen: true,
    statement: { digest: `sha256:${'22'.repeat(32)}` },
  },
  { name: 'made for git', sshKeygen: false, wrong: { namespace: 'git' } },
  { name: 'a key that is not in the roster', sshKeygen: true, signer: stranger },
  { name: 'the key of somebody else in the signature', sshKeygen: false, wrong: { keyBlob: stranger.blob } },
  { name: 'a byte after the signature', sshKeygen: false, wrong: { tail: Buffer.from([0]) } },
  { name: 'a revoked key', sshKeygen: true, gate: { roster: revoked } },
  { name: 'a key whose time is over', sshKeygen: true, gate: { roster: ended } },
  {
    name: 'a key that nobody attested, where that is asked for',
    sshKeygen: true,
    signer: device,
    gate: policy({ hardware: 'required' }),
  },
  {
    name: 'a counter that goes back',
    sshKeygen: true,
    signer: device,
    gate: { counters: [{ key: fingerprint(device), counter: 8, approvedAt: '2026-11-22T07:00:00Z' }] },
  },
  {
    name: 'their own change, signed as that, before the waiting time is over',
    sshKeygen: true,
    statement: { selfSignOff: true },
    gate: {
      ...policy({ selfSignOffHours: 24 }),
      hands: [{ role: 'author', identity: 'mail:alice@example.dev' }],
    },
  },
  { name: 'expired', sshKeygen: true, statement: { expiresAt: '2026-11-22T08:00:00Z' } },
  { name: 'signed in the future', sshKeygen: true, statement: { approvedAt: '2026-11-22T08:02:01Z' } },
  { name: 'valid for too long', sshKeygen: true, statement: { expiresAt: '2026-11-23T07:30:01Z' } },
  { name: 'in the name of somebody else', sshKeygen: true, statement: { approver: 'bob' } },
  {
    name: 'too low a level',
    sshKeygen: true,
    gate: { requirement: { ...sample.requirement, level: 'principal' } },
  },
  {
    name: 'the author of the change',
    sshKeygen: true,
    gate: { hands: [{ role: 'author', identity: 'mail:1+alice@users.noreply.github.com' }] },
  },
  {
    name: 'the same member twice in the statement',
    sshKeygen: true,
    payload: (text) => text.replace('{', '{"_type":"https://in-toto.io/Statement/v1",'),
  },
  {
    name: 'a member that is not known',
    sshKeygen: true,
    payload: (text) => text.replace('{"permits"', '{"also":[],"permits"'),
  },
  {
    name: 'an older version of the predicate',
    sshKeygen: true,
    payload: (text) => text.replace('sign-off/v2', 'sign-off/v1'),
  },
  {
    name: 'two subjects',
    sshKeygen: true,
    payload: (text) => text.replace(/"subject":\[(.*?\}\})\]/, '"subject":[$1,$1]'),
  },
  {
    name: 'one byte of the statement changed after signing',
    sshKeygen: false,
    record: (text) => swapped(text, (payload) => payload.replace('snapshot taken', 'snapshot token')),
  },
  { name: 'two signatures', sshKeygen: null, record: (text) => text.replace(/\[\n(\s+\{[^}]+\})/, '[$1,$1') },
  { name: 'base64 without its padding', sshKeygen: null, record: (text) => text.replace(/=+"/, '"') },
  {
    name: 'another payload type',
    sshKeygen: null,
    record: (text) => text.replace('vnd.in-toto+json', 'json'),
  },
  {
    name: 'the same member twice in the record',
    sshKeygen: null,
    record: (text) => text.replace('{', '{"payloadType":"application/vnd.in-toto+json",'),
  },
  { name: 'something after the record', sshKeygen: null, record: (text) => `${text}{}` },
];

export const vectors: readonly Vector[] = CASES.map((one) => {
  const signer = one.signer ?? alice;
  const gate: Gate = { ...sample, ...one.gate };
  const written = writeStatement(statementFor(sample, one.statement)).toString();
  const payload = Buffer.from(one.payload?.(written) ?? written);
  const signature = signer.sign(preAuthentication(payload), one.wrong);
  const whole = writeEnvelope(payload, fingerprint(signer), signature).toString();
  const record = one.record?.(whole) ?? whole;
  const { accepted, steps } = verifyRecord('record.json', Buffer.from(record), gate);
  const last = steps.at(-1);
  const { parse: _, ...plainGate } = gate;
  return {
    name: one.name,
    record,
    ...partsOf(record),
    publicKey: signer.line,
    sshKeygen: one.sshKeygen,
    gate: plainGate,
    expect: { accepted, step: last === undefined || last.holds ? null : last.step },
  };
});

function partsOf(record: string): Pick<Vector, 'payload' | 'pae' | 'signature'> {
  try {
    const { payload, signature } = parseEnvelope(parseJson(Buffer.from(record), 'the record'));
    return {
      payload: payload.toString(),
      pae: preAuthentication(payload).toString('base64'),
      signature: signature.toString('base64'),
    };
  } catch {
    return { payload: null, pae: null, signature: null };
  }
}

function swapped(record: string, edit: (payload: string) => string): string {
  const { payload } = JSON.parse(record);
  const other = edit(Buffer.from(payload, 'base64').toString());
  return record.replace(payload, Buffer.from(other).toString('base64'));
}
