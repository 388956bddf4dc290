import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

export interface CommentsApi {
  readonly url: string;
  readonly comments: Comment[];
  readonly requests: string[];
  close(): void;
}

/** The part of GitHub's API that comments go through, on the loopback, with the tokens that may read and write. */
export async function commentsApi(
  tokens: Readonly<Record<string, 'write' | 'read'>>,
  author = 'github-actions[bot]',
): Promise<CommentsApi> {
  const comments: Comment[] = [];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const may = tokens[(request.headers.authorization ?? '').replace('Bearer ', '')];
    if (may === undefined) return answer(401, { message: 'Bad credentials' });
    const { pathname, searchParams } = new URL(url, 'http://api');
    if (method === 'GET' && pathname === '/repos/acme/shop/issues/7/comments') {
      const [page, size] = [
        Number(searchParams.get('page') ?? 1),
        Number(searchParams.get('per_page') ?? 30),
      ];
      return answer(200, comments.slice((page - 1) * size, page * size));
    }
    if (may === 'read') return answer(403, { message: 'Resource not accessible by integration' });
    const { body } = JSON.parse(await textOf(request));
    if (body.length > 65_536)
      return answer(422, { message: 'body is too long (maximum is 65536 characters)' });
    if (method === 'POST' && pathname === '/repos/acme/shop/issues/7/comments') {
      const comment = { id: comments.length + 1, user: { login: author }, body };
      comments.push(comment);
      return answer(201, comment);
    }
    const [, id] = /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    const comment = comments.find((one) => String(one.id) === id);
    if (method !== 'PATCH' || comment === undefined) return answer(404, { message: 'Not Found' });
    comment.body = body;
    return answer(200, comment);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, comments, requests, close: () => server.close() };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
