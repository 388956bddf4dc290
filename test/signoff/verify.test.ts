import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CheckError } from '../../src/model/error.ts';
import type { SignOff, Statement, Step } from '../../src/model/signoff.ts';
import { STEPS } from '../../src/model/signoff.ts';
import { preAuthentication, RECORD_LIMIT, writeEnvelope } from '../../src/signoff/envelope.ts';
import type { Gate } from '../../src/signoff/gate.ts';
import { writeStatement } from '../../src/signoff/statement.ts';
import { unreadableRecord, verifyRecord } from '../../src/signoff/verify.ts';
import {
  change,
  gateOf,
  NOW,
  permitOf,
  permitting,
  recordOf,
  rosterOf,
  statementFor,
  target,
} from './sample.ts';
import { createSigner, type Wrong } from './signer.ts';

const signer = createSigner('ed25519');
const stranger = createSigner('ed25519');
const gate = gateOf([signer]);
const record = recordOf(signer, statementFor(gate));

const failedStep = ({ steps }: SignOff): Step | null => {
  const last = steps.at(-1);
  return last === undefined || last.holds ? null : last.step;
};
const verify = (bytes: Uint8Array, against: Gate = gate): SignOff =>
  verifyRecord('record.json', bytes, against);

test('a right record is accepted, and takes every step in order', () => {
  const signOff = verify(record);
  expect(signOff.steps.map(({ step }) => step)).toEqual([...STEPS]);
  expect(signOff).toMatchObject({
    source: 'record.json',
    accepted: true,
    person: 'alice',
    level: 'senior',
    expiresAt: '2026-11-22T11:30:00Z',
    comment: 'snapshot taken',
  });
});

/** The step where the record ends, which must be the last one taken. */
function expectRefused(signOff: SignOff, step: Step): void {
  expect(failedStep(signOff)).toBe(step);
  expect(signOff.accepted).toBe(false);
  expect(signOff.steps.map((taken) => taken.step)).toEqual(STEPS.slice(0, STEPS.indexOf(step) + 1));
  expect(signOff.steps.slice(0, -1).every(({ holds }) => holds)).toBe(true);
}

const otherDigest = `sha256:${'22'.repeat(32)}`;
test.each<[string, Step, Partial<Statement>, Partial<Gate>]>([
  ['of another destruction', 'digest', {}, permitOf({ changes: [change({ physicalId: 'db-2' })] })],
  ['replayed on another workspace', 'digest', {}, permitOf({ target: { ...target, workspace: 'eu' } })],
  ['for one account more', 'digest', permitOf({ target: { ...target, accounts: ['1', '4'] } }), {}],
  ['that permits nothing', 'digest', permitOf({ changes: [] }), {}],
  ['that permits one line twice', 'digest', permitting(...gate.permits, ...gate.permits.slice(-1)), {}],
  ['that claims the digest and shows something else', 'statement', { permits: ['change "a" null'] }, {}],
  ['that claims another digest for what it shows', 'statement', { digest: otherDigest }, {}],
  [
    'for other bytes, where bytes count',
    'input-bytes',
    { inputDigest: '33'.repeat(32) },
    { policy: { ...gate.policy, binding: 'plan-file' } },
  ],
  ['that has expired', 'time', { expiresAt: '2026-11-22T08:00:00Z' }, {}],
  ['signed in the future', 'time', { approvedAt: '2026-11-22T08:02:01Z' }, {}],
  ['valid for too long', 'time', { expiresAt: '2026-11-23T07:30:01Z' }, {}],
  [
    'that ends before it begins',
    'time',
    { approvedAt: '2026-11-22T08:01:30Z', expiresAt: '2026-11-22T08:01:00Z' },
    {},
  ],
  ['in the name of another', 'approver', { approver: 'bob' }, {}],
  ['in nearly the right name', 'approver', { approver: 'Alice' }, {}],
  ['of too low a level', 'level', {}, { requirement: { ...gate.requirement, level: 'principal' } }],
  [
    'for a level that is not there',
    'level',
    {},
    { requirement: { ...gate.requirement, level: 'architect' } },
  ],
  ['of a person whose level is not there', 'level', {}, { roster: rosterOf([signer], { level: 'wizard' }) }],
])('a record %s ends at %s', (_, step, statement, against) => {
  expectRefused(verify(recordOf(signer, statementFor(gate, statement)), { ...gate, ...against }), step);
});

