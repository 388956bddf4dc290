import { expect, test } from 'vitest';
import type { Dependencies } from '../../../src/model/dependency.ts';
import { readDependencies } from '../../../src/readers/dependencies.ts';
import { streamOf, utf8, utf16 } from '../bytes.ts';
import { corpusBytes, corpusFiles } from '../corpus.ts';
import { planText } from './plan.ts';

const ref = (...references: string[]) => ({ references });

const managed = (address: string, rest: object = {}) => {
  const [type, name] = address.split('.');
  return { address, mode: 'managed', type, name, provider_config_key: 'aws', ...rest };
};

const read = (plan: Record<string, unknown>): Promise<Dependencies> =>
  readDependencies(streamOf(utf8(planText(plan))), 'terraform');

const rootModule = (module: object, more: object = {}) => ({
  configuration: { root_module: module, ...more },
  prior_state: {},
});

const edges = ({ leansOn }: Dependencies): string[] =>
  [...leansOn].flatMap(([from, all]) => [...all].map(([to, known]) => `${from} → ${to} (${known})`)).sort();

const withoutProviders = (all: string[]): string[] => all.filter((edge) => !edge.includes('→ provider '));

test('attributes, nested blocks, count, for_each, provisioners and depends_on of a resource are references', async () => {
  const web = managed('aws_instance.web', {
    expressions: {
      ami: ref('data.aws_ami.os.id', 'data.aws_ami.os'),
      subnet_id: ref('aws_subnet.a[0].id', 'aws_subnet.a[0]', 'aws_subnet.a'),
      ebs_block_device: [{ kms_key_id: ref('aws_kms_key.disk.arn', 'aws_kms_key.disk') }],
      tags: { constant_value: { references: ['aws_not.this'] } },
    },
    count_expression: ref('aws_ssm_parameter.size.value', 'aws_ssm_parameter.size'),
    provisioners: [
      {
        type: 'local-exec',
        expressions: { command: ref('aws_eip.web.public_ip', 'aws_eip.web', 'self.id') },
      },
    ],
    depends_on: ['aws_iam_role_policy.web'],
  });
  const graph = await read(rootModule({ resources: [web] }));
  expect(withoutProviders(edges(graph))).toEqual([
    'aws_instance.web → aws_eip.web (configuration)',
    'aws_instance.web → aws_iam_role_policy.web (configuration)',
    'aws_instance.web → aws_kms_key.disk (configuration)',
    'aws_instance.web → aws_ssm_parameter.size (configuration)',
    'aws_instance.web → aws_subnet.a (configuration)',
    'aws_instance.web → data.aws_ami.os (configuration)',
  ]);
  expect(graph.passages).toContain('data.aws_ami.os');
});

test('a value goes through the variable of one module and the output of another', async () => {
  const graph = await read(
    rootModule({
      module_calls: {
        net: {
          module: {
            outputs: { id: { expression: ref('aws_subnet.a.id', 'aws_subnet.a') } },
            resources: [managed('aws_subnet.a')],
          },
        },
        app: {
          expressions: { subnet: ref('module.net["x.y"].id', 'module.net["x.y"]') },
          module: {
            resources: [managed('aws_instance.web', { expressions: { subnet_id: ref('var.subnet') } })],
          },
        },
      },
    }),
  );
  expect(edges(graph)).toEqual(
    expect.arrayContaining([
      'module.app.aws_instance.web → variable subnet of module.app (configuration)',
      'variable subnet of module.app → output id of module.net (configuration)',
      'output id of module.net → module.net.aws_subnet.a (configuration)',
    ]),
  );
  expect(edges(graph).filter((edge) => edge.includes('→ outputs'))).toEqual([]);
  for (const passage of ['variable subnet of module.app', 'output id of module.net'])
    expect(graph.passages).toContain(passage);
});

