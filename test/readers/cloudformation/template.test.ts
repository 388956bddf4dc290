import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type Json } from '../../../src/model/json.ts';
import { parseTemplate } from '../../../src/readers/cloudformation/template.ts';

/** The template as plain data; numbers as `#` and their digits. */
const plain = (value: Json): unknown => {
  if (isArray(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  return typeof value === 'object' && value !== null ? `#${value.text}` : value;
};
const read = async (text: string): Promise<unknown> => plain(await parseTemplate(text, 'the template'));

describe('a template in YAML', () => {
  test.each([
    ['A: !Ref B', { A: { Ref: 'B' } }],
    ['A: !Condition B', { A: { Condition: 'B' } }],
    ['A: !GetAtt B.Arn', { A: { 'Fn::GetAtt': ['B', 'Arn'] } }],
    ['A: !GetAtt B.Outputs.C', { A: { 'Fn::GetAtt': ['B', 'Outputs.C'] } }],
    ['A: !GetAtt [B, Arn]', { A: { 'Fn::GetAtt': ['B', 'Arn'] } }],
    ['A: !GetAtt [B, !Ref C]', { A: { 'Fn::GetAtt': ['B', { Ref: 'C' }] } }],
    ['A: !Sub "b-x"', { A: { 'Fn::Sub': 'b-x' } }],
    ['A: !Sub\n  - b\n  - B: !Ref C', { A: { 'Fn::Sub': ['b', { B: { Ref: 'C' } }] } }],
    ['A: !If [B, c, !Ref AWS::NoValue]', { A: { 'Fn::If': ['B', 'c', { Ref: 'AWS::NoValue' }] } }],
    ['A: !Join ["-", [a, !Ref B]]', { A: { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] } }],
    ['A: !GetAZs ""', { A: { 'Fn::GetAZs': '' } }],
    [
      'A: !Transform {Name: AWS::Include, Parameters: {Location: s3}}',
      { A: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3' } } } },
    ],
    [
      'A:\n  Fn::Base64: !Sub |-\n    #!/bin/sh\n    x',
      { A: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/sh\nx' } } },
    ],
    ['A: !OfTomorrow {B: c}', { A: { 'Fn::OfTomorrow': { B: 'c' } } }],
    ['A: !!str 12', { A: '12' }],
    ['A: &x [1]\nB: *x', { A: ['#1'], B: ['#1'] }],
  ])('%s', async (text, expected) => {
    expect(await read(text)).toEqual(expected);
  });

  test.each([
    ['2010-09-09', '2010-09-09'],
    ['2010-09-09T00:00:00Z', '2010-09-09T00:00:00Z'],
    ['012345678901', '012345678901'],
    ['111122223333', '#111122223333'],
    ['12345678901234567890123', '#12345678901234567890123'],
    ['1e400', '#1e400'],
    ['0x1f', '0x1f'],
    ['0o17', '0o17'],
    ['1_000', '1_000'],
    ['12:30:45', '12:30:45'],
    ['.inf', '.inf'],
    ['yes', 'yes'],
    ['on', 'on'],
    ['True', true],
    ['false', false],
    ['~', null],
    ['', null],
    ['"null"', 'null'],
    ["'12'", '12'],
  ])('%s is %s', async (scalar, expected) => {
    expect(await read(`A: ${scalar}`)).toEqual({ A: expected });
  });

  test.each([
    ['a key twice', 'Resources:\n  A: 1\n  A: 2'],
    ['a key twice, quoted otherwise', 'Resources:\n  A: 1\n  "A": 2'],
    ['a key twice by an alias', 'X: &a A\nResources:\n  A: 1\n  *a : 2'],
    ['a merge key', 'X: &a {B: 1}\nResources:\n  <<: *a'],
    ['a key that is a map', '? {a: b}\n: c'],
    ['two documents', 'A: 1\n---\nB: 2'],
    ['a tag of another language', 'A: !!python/object:os.system x'],
    ['a binary', 'A: !!binary aGk='],
    ['a timestamp', 'A: !!timestamp 2001-01-01'],
    ['an alias of nothing', 'A: *b'],
    ['an alias of itself', 'A: &a [*a]'],
    ['broken indentation', 'A:\n  - b\n c: d'],
    ['a list', '- A'],
    ['a text', 'hello'],
    ['nothing', ''],
    ['JSON with a key twice', '{"A": 1, "A": 2}'],
    ['JSON that is cut off', '{"Resources": {"A": {"Type": "AWS::S3::Bucket"'],
    ['a list in a list without end', `A: ${'['.repeat(100_000)}`],
    ['JSON nested without end', `{"A":${'['.repeat(1000)}${']'.repeat(1000)}}`],
    ['more than any template', `A: ${'x'.repeat(9_000_000)}`],
  ])('%s is refused', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'template-unreadable' });
  });

  test('aliases that would fill the memory are refused soon', async () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 12; level += 1)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      );
    await expect(read(lines.join('\n'))).rejects.toMatchObject({
      message: expect.stringContaining('aliases'),
    });
    const wide = `A: &a [${'x,'.repeat(2_000)}]\nB: [${'*a,'.repeat(900)}]`;
    await expect(read(wide)).rejects.toMatchObject({ message: expect.stringContaining('values') });
  });

  test('a message names the line', async () => {
    await expect(read('Resources:\n  A: 1\n  A: 2\n')).rejects.toMatchObject({
      message: 'the template:3:3: map keys must be unique',
    });
  });
});

describe('a template in JSON', () => {
  test('reads as its YAML does', async () => {
    const json = '{"Resources": {"A": {"Type": "T", "Properties": {"N": 1.50, "R": {"Ref": "B"}}}}}';
    const yaml = 'Resources:\n  A:\n    Type: T\n    Properties:\n      N: 1.50\n      R: !Ref B\n';
    expect(await read(json)).toEqual(await read(yaml));
    expect(await read(`{"A": !Ref B}`)).toEqual({ A: { Ref: 'B' } });
  });

  test('has members of any name', async () => {
    const value = await parseTemplate('__proto__:\n  constructor: 1', 'the template');
    expect([...value.keys()]).toEqual(['__proto__']);
  });

  test('is the same whether written as JSON or as the YAML that JSON is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 })),
        async (data) => {
          const text = JSON.stringify(data);
          expect(await read(`# not JSON\n${text}`)).toEqual(await read(text));
        },
      ),
      { numRuns: 100 },
    );
  });
});