test.each<[string, Partial<Statement>, Partial<Gate>]>([
  ['other bytes, where only the destruction counts', { inputDigest: '33'.repeat(32) }, {}],
  ['a clock two minutes ahead', { approvedAt: '2026-11-22T08:02:00Z' }, {}],
  ['the longest validity', { expiresAt: '2026-11-23T07:30:00Z' }, {}],
  ['the last millisecond', { expiresAt: '2026-11-22T08:00:00.001Z' }, {}],
  ['a lower level', {}, { requirement: { ...gate.requirement, level: 'junior' } }],
  ['no hand known', {}, { hands: [] }],
])('accepted: %s', (_, statement, against) => {
  expect(verify(recordOf(signer, statementFor(gate, statement)), { ...gate, ...against }).accepted).toBe(
    true,
  );
});

test('a changed destruction is said with both digests and what differs', () => {
  const other = permitOf({ changes: [change({ address: 'aws_s3_bucket.logs', effect: 'delete' })] });
  const says = verify(record, { ...gate, ...other }).steps.at(-1)?.says;
  expect(says).toContain(gate.digest.slice(7, 19));
  expect(says).toContain(other.digest.slice(7, 19));
  expect(says).toContain('not signed: delete aws_s3_bucket.logs');
});

test.each<[string, Step, Wrong]>([
  ['a namespace of another program', 'namespace', { namespace: 'file' }],
  ['the namespace of git', 'namespace', { namespace: 'git' }],
  ['no namespace', 'namespace', { namespace: '' }],
  ['a namespace that only begins right', 'namespace', { namespace: 'sign-off@check-plan.dev' }],
  ['a swapped inner algorithm', 'signature-format', { algorithm: 'ssh-rsa' }],
  ['a byte after the signature', 'signature-format', { tail: Buffer.from([0]) }],
  ['the key of somebody else', 'signature', { keyBlob: stranger.blob }],
])('a signature with %s ends at %s', (_, step, wrong) => {
  expectRefused(verify(recordOf(signer, statementFor(gate), wrong)), step);
});

test('a key that is not in the roster is nobody', () => {
  const signOff = verify(recordOf(stranger, statementFor(gate)));
  expectRefused(signOff, 'roster-key');
  expect(signOff.person).toBeNull();
});

test.each([
  ['revoked', { revoked: true }],
  ['not valid yet', { validAfter: NOW + 1 }],
  ['not valid any more', { validBefore: NOW }],
])('a key that is %s cannot sign', (_, terms) => {
  expectRefused(verify(record, { ...gate, roster: rosterOf([signer], {}, terms) }), 'key-valid');
});

test('a key is valid from its first millisecond to its last', () => {
  const roster = rosterOf([signer], {}, { validAfter: NOW, validBefore: NOW + 1 });
  expect(verify(record, { ...gate, roster }).accepted).toBe(true);
});

test.each([
  [0, 'none', true],
  [0, 'touch', false],
  [0, 'verified', false],
  [1, 'touch', true],
  [1, 'verified', false],
  [4, 'touch', false],
  [4, 'verified', false],
  [5, 'touch', true],
  [5, 'verified', true],
] as const)('a security key with flags %i, where the policy asks for %s: %s', (flags, presence, accepted) => {
  for (const kind of ['sk-ed25519', 'sk-ecdsa'] as const) {
    const key = createSigner(kind);
    const signOff = verify(recordOf(key, statementFor(gate), { flags }), {
      ...gate,
      roster: rosterOf([key]),
      requirement: { ...gate.requirement, presence },
    });
    expect(signOff.accepted).toBe(accepted);
    if (!accepted) expectRefused(signOff, 'presence');
  }
});

test.each(['touch', 'verified'] as const)('an ordinary key proves no %s', (presence) => {
  expectRefused(verify(record, { ...gate, requirement: { ...gate.requirement, presence } }), 'presence');
});

test.each([
  ['author', 'mail:alice@example.dev'],
  ['author', 'mail:ALICE@Example.dev'],
  ['pull-request author', 'github:alice'],
  ['actor', 'github:Alice'],
  ['committer', 'mail:alice@users.noreply.github.com'],
  ['co-author', 'mail:1234+Alice@users.noreply.github.com'],
] as const)('the %s %s cannot approve', (role, identity) => {
  expectRefused(verify(record, { ...gate, hands: [...gate.hands, { role, identity }] }), 'not-a-hand');
});

test('a private mail address in the roster names the account too', () => {
  const roster = rosterOf([signer], { identities: ['mail:1234+alice@users.noreply.github.com'] });
  for (const identity of ['github:alice', 'github-id:1234'])
    expectRefused(
      verify(record, { ...gate, roster, hands: [{ role: 'requester', identity }] }),
      'not-a-hand',
    );
});

test('where commits of the change are hidden, nobody can be told from their author', () => {
  const handsHidden = 'the clone is shallow; fetch the whole history';
  expectRefused(verify(record, { ...gate, handsHidden }), 'not-a-hand');
});