test('a module as a value is its outputs; depends_on of a module is all that is in it, also deeper down', async () => {
  const graph = await read(
    rootModule({
      resources: [
        managed('aws_a.value', { for_each_expression: ref('module.net') }),
        managed('aws_a.after', { depends_on: ['module.net'] }),
      ],
      module_calls: {
        net: {
          depends_on: ['aws_a.before'],
          module: {
            outputs: { id: { expression: ref('aws_b.b.id', 'aws_b.b') } },
            resources: [managed('aws_b.b')],
            module_calls: { deep: { module: { resources: [managed('aws_c.c')] } } },
          },
        },
      },
    }),
  );
  expect(withoutProviders(edges(graph))).toEqual([
    'all of module.net → all of module.net.module.deep (configuration)',
    'all of module.net → module.net.aws_b.b (configuration)',
    'all of module.net.module.deep → module.net.module.deep.aws_c.c (configuration)',
    'aws_a.after → all of module.net (configuration)',
    'aws_a.value → outputs of module.net (configuration)',
    'module.net.aws_b.b → the call of module.net (configuration)',
    'module.net.module.deep.aws_c.c → the call of module.net.module.deep (configuration)',
    'output id of module.net → module.net.aws_b.b (configuration)',
    'outputs of module.net → output id of module.net (configuration)',
    'the call of module.net → aws_a.before (configuration)',
    'the call of module.net.module.deep → the call of module.net (configuration)',
  ]);
});

test('whatever a provider manages hangs on what the provider is configured with', async () => {
  const graph = await read(
    rootModule(
      { resources: [{ ...managed('kubernetes_secret.x'), provider_config_key: 'kubernetes' }] },
      {
        provider_config: {
          kubernetes: { expressions: { host: ref('aws_eks_cluster.main.endpoint', 'aws_eks_cluster.main') } },
        },
      },
    ),
  );
  expect(edges(graph)).toEqual([
    'kubernetes_secret.x → provider kubernetes (configuration)',
    'provider kubernetes → aws_eks_cluster.main (configuration)',
  ]);
});

test('the state tells what passes through locals, which are not in a plan; and that is said', async () => {
  const graph = await read({
    configuration: {
      root_module: { resources: [managed('aws_a.a', { expressions: { x: ref('local.id') } })] },
    },
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            {
              resources: [
                {
                  address: 'module.m["]"].aws_a.a[0]',
                  values: { depends_on: ['aws_no.no'], address: 'aws_no.no' },
                  depends_on: ['data.aws_d.d', 'aws_b.b'],
                },
              ],
            },
          ],
        },
      },
    },
  });
  expect(edges(graph)).toContain('module.m.aws_a.a → aws_b.b (state)');
  expect(graph.passages).toContain('data.aws_d.d');
  expect(edges(graph).filter((edge) => edge.includes('aws_no'))).toEqual([]);
  expect(graph.untold).toEqual([expect.stringContaining('locals')]);
});

test('what a plan does not have is said', async () => {
  const graph = await read({ configuration: undefined, prior_state: undefined });
  expect(graph.untold).toEqual([
    expect.stringContaining('no configuration'),
    expect.stringContaining('no prior state'),
  ]);
});

test('names of a document cannot reach into the program', async () => {
  const graph = await read(
    rootModule({
      resources: [
        managed('__proto__.constructor', { expressions: { ['__proto__']: ref('toString.x', 'a b.c') } }),
      ],
      module_calls: { ['__proto__']: { module: { resources: [managed('a.b')] } } },
    }),
  );
  expect(edges(graph)).toContain('module.__proto__.a.b → the call of module.__proto__ (configuration)');
});

test('UTF-16 is read like UTF-8', async () => {
  const text = planText(rootModule({ resources: [managed('aws_a.a', { depends_on: ['aws_b.b'] })] }));
  const wide = await readDependencies(streamOf(utf16(text, 'le', true)), 'terraform');
  expect(edges(wide)).toContain('aws_a.a → aws_b.b (configuration)');
});

test.each(corpusFiles('tf-plan/'))(
  'of the real plan %s it takes every reference to a resource',
  async (file) => {
    const graph = await readDependencies(streamOf(corpusBytes(file)), 'terraform');
    const text = new TextDecoder(
      corpusBytes(file)[1] === 0 || corpusBytes(file)[0] === 0xff ? 'utf-16le' : 'utf-8',
    ).decode(corpusBytes(file));
    const { configuration } = JSON.parse(text);
    const listed = new Set<string>();
    for (const { name, type, mode } of configuration?.root_module?.resources ?? [])
      if (mode === 'managed') listed.add(`${type}.${name}`);
    for (const resource of configuration?.root_module?.resources ?? []) {
      for (const [, target = ''] of JSON.stringify(resource.expressions ?? {}).matchAll(
        /"references":\["(\w+\.\w+)\./g,
      ))
        if (
          listed.has(target) &&
          target !== `${resource.type}.${resource.name}` &&
          resource.mode === 'managed'
        )
          expect(graph.leansOn.get(`${resource.type}.${resource.name}`)?.has(target), target).toBe(true);
    }
  },
);
