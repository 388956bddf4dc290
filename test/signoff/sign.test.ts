import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Statement } from '../../src/model/signoff.ts';
import { parseJson } from '../../src/readers/json/parse.ts';
import { parseEnvelope, RECORD_LIMIT } from '../../src/signoff/envelope.ts';
import { finishRecord, prepareRecord } from '../../src/signoff/sign.ts';
import { parseStatement } from '../../src/signoff/statement.ts';
import { gateOf, permitting, statementFor } from './sample.ts';

const statement = statementFor(gateOf([]));

test('what is signed names its type and length', () => {
  const { payload, toSign } = prepareRecord(statement);
  expect(toSign.toString()).toBe(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} ${payload}`);
});

test('a record is JSON for people that ends with a line break', () => {
  const record = finishRecord(Buffer.from('{}'), 'SHA256:abc', Buffer.from('sig')).toString();
  expect(record).toBe(
    '{\n  "payloadType": "application/vnd.in-toto+json",\n  "payload": "e30=",\n  "signatures": [\n    {\n      "keyid": "SHA256:abc",\n      "sig": "c2ln"\n    }\n  ]\n}\n',
  );
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });
const anyHex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('hex'));
const anyTime = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyStatement: fc.Arbitrary<Statement> = fc
  .record({
    inputDigest: anyHex,
    inputName: anyText,
    permits: fc.array(
      anyText.filter((text) => /^[^\n\r]+$/.test(text)),
      { minLength: 1 },
    ),
    approver: anyText,
    policyDigest: fc.option(anyHex),
    approvedAt: anyTime,
    expiresAt: anyTime,
    selfSignOff: fc.boolean(),
    comment: anyText,
  })
  .map((rest) => ({ ...rest, ...permitting(...rest.permits) }));

test('a statement survives being written into a record and read', () => {
  fc.assert(
    fc.property(anyStatement, (written) => {
      const record = finishRecord(prepareRecord(written).payload, '', Buffer.from('sig'));
      const { payload, signature } = parseEnvelope(parseJson(record, 'the record'));
      expect(parseStatement(parseJson(payload, 'the statement'))).toEqual(written);
      expect(signature.toString()).toBe('sig');
    }),
  );
});

test('a destruction too large for a record is refused before anybody signs it', () => {
  const permits = Array.from(
    { length: 100_000 },
    (_, i) => `change "aws_s3_bucket.logs[${i}]" null and more`,
  );
  expect(() => prepareRecord({ ...statement, permits })).toThrowError(
    expect.objectContaining({ code: 'sign-refused' }),
  );
});

test('what prepareRecord lets pass fits with the largest signature', () => {
  const largest = Buffer.alloc(2 * 2048 + 256);
  for (let lines = 59_000; lines < 70_000; lines += 700) {
    const permits = Array.from({ length: lines }, (_, i) => `change "aws_s3_bucket.logs[${i}]" null more`);
    let payload: Buffer;
    try {
      payload = prepareRecord({ ...statement, permits }).payload;
    } catch {
      return;
    }
    expect(finishRecord(payload, `SHA256:${'a'.repeat(43)}`, largest).length).toBeLessThanOrEqual(
      RECORD_LIMIT,
    );
  }
  throw new Error('no destruction was too large');
});