test('a person without a single identity cannot be told from the author', () => {
  expectRefused(verify(record, { ...gate, roster: rosterOf([signer], { identities: [] }) }), 'not-a-hand');
});

const text = record.toString();
const envelope = JSON.parse(text);
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const payload = writeStatement(statementFor(gate));
const signed = (bytes: Uint8Array): Buffer => writeEnvelope(bytes, '', signer.sign(preAuthentication(bytes)));
const resigned = (edit: (statement: ReturnType<typeof JSON.parse>) => void): Buffer => {
  const statement = JSON.parse(payload.toString());
  edit(statement);
  return signed(json(statement));
};
const [entry] = envelope.signatures;

test.each<[string, Step, Uint8Array]>([
  ['nothing', 'record-readable', Buffer.alloc(0)],
  ['no JSON', 'record-readable', Buffer.from('ssh')],
  ['a record cut short', 'record-readable', record.subarray(0, -3)],
  ['a record with something after it', 'record-readable', Buffer.from(`${text}{}`)],
  ['the same member twice', 'record-readable', Buffer.from(text.replace('{', '{"payloadType":"x",'))],
  ['an oversized record', 'record-readable', Buffer.from(text + ' '.repeat(RECORD_LIMIT))],
  [
    'bytes that are not UTF-8',
    'record-readable',
    Buffer.concat([Buffer.from('"'), Buffer.from([0xff, 0x22])]),
  ],
  ['a list', 'envelope', json([envelope])],
  ['null', 'envelope', json(null)],
  ['an unknown member', 'envelope', json({ ...envelope, note: '' })],
  ['a member called __proto__', 'envelope', Buffer.from(text.replace('{', '{"__proto__":{},'))],
  ['a missing member', 'envelope', json({ ...envelope, payloadType: undefined })],
  ['another payload type', 'envelope', json({ ...envelope, payloadType: 'application/json' })],
  ['no signature', 'envelope', json({ ...envelope, signatures: [] })],
  ['two signatures', 'envelope', json({ ...envelope, signatures: [entry, entry] })],
  ['a signature that is no object', 'envelope', json({ ...envelope, signatures: [entry.sig] })],
  [
    'an unknown member beside the signature',
    'envelope',
    json({ ...envelope, signatures: [{ ...entry, cert: '' }] }),
  ],
  ['a signature without keyid', 'envelope', json({ ...envelope, signatures: [{ sig: entry.sig }] })],
  ['base64 with a line break', 'envelope', json({ ...envelope, payload: `${envelope.payload}\n` })],
  ['base64 with a stray character', 'envelope', json({ ...envelope, payload: `!${envelope.payload}` })],
  ['base64 for URLs', 'envelope', json({ ...envelope, payload: '-_-_' })],
  ['base64 without padding', 'envelope', json({ ...envelope, payload: 'aGk' })],
  ['base64 with stray bits', 'envelope', json({ ...envelope, payload: 'aGl=' })],
  ['an empty payload', 'envelope', json({ ...envelope, payload: '' })],
  ['an empty signature', 'envelope', json({ ...envelope, signatures: [{ ...entry, sig: '' }] })],
  ['a signed statement that is no JSON', 'statement', signed(Buffer.from('approve'))],
  [
    'a member twice in the statement',
    'statement',
    signed(Buffer.from(payload.toString().replace('{', '{"_type":"x",'))),
  ],
  ['bytes after the statement', 'statement', signed(Buffer.concat([payload, Buffer.from(' {}')]))],
  [
    'an unknown member of the statement',
    'statement',
    resigned((s) => {
      s.note = '';
    }),
  ],
  [
    'an unknown member of the predicate',
    'statement',
    resigned((s) => {
      s.predicate.also = [];
    }),
  ],
  [
    'an unknown member of the input',
    'statement',
    resigned((s) => {
      s.predicate.input.host = '';
    }),
  ],
  [
    'a second digest',
    'statement',
    resigned((s) => {
      s.subject[0].digest.sha512 = '';
    }),
  ],
  [
    'a second subject',
    'statement',
    resigned((s) => {
      s.subject.push(s.subject[0]);
    }),
  ],
  [
    'no subject',
    'statement',
    resigned((s) => {
      s.subject = [];
    }),
  ],
  [
    'a subject of another name',
    'statement',
    resigned((s) => {
      s.subject[0].name = 'tfplan';
    }),
  ],
  [
    'another statement type',
    'statement',
    resigned((s) => {
      s._type = 'https://in-toto.io/Statement/v0.1';
    }),
  ],
  [
    'another predicate type',
    'statement',
    resigned((s) => {
      s.predicateType += '.1';
    }),
  ],
  [
    'nothing that it permits',
    'statement',
    resigned((s) => {
      delete s.predicate.permits;
    }),
  ],
  [
    'no comment',
    'statement',
    resigned((s) => {
      delete s.predicate.comment;
    }),
  ],
  [
    'an upper-case digest',
    'statement',
    resigned((s) => {
      s.subject[0].digest.sha256 = 'AB'.repeat(32);
    }),
  ],
  [
    'permits that is a string',
    'statement',
    resigned((s) => {
      s.predicate.permits = s.predicate.permits.join('\n');
    }),
  ],
  [
    'a day that does not exist',
    'statement',
    resigned((s) => {
      s.predicate.approvedAt = '2026-02-30T00:00:00Z';
    }),
  ],
  [
    'a time without zone',
    'statement',
    resigned((s) => {
      s.predicate.approvedAt = '2026-11-22T07:30:00';
    }),
  ],
  [
    'a time in another zone',
    'statement',
    resigned((s) => {
      s.predicate.expiresAt = '2026-11-22T11:30:00+01:00';
    }),
  ],
  [
    'a time that is a number',
    'statement',
    resigned((s) => {
      s.predicate.expiresAt = 1e15;
    }),
  ],
])('%s ends at %s', (_, step, bytes) => {
  expectRefused(verify(bytes), step);
});

