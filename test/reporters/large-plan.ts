const SERVICES = ['orders', 'billing', 'search', 'users', 'mail', 'report', 'audit', 'edge', 'media', 'auth'];
const TYPES = [
  'aws_db_instance',
  'aws_security_group',
  'aws_instance',
  'aws_lb',
  'aws_route53_record',
  'aws_s3_bucket',
];

/** A plan of so many resources in ten modules: some go, some are made anew, and some only hang on them. */
export function largePlan(count: number): string {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const resources = numbers.map((number) => {
    const service = SERVICES[number % SERVICES.length] ?? '';
    const type = TYPES[Math.floor(number / SERVICES.length) % TYPES.length] ?? '';
    const below = number - SERVICES.length;
    const belowType = TYPES[Math.floor(below / SERVICES.length) % TYPES.length] ?? '';
    const refers = below >= 0 ? [`${belowType}.r${below}.id`, `${belowType}.r${below}`] : [];
    return { service, type, name: `r${number}`, number, refers };
  });
  const changes = resources.map(({ service, type, name, number }) => {
    const module = `module.${service}["eu"]`;
    const before = { id: name, name: `${service}-production-${name}`, tags: { environment: 'production' } };
    const actions = ACTIONS[number % ACTIONS.length] ?? ['no-op'];
    return {
      address: `${module}.${type}.${name}`,
      module_address: module,
      mode: 'managed',
      type,
      name,
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions,
        before,
        after: actions.join() === 'delete' ? null : { ...before, name: 'new' },
        ...(actions.length === 2 ? { replace_paths: [['name']] } : {}),
      },
    };
  });
  const calls = Object.fromEntries(
    SERVICES.map((service) => [
      service,
      {
        module: {
          resources: resources
            .filter((one) => one.service === service)
            .map(({ type, name, refers }) => ({
              address: `${type}.${name}`,
              mode: 'managed',
              type,
              name,
              expressions: { of: { references: refers } },
            })),
        },
      },
    ]),
  );
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: { module_calls: calls } },
    prior_state: { format_version: '1.0', values: { root_module: {} } },
    timestamp: '2026-11-22T07:45:16Z',
    complete: true,
    errored: false,
  });
}

const ACTIONS = [
  ['no-op'],
  ['delete'],
  ['delete', 'create'],
  ['update'],
  ['no-op'],
  ['no-op'],
  ['create', 'delete'],
];
