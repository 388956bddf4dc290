import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as CloudFormation's query protocol has it. */
export interface Asked {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What the stand-in answers: the members of the result; an error with its code; or whatever is written to the socket. */
export type Answer =
  | Readonly<Record<string, unknown>>
  | { readonly error: string; readonly message: string; readonly status?: number }
  | ((response: ServerResponse) => void);

export interface StandIn {
  readonly url: string;
  readonly asked: readonly Asked[];
  answer(how: (asked: Asked) => Answer): void;
  close(): Promise<void>;
}

/** A server on the loopback that speaks CloudFormation's protocol (AWS Query: forms in, XML out) to the real SDK. */
export async function standIn(how: (asked: Asked) => Answer = () => ({})): Promise<StandIn> {
  let answering = how;
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { Action: action = '', ...params } = Object.fromEntries(new URLSearchParams(body));
      const one = { action, params };
      asked.push(one);
      reply(response, action, answering(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (next) => {
      answering = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The environment of a user who has keys, and a stand-in for AWS. */
export const userOf = ({ url }: StandIn): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: url,
  AWS_MAX_ATTEMPTS: '1',
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function reply(response: ServerResponse, action: string, answer: Answer): void {
  if (typeof answer === 'function') {
    answer(response);
    return;
  }
  if (typeof answer['error'] === 'string') {
    response.writeHead(Number(answer['status'] ?? 400), { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${escaped(answer['error'])}</Code>` +
        `<Message>${escaped(String(answer['message']))}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(responseXml(action, answer));
}

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

export const responseXml = (action: string, result: Readonly<Record<string, unknown>>): string =>
  `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${xmlOf(result)}</${action}Result>` +
  `<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`;

function xmlOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlOf(item)}</member>`).join('');
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .map(([key, member]) => `<${key}>${xmlOf(member)}</${key}>`)
    .join('');
}

const escaped = (text: string): string => text.replace(/[&<>"'\r]/g, (char) => `&#${char.charCodeAt(0)};`);
