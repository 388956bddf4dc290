import { expect, test } from 'vitest';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf } from './sample.ts';

/** One setting of each provider beside the large clouds, as its documentation describes it. */
test.each([
  ['alicloud_polardb_cluster', { deletion_lock: 1 }, { deletion_lock: 0 }],
  ['alicloud_slb_load_balancer', { delete_protection: 'on' }, { delete_protection: 'off' }],
  ['hcloud_server', { rebuild_protection: true }, { rebuild_protection: false }],
  ['ibm_cos_bucket', { force_delete: false }, {}],
  ['linode_firewall', { inbound_policy: 'DROP' }, { inbound_policy: 'ACCEPT' }],
  [
    'oci_mysql_mysql_db_system',
    { deletion_policy: [{ is_delete_protected: true }] },
    { deletion_policy: [{ is_delete_protected: false }] },
  ],
  ['openstack_images_image_v2', { protected: true }, { protected: false }],
  ['scaleway_key_manager_key', { unprotected: false }, { unprotected: true }],
  ['vultr_instance', { backups: 'enabled' }, { backups: 'disabled' }],
  ['yandex_storage_bucket', { versioning: [{ enabled: true }] }, { versioning: [{ enabled: false }] }],
  ['aiven_pg', { termination_protection: true }, {}],
  [
    'clickhouse_service',
    { backup_configuration: { backup_retention_period_in_hours: 72 } },
    { backup_configuration: { backup_retention_period_in_hours: 24 } },
  ],
  [
    'ec_deployment',
    { elasticsearch: { hot: { zone_count: 3 } } },
    { elasticsearch: { hot: { zone_count: 1 } } },
  ],
  ['elasticstack_elasticsearch_index', { deletion_protection: true }, { deletion_protection: false }],
  ['kafka_topic', { config: { 'retention.ms': '604800000' } }, { config: { 'retention.ms': '3600000' } }],
  [
    'minio_s3_bucket_versioning',
    { versioning_configuration: [{ status: 'Enabled' }] },
    { versioning_configuration: [{ status: 'Suspended' }] },
  ],
  ['neon_branch', { protected: 'yes' }, { protected: 'no' }],
  ['postgresql_schema', { drop_cascade: false }, { drop_cascade: true }],
  [
    'rediscloud_subscription_database',
    { data_persistence: 'aof-every-1-second' },
    { data_persistence: 'none' },
  ],
  ['auth0_guardian', { policy: 'all-applications' }, { policy: 'never' }],
  ['azuread_conditional_access_policy', { state: 'enabled' }, { state: 'enabledForReportingButNotEnforced' }],
  ['keycloak_realm', { ssl_required: 'external' }, { ssl_required: 'none' }],
  ['okta_policy_signon', { status: 'ACTIVE' }, { status: 'INACTIVE' }],
  ['vault_transit_secret_backend_key', { deletion_allowed: false }, { deletion_allowed: true }],
  ['azuredevops_branch_policy_min_reviewers', { blocking: true }, { blocking: false }],
  ['fastly_service_vcl', { activate: true }, { activate: false }],
  ['github_repository_ruleset', { enforcement: 'active' }, { enforcement: 'evaluate' }],
  ['gitlab_project', { archive_on_destroy: true }, {}],
  ['grafana_folder', { prevent_destroy_if_not_empty: true }, {}],
  ['harbor_project', { public: 'false' }, { public: 'true' }],
  ['newrelic_nrql_alert_condition', { enabled: true }, { enabled: false }],
  ['spacelift_stack', { protect_from_deletion: true }, {}],
  ['tfe_workspace', { auto_apply: false }, { auto_apply: true }],
  ['vercel_deployment', { delete_on_destroy: false }, { delete_on_destroy: true }],
  ['argocd_application', { cascade: false }, {}],
  ['consul_keys', { key: [{ delete: false }] }, { key: [{ delete: true }] }],
  ['docker_image', { keep_locally: true }, {}],
  ['hcp_vault_cluster', { public_endpoint: false }, { public_endpoint: true }],
  ['kubectl_manifest', { apply_only: true }, {}],
  ['nomad_job', { deregister_on_destroy: false }, {}],
  ['proxmox_vm_qemu', { protection: true }, { protection: false }],
  ['vcd_catalog', { delete_recursive: false }, { delete_recursive: true }],
  ['vsphere_virtual_machine', { disk: [{ keep_on_remove: true }] }, { disk: [{ keep_on_remove: false }] }],
])('%s: from %j to %j is less protection, and back is none', (type, before, after) => {
  expect(catalogue.assess(changeOf(type, { before, after })).disarmed).toHaveLength(1);
  expect(catalogue.assess(changeOf(type, { before: after, after: before })).disarmed).toEqual([]);
});

test.each([
  ['github_repository', { archive_on_destroy: true }],
  ['gitlab_project', { archive_on_destroy: true }],
  ['fastly_service_vcl', { reuse: true }],
  ['docker_image', { keep_locally: true }],
  ['kubectl_manifest', { apply_only: true }],
  ['nomad_job', { deregister_on_destroy: false }],
  ['postgresql_role', { skip_drop_role: true }],
])('the deletion of %s with %j leaves it there', (type, before) => {
  expect(catalogue.assess(deletionOf(type, before)).fate).toBe('orphaned');
  expect(catalogue.assess(deletionOf(type, {})).fate).toBe('destroyed');
});

test.each([
  ['vault_transit_secret_backend_key', { deletion_allowed: false }],
  ['vault_transit_secret_backend_key', {}],
  ['scaleway_secret', { protected: true }],
  ['neon_branch', { protected: 'yes' }],
  ['grafana_folder', { prevent_destroy_if_not_empty: true }],
  ['proxmox_vm_qemu', { protection: true }],
])('what is in the way of the deletion of %s with %j is told', (type, before) => {
  expect(catalogue.assess(deletionOf(type, before)).standing).toHaveLength(1);
});
