/** A plan as Terraform writes it, with these changes in it. */
export const planOf = (...changes: readonly object[]): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  });

export interface Parts {
  readonly element?: object;
  readonly change?: object;
}

/** The deletion of a production database, with parts of it written otherwise. */
export const deletion = ({ element = {}, change = {} }: Parts = {}): object => ({
  address: 'aws_db_instance.main',
  mode: 'managed',
  type: 'aws_db_instance',
  name: 'main',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  ...element,
  change: {
    actions: ['delete'],
    before: { id: 'db-1', tags: { env: 'prod' } },
    after: null,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: false,
    ...change,
  },
});

export const update = (before: object, after: object, more: Parts = {}): object =>
  deletion({
    ...more,
    change: {
      actions: ['update'],
      before: { id: 'db-1', ...before },
      after: { id: 'db-1', ...after },
      ...more.change,
    },
  });