test('the statement is not even parsed before its signature holds', () => {
  const seen: string[] = [];
  const parse: Gate['parse'] = (bytes, what) => {
    seen.push(what);
    return gate.parse(bytes, what);
  };
  verify(json({ ...envelope, payload: json({ any: 1 }).toString('base64') }), { ...gate, parse });
  expect(seen).toHaveLength(1);
});

test('a key id that lies changes nothing: only the key counts', () => {
  const relabelled = json({ ...envelope, signatures: [{ ...entry, keyid: 'bob' }] });
  expect(verify(relabelled)).toMatchObject({ accepted: true, person: 'alice' });
});

test.each(['payload', 'sig'] as const)('no other byte in the %s is ever accepted', (part) => {
  const bytes = Buffer.from(part === 'payload' ? envelope.payload : entry.sig, 'base64');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8((bytes[index] ?? 0) ^ mask, index);
      const base64 = flipped.toString('base64');
      const forged =
        part === 'payload'
          ? { ...envelope, payload: base64 }
          : { ...envelope, signatures: [{ ...entry, sig: base64 }] };
      expect(verify(json(forged)).accepted).toBe(false);
    }),
  );
});

test('no other character in the record is ever accepted as another statement', () => {
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), (index, code) => {
      const forged = text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
      const inKeyid = Math.abs(index - text.indexOf('SHA256:for-people')) < 20;
      fc.pre(forged !== text && !inKeyid);
      expect(verify(Buffer.from(forged)).accepted).toBe(false);
    }),
  );
});

test("whatever key a person signs with, the record is that person's", () => {
  const other = createSigner('p256');
  const both = { ...gate, roster: rosterOf([signer, other]) };
  const signOffs = [record, recordOf(other, statementFor(gate))].map((bytes) => verify(bytes, both));
  expect(signOffs.map(({ accepted, person }) => [accepted, person])).toEqual([
    [true, 'alice'],
    [true, 'alice'],
  ]);
});

test('an unreadable record says why', () => {
  expectRefused(unreadableRecord('x.json', 'it is a symbolic link'), 'record-readable');
});

test('an empty roster refuses everybody', () => {
  expectRefused(verify(record, { ...gate, roster: { levels: [], persons: [] } }), 'roster-key');
});

test.each([
  ['a key that cannot sign', rosterOf([{ ...signer, line: 'ssh-dss AAAA' }])],
  ['a key twice', rosterOf([signer, signer])],
  [
    'a key of two persons',
    {
      ...gate.roster,
      persons: [...gate.roster.persons, ...rosterOf([signer], { id: 'eve' }).persons.slice(1)],
    },
  ],
])('a roster with %s cannot be used at all', (_, roster) => {
  expect(() => verify(record, { ...gate, roster })).toThrowError(
    expect.objectContaining({ code: 'policy-invalid' }),
  );
});

test('a fault of the program is not hidden in a refusal', () => {
  const parse = (): never => {
    throw new TypeError('fault');
  };
  expect(() => verify(record, { ...gate, parse })).toThrowError(TypeError);
  const refusing = (): never => {
    throw new CheckError('not-json', 'no');
  };
  expectRefused(verify(record, { ...gate, parse: refusing }), 'record-readable');
});
