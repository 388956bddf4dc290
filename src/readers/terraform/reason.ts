import type { ReasonCause } from '../../model/change.ts';

/** The tool's reason in words for people. It never decides anything: a forgotten object gets a `delete_` reason too. */
export function reasonCause(reason: string): ReasonCause {
  return { kind: 'reason', reason, says: SAYS.get(reason) ?? reason };
}

const SAYS: ReadonlyMap<string, string> = new Map([
  ['replace_because_cannot_update', 'the provider cannot make this change in place'],
  ['replace_because_tainted', 'it is tainted: an earlier apply left it half made, or somebody marked it so'],
  ['replace_by_request', 'its replacement was asked for with -replace'],
  ['replace_by_triggers', 'something in its replace_triggered_by changes'],
  ['delete_because_no_resource_config', 'its block is no longer in the configuration'],
  ['delete_because_wrong_repetition', 'count or for_each was added or removed, so its key no longer fits'],
  ['delete_because_count_index', 'its index is beyond the present count'],
  ['delete_because_each_key', 'its key is no longer in for_each'],
  ['delete_because_no_module', 'its module is no longer in the configuration'],
  ['delete_because_no_move_target', 'a moved block leads to an address that has no configuration'],
  ['delete_because_enabled_false', 'its enabled is now false'],
  [
    'forgot_because_lifecycle_destroy_in_state',
    'the state says that it is to be left alone: destroy = false',
  ],
  [
    'forgot_because_lifecycle_destroy_in_config',
    'its lifecycle says that it is to be left alone: destroy = false',
  ],
  ['read_because_config_unknown', 'its configuration is known only after apply'],
  ['read_because_dependency_pending', 'something that it depends on changes first'],
  ['read_because_check_nested', 'a check block reads it'],
]);
