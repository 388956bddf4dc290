import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CloudFormation, cloudFormation } from '../../../src/adapters/aws/cloudformation.ts';
import { type Answer, responseXml, type StandIn, standIn, userOf } from './stand-in.ts';

const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/cs/1';

let aws: StandIn;
let client: CloudFormation;
beforeAll(async () => {
  aws = await standIn();
  client = await cloudFormation({ region: null, profile: null, endpointUrl: null, env: userOf(aws) });
});
afterAll(async () => {
  client.close();
  await aws.close();
});
beforeEach(() => aws.answer(() => ({})));

const plain = { values: false };
const described = (): Promise<unknown> => client.changeSet({ changeSet: ARN, stack: null }, plain);

describe('what AWS is asked', () => {
  test('every page of a change set', async () => {
    aws.answer(({ params }) => ({
      ChangeSetId: ARN,
      Changes: [
        { Type: 'Resource', ResourceChange: { LogicalResourceId: `R${params['NextToken'] ?? '1'}` } },
      ],
      NextToken: params['NextToken'] === undefined ? '2' : params['NextToken'] === '2' ? '3' : undefined,
    }));
    const pages = await client.changeSet({ changeSet: ARN, stack: null }, plain);
    expect(pages.map(({ Changes }) => Changes)).toMatchObject([
      [{ ResourceChange: { LogicalResourceId: 'R1' } }],
      [{ ResourceChange: { LogicalResourceId: 'R2' } }],
      [{ ResourceChange: { LogicalResourceId: 'R3' } }],
    ]);
  });

  test('a page whose token leads back to it is an error, not a run without end', async () => {
    aws.answer(() => ({ Changes: [], NextToken: 'again' }));
    await expect(described()).rejects.toMatchObject({ code: 'aws-failed' });
  });

  test('templates as they are written', async () => {
    const body = 'Resources:\n  A:\n    Type: "AWS::S3::Bucket" # <&>\n';
    aws.answer(() => ({ TemplateBody: body, StagesAvailable: ['Original', 'Processed'] }));
    expect(await client.template({ stack: null, changeSet: ARN }, 'Processed')).toBe(body);
    expect(aws.asked.at(-1)).toMatchObject({
      action: 'GetTemplate',
      params: { ChangeSetName: ARN, TemplateStage: 'Processed' },
    });
  });

  test('a stack that is not there, or only under review, has nothing', async () => {
    aws.answer(() => ({ error: 'ValidationError', message: 'Stack with id shop does not exist' }));
    expect(await client.stack('shop')).toBeNull();
    aws.answer(() => ({
      error: 'ValidationError',
      message: 'GetTemplate cannot be called on REVIEW_IN_PROGRESS stacks.',
    }));
    expect(await client.template({ stack: 'shop', changeSet: null }, 'Original')).toBeNull();
  });

  test('all resources of a stack, and never none for want of a list', async () => {
    aws.answer(({ params }) =>
      params['NextToken'] === undefined
        ? { StackResourceSummaries: [{ LogicalResourceId: 'A' }], NextToken: 'more' }
        : { StackResourceSummaries: [{ LogicalResourceId: 'B' }] },
    );
    expect(await client.resources('shop')).toMatchObject([
      { LogicalResourceId: 'A' },
      { LogicalResourceId: 'B' },
    ]);
    aws.answer(() => ({}));
    await expect(client.resources('shop')).rejects.toMatchObject({ code: 'aws-failed' });
  });
});

describe('a failure is an error that says what to do', () => {
  test.each([
    ['Throttling', 'Rate exceeded', /asked too often/, /try again later/],
    [
      'ExpiredToken',
      'The security token included in the request is expired',
      /have expired/,
      /aws sso login/,
    ],
    ['AccessDenied', 'User: x is not authorized to perform: y', /may not do this/, /permissions/],
    ['InvalidClientTokenId', 'The security token is invalid', /does not know/, /AWS_PROFILE/],
    ['ChangeSetNotFound', 'ChangeSet [cs] does not exist', /no such thing/, /region/],
    ['InternalFailure', 'We encountered an internal error', /refuses or fails/, /aws cloudformation/],
    ['NobodyKnows', '', /refuses or fails/, /aws cloudformation/],
  ])('%s', async (error, message, says, mend) => {
    aws.answer(() => ({ error, message }));
    await expect(described()).rejects.toMatchObject({
      code: 'aws-failed',
      message: expect.stringMatching(says),
      mend: expect.stringMatching(mend),
    });
  });

  test('throttled once is tried again', async () => {
    const patient = await cloudFormation({
      region: null,
      profile: null,
      endpointUrl: null,
      env: { ...userOf(aws), AWS_MAX_ATTEMPTS: '3' },
    });
    let times = 0;
    aws.answer((): Answer => {
      times += 1;
      return times < 3
        ? { error: 'Throttling', message: 'Rate exceeded' }
        : { Stacks: [{ StackName: 'shop' }] };
    });
    expect(await patient.stack('shop')).toMatchObject({ StackName: 'shop' });
    expect(times).toBe(3);
    times = -10;
    await expect(patient.stack('shop')).rejects.toMatchObject({
      message: expect.stringContaining('after 3 attempts'),
    });
    patient.close();
  });

  test.each([0.2, 0.5, 0.9, 0.999])('an answer that is cut off at %d of its length', async (part) => {
    const xml = responseXml('DescribeChangeSet', {
      ChangeSetId: ARN,
      Changes: [1, 2, 3].map((n) => ({ Type: 'Resource', ResourceChange: { LogicalResourceId: `R${n}` } })),
    });
    const cut = xml.slice(0, Math.floor(xml.length * part));
    aws.answer(() => (response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': xml.length });
      response.write(cut, () => response.destroy());
    });
    await expect(described()).rejects.toMatchObject({ code: 'aws-failed' });
    aws.answer(() => (response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(cut));
    await expect(described()).rejects.toMatchObject({ code: 'aws-failed' });
  });

  test('no answer in time', async () => {
    const env = { ...userOf(aws), AWS_MAX_ATTEMPTS: '2' };
    const hasty = await cloudFormation({ region: null, profile: null, endpointUrl: null, env }, 200);
    aws.answer(() => () => {});
    await expect(hasty.stack('shop')).rejects.toMatchObject({
      code: 'aws-failed',
      message: expect.stringMatching(/does not answer in time after 2 attempts/),
    });
    hasty.close();
  });

  test('nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    const port = typeof address === 'object' ? address?.port : 0;
    const lost = await cloudFormation({
      region: 'eu-west-1',
      profile: null,
      endpointUrl: `http://127.0.0.1:${port}`,
      env: userOf(aws),
    });
    await expect(lost.stack('shop')).rejects.toMatchObject({
      code: 'aws-failed',
      message: expect.stringContaining('cannot be reached'),
    });
    lost.close();
  });
});
