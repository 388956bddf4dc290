import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server may do wrong, once each: fail, lose its answer after it did the work, or lose the race. */
export type Fault = 'error' | 'slow-down' | 'lost-answer' | 'conflict';

export interface S3Server {
  /** `s3://bucket/prefix?…` of this server. */
  place(prefix?: string): string;
  readonly objects: Map<string, Buffer>;
  /** Faults for the next puts, in their order. */
  readonly faults: Fault[];
  /** How many keys a page of a list has. */
  pageSize: number;
  /** False for a server that has never heard of If-None-Match. */
  heedsConditions: boolean;
  readonly requests: string[];
  close(): Promise<void>;
}

/** The part of S3 that a store needs, over real HTTP on the loopback interface. */
export async function startS3(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const faults: Fault[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks), response));
  });
  const s3: S3Server = {
    objects,
    faults,
    requests,
    pageSize: 1000,
    heedsConditions: true,
    place: (prefix = 'team/sign-offs') =>
      `s3://records/${prefix}?region=eu-west-1&endpoint=http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): unknown {
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = decodeURIComponent(url.pathname).replace(/^\/records\/?/, '');
    requests.push(`${request.method} ${key}`);
    if (!/^AWS4-HMAC-SHA256 /.test(request.headers.authorization ?? ''))
      return refuse(response, 403, 'AccessDenied');
    if (request.method === 'PUT') return put(request, key, body, response);
    if (key === '') return list(url, response);
    const object = objects.get(key);
    if (object === undefined) return refuse(response, 404, 'NoSuchKey');
    return response.writeHead(200, { 'content-length': object.length }).end(object);
  }

  function put(request: IncomingMessage, key: string, body: Buffer, response: ServerResponse): unknown {
    const fault = key.endsWith('store.json') ? undefined : faults.shift();
    if (fault === 'error') return refuse(response, 500, 'InternalError');
    if (fault === 'slow-down') return refuse(response, 503, 'SlowDown');
    if (fault === 'conflict') return refuse(response, 409, 'ConditionalRequestConflict');
    const conditional = request.headers['if-none-match'] === '*' && s3.heedsConditions;
    if (conditional && objects.has(key)) return refuse(response, 412, 'PreconditionFailed');
    objects.set(key, body);
    if (fault === 'lost-answer') return response.socket?.destroy();
    return response.writeHead(200, { etag: '"x"' }).end();
  }

  function list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = url.searchParams.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, s3.pageSize);
    const isCut = keys.length > page.length;
    const token = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${token}${contents}</ListBucketResult>`);
  }

  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return s3;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
