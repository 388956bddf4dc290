import { expect, test } from 'vitest';
import { readChangeSet } from '../../../src/readers/read.ts';

const plan = (action: string, configuration: object, first: object = {}): string =>
  JSON.stringify({
    ...first,
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: 'module.shop.aws_sqs_queue.a',
        module_address: 'module.shop',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'a',
        change: {
          actions: [action],
          before: { name: 'a' },
          after: action === 'delete' ? null : { name: 'b' },
        },
      },
    ],
    configuration,
  });

async function callsOf(text: string, size = text.length): Promise<readonly string[] | null | undefined> {
  async function* bytes() {
    const all = new TextEncoder().encode(text);
    for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
  }
  return (await readChangeSet(bytes(), () => {})).moduleCalls;
}

const CODE = {
  provider_config: { aws: { name: 'aws' } },
  root_module: {
    outputs: { module_calls: { expression: {} } },
    resources: [{ address: 'aws_sqs_queue.x' }],
    module_calls: {
      'b-2': { source: './b', module: { module_calls: { inner: { source: './c', module: {} } } } },
      shop: { source: './shop', module: { resources: [] } },
    },
  },
};

test.each([1, 7, 4096])('the modules that the code calls are told, in pieces of %i bytes', async (size) => {
  expect(await callsOf(plan('delete', CODE), size)).toEqual(['b-2', 'shop']);
});

test('a name need not be of plain letters', async () => {
  const code = { root_module: { module_calls: { größe: { source: './x' } } } };
  expect(await callsOf(plan('delete', code), 3)).toEqual(['größe']);
});

test('code without modules calls none', async () => {
  expect(await callsOf(plan('delete', { root_module: {} }))).toEqual([]);
});

test('of a large plan too', async () => {
  const resources = Array.from({ length: 20_000 }, (_, index) => ({ address: `aws_sqs_queue.q${index}` }));
  const large = { root_module: { ...CODE.root_module, resources } };
  expect(await callsOf(plan('delete', large), 65_536)).toEqual(['b-2', 'shop']);
});

test('nobody looks where nothing in a module goes, and nobody knows where the code comes first', async () => {
  expect(await callsOf(plan('update', CODE))).toBeNull();
  expect(
    await callsOf(plan('delete', {}, { configuration: CODE }).replace(/,"configuration":\{\}\}$/, '}')),
  ).toBeNull();
});
