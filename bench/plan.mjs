// Writes a large Terraform plan as JSON, always the same for the same arguments, without holding it:
//   node bench/plan.mjs --size 200MB [--changing 0.04] [--seed 1] > plan.json
import { once } from 'node:events';
import { argv, stdout } from 'node:process';
import { mixture } from './mixture.mjs';

const ATTRIBUTES = {
  aws_instance: (i) => ({
    ami: 'ami-0c55b159cbfafe1f0',
    arn: `arn:aws:ec2:eu-west-1:123456789012:instance/i-${hex(i)}`,
    associate_public_ip_address: false,
    availability_zone: `eu-west-1${'abc'[i % 3]}`,
    capacity_reservation_specification: [
      { capacity_reservation_preference: 'open', capacity_reservation_target: [] },
    ],
    cpu_core_count: 2,
    cpu_options: [{ amd_sev_snp: '', core_count: 2, threads_per_core: 2 }],
    credit_specification: [],
    ebs_block_device: [
      {
        delete_on_termination: true,
        device_name: '/dev/sdf',
        encrypted: true,
        iops: 3000,
        tags: {},
        throughput: 125,
        volume_size: 100,
      },
    ],
    id: `i-${hex(i)}`,
    instance_state: 'running',
    metadata_options: [{ http_endpoint: 'enabled', http_put_response_hop_limit: 1, http_tokens: 'required' }],
    private_ip: `10.${i % 256}.4.${(i >> 8) % 256}`,
    root_block_device: [
      { delete_on_termination: true, encrypted: true, volume_size: 30, volume_type: 'gp3' },
    ],
    tags: tags(i),
    tags_all: tags(i),
    timeouts: null,
    user_data: `#!/bin/bash\nset -e\necho "role=\${role}" >> /etc/motd\nyum -y install\tnginx # {${i}}\n`,
    vpc_security_group_ids: [`sg-${hex(i + 1)}`, `sg-${hex(i + 2)}`],
  }),
  aws_iam_policy: (i) => ({
    arn: `arn:aws:iam::123456789012:policy/app-${i}`,
    description: '',
    id: `arn:aws:iam::123456789012:policy/app-${i}`,
    name: `app-${i}`,
    path: '/',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: ['s3:GetObject', 's3:PutObject', 'kms:Decrypt', 'sqs:SendMessage'].map((actions) => ({
        actions: [actions],
        Effect: 'Allow',
        Resource: [`arn:aws:s3:::data-${i}/*`, `arn:aws:s3:::data-${i}`],
        Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
      })),
    }),
    tags: tags(i),
    tags_all: tags(i),
  }),
  aws_security_group: (i) => ({
    arn: `arn:aws:ec2:eu-west-1:123456789012:security-group/sg-${hex(i)}`,
    description: 'Größe und Zugänge: ingress {http, https}',
    egress: [rule(0), rule(443)],
    id: `sg-${hex(i)}`,
    ingress: [rule(80), rule(443), rule(8443), rule(9090)],
    name: `service-${i}`,
    revoke_rules_on_delete: false,
    tags: tags(i),
    tags_all: tags(i),
    vpc_id: 'vpc-0a1b2c3d4e5f',
  }),
  kubernetes_config_map: (i) => ({
    binary_data: {},
    data: {
      'app.yaml': `server:\n  port: 8080\n  name: "svc-${i}"\nfeatures:\n  - {name: a, on: true}\n`.repeat(8),
      'rules.json': JSON.stringify({ rules: [{ actions: ['delete'], match: '\\d+"' }] }, null, 2),
    },
    id: `default/config-${i}`,
    metadata: [
      { annotations: {}, generation: 0, labels: tags(i), name: `config-${i}`, namespace: 'default' },
    ],
  }),
  aws_db_instance: (i) => ({
    allocated_storage: 200,
    arn: `arn:aws:rds:eu-west-1:123456789012:db:db-${i}`,
    backup_retention_period: 7,
    deletion_protection: true,
    engine: 'postgres',
    engine_version: '15.4',
    id: `db-${hex(i)}`,
    identifier: `db-${i}`,
    instance_class: 'db.r6g.xlarge',
    multi_az: true,
    parameters: Array.from({ length: 12 }, (_, n) => ({
      apply_method: 'immediate',
      name: `p${n}`,
      value: `${n}`,
    })),
    skip_final_snapshot: false,
    storage_encrypted: true,
    tags: tags(i),
    tags_all: tags(i),
  }),
};
const TYPES = Object.keys(ATTRIBUTES);

