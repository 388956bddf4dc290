import { expect, test } from 'vitest';
import { clientConfig } from '../../../src/adapters/aws/options.ts';

const given = { region: null, profile: null, endpointUrl: null };
const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
const config = (env: Record<string, string>, options: Partial<typeof GIVEN> = {}) =>
  clientConfig('CLOUDFORMATION', { ...given, ...options, env });
const GIVEN = { region: '', profile: '', endpointUrl: '' } as const satisfies Record<string, string>;

test('what is not said is left to the SDK', () => {
  expect(config({})).toEqual({});
  expect(config({ AWS_REGION: '', AWS_PROFILE: '', AWS_ENDPOINT_URL: '' })).toEqual({});
});

test.each([
  ['the region of the environment', { AWS_DEFAULT_REGION: 'b' }, {}, { region: 'b' }],
  ['AWS_REGION before AWS_DEFAULT_REGION', { AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, {}, { region: 'a' }],
  [
    'keys before AWS_PROFILE',
    { ...keys, AWS_PROFILE: 'p' },
    {},
    {
      profile: 'p',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    },
  ],
  [
    'a token with the keys',
    { ...keys, AWS_SESSION_TOKEN: 't' },
    {},
    {
      credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 't' },
    },
  ],
  ['half of a key is none', { AWS_ACCESS_KEY_ID: 'a' }, {}, {}],
  [
    'the endpoint of the service',
    { AWS_ENDPOINT_URL: 'x', AWS_ENDPOINT_URL_CLOUDFORMATION: 'y' },
    {},
    { endpoint: 'y' },
  ],
  [
    'no endpoint where it is switched off',
    { AWS_ENDPOINT_URL: 'x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    {},
    {},
  ],
  ['attempts', { AWS_MAX_ATTEMPTS: '7' }, {}, { maxAttempts: 7 }],
  ['no attempts that are no number', { AWS_MAX_ATTEMPTS: 'many' }, {}, {}],
] as const)('%s', (_, env, options, expected) => {
  expect(config(env, options)).toEqual(expected);
});

test('an option wins over the environment, and a profile over its keys', () => {
  const env = {
    ...keys,
    AWS_REGION: 'a',
    AWS_PROFILE: 'p',
    AWS_ENDPOINT_URL: 'x',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  };
  expect(clientConfig('CLOUDFORMATION', { region: 'r', profile: 'q', endpointUrl: 'z', env })).toEqual({
    region: 'r',
    profile: 'q',
    endpoint: 'z',
  });
});