const hex = (i) => (i * 2654435761).toString(16).padStart(17, '0').slice(-17);
const tags = (i) => ({
  Name: `service-${i}`,
  Team: 'platform',
  Environment: 'production',
  'cost-center': '1234',
});
const rule = (port) => ({
  cidr_blocks: ['10.0.0.0/8', '172.16.0.0/12'],
  description: '',
  from_port: port,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: 'tcp',
  security_groups: [],
  self: false,
  to_port: port,
});

function resource(i) {
  const type = TYPES[i % TYPES.length];
  const module = `module.service["team-${i % 50}"]`;
  return {
    address: `${module}.${type}.main["${i}"]`,
    module_address: module,
    mode: 'managed',
    type,
    name: 'main',
    index: `${i}`,
    provider_name: `registry.terraform.io/hashicorp/${type.startsWith('aws') ? 'aws' : 'kubernetes'}`,
  };
}

const values = (i) => ATTRIBUTES[TYPES[i % TYPES.length]](i);
const sensitive = (i) => ({ tags: {}, tags_all: {}, ...(i % 5 === 4 ? { password: true } : {}) });

const stateOf = (i) => ({
  ...resource(i),
  schema_version: 1,
  values: values(i),
  sensitive_values: sensitive(i),
  depends_on: ['data.aws_caller_identity.current', 'module.network.aws_vpc.main'],
});

function changeOf(i, actions) {
  const before = actions[0] === 'create' ? null : values(i);
  const after =
    actions.join() === 'delete' ? null : { ...values(i), ...(actions[0] === 'no-op' ? {} : { name: 'new' }) };
  return {
    ...resource(i),
    change: {
      actions,
      before,
      after,
      after_unknown: actions[0] === 'no-op' ? {} : { arn: true, tags: {} },
      before_sensitive: before === null ? false : sensitive(i),
      after_sensitive: after === null ? false : sensitive(i),
      ...(actions.length > 1 ? { replace_paths: [['name']] } : {}),
    },
    ...(actions.length > 1 ? { action_reason: 'replace_because_cannot_update' } : {}),
  };
}

const CHANGING = [['update'], ['update'], ['create'], ['delete', 'create'], ['delete']];

/** Every so many resources one changes, and of the changes two in five destroy. */
function regular(changing) {
  const every = changing > 0 ? Math.round(1 / changing) : Number.POSITIVE_INFINITY;
  return (i) => (i % every === every - 1 ? CHANGING[Math.floor(i / every) % CHANGING.length] : ['no-op']);
}

/**
 * The plan, in parts of some hundred kilobytes; `changing` is the share of the resources that change. A seed makes other
 * resources of it, of which others change, and few are destroyed.
 */
export function* planParts(size, changing = 0.04, seed = undefined) {
  const sample = TYPES.map((_, i) => JSON.stringify([stateOf(i), changeOf(i, ['no-op']), stateOf(i)]).length);
  const count = Math.ceil((size * TYPES.length) / sample.reduce((sum, length) => sum + length, 0));
  const actionsOf = seed === undefined ? regular(changing) : mixture(changing, seed);
  const first = (seed ?? 0) * 1_000_000;
  const all = function* (make) {
    for (let from = 0; from < count; from += 100) {
      const items = Array.from({ length: Math.min(100, count - from) }, (_, n) =>
        JSON.stringify(make(first + from + n)),
      );
      yield (from === 0 ? '' : ',') + items.join();
    }
  };
  yield '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[';
  yield* all(stateOf);
  yield ']}},"resource_changes":[';
  yield* all((i) => changeOf(i, actionsOf(i - first)));
  yield '],"prior_state":{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"resources":[';
  yield* all(stateOf);
  yield ']}}},"configuration":{"root_module":{}},"timestamp":"2026-11-22T07:45:16Z","applyable":true,"complete":true,"errored":false}\n';
}

/** `200MB`, `2GB` or a number of bytes. */
export function bytesOf(text) {
  const [, number, unit] = /^(\d+)(KB|MB|GB)?$/.exec(text) ?? [];
  if (number === undefined) throw new Error(`${text} is not a size: write 200MB`);
  return Number(number) * { KB: 1e3, MB: 1e6, GB: 1e9 }[unit ?? ''] || Number(number);
}

/** The value that follows an option on the command line. */
export const option = (name, otherwise) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : otherwise);

if (import.meta.filename === argv[1]) {
  const seed = option('--seed');
  const parts = planParts(
    bytesOf(option('--size', '200MB')),
    Number(option('--changing', '0.04')),
    seed === undefined ? undefined : Number(seed),
  );
  for (const part of parts) if (!stdout.write(part)) await once(stdout, 'drain');
}
