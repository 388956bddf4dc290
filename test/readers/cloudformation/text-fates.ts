import type { Members } from './change-set.ts';

const TABLE = 'AWS::DynamoDB::Table';
const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/** Action, type, policies of before and after, and what becomes of the object where AWS states no PolicyAction. */
export const TEXT_FATES: readonly (readonly [string, string, Members, Members, string])[] = [
  ['Remove', TABLE, {}, {}, 'delete destroyed'],
  ['Remove', TABLE, { DeletionPolicy: 'Retain' }, {}, 'delete orphaned'],
  ['Remove', TABLE, { DeletionPolicy: 'RetainExceptOnCreate' }, {}, 'delete orphaned'],
  ['Remove', TABLE, { DeletionPolicy: 'Snapshot' }, {}, 'delete snapshotted'],
  ['Remove', TABLE, { DeletionPolicy: 'Archive' }, {}, 'delete unknown'],
  ['Remove', TABLE, { DeletionPolicy: { Ref: 'Policy' } }, {}, 'delete unknown'],
  // Set in the same change set it comes too late, and UpdateReplacePolicy is not for removals.
  ['Remove', TABLE, {}, { DeletionPolicy: 'Retain' }, 'delete destroyed'],
  ['Remove', TABLE, { UpdateReplacePolicy: 'Retain' }, {}, 'delete destroyed'],
  ['Remove', INSTANCE, {}, {}, 'delete snapshotted'],
  ['Remove', CLUSTER, {}, {}, 'delete snapshotted'],
  ['Remove', INSTANCE, { Properties: { DBClusterIdentifier: 'c' } }, {}, 'delete destroyed'],
  ['Modify', TABLE, {}, { UpdateReplacePolicy: 'Retain' }, 'replace orphaned'],
  ['Modify', TABLE, {}, { UpdateReplacePolicy: 'Snapshot' }, 'replace snapshotted'],
  // Of before it does not count, and DeletionPolicy is not for replacements.
  ['Modify', TABLE, { UpdateReplacePolicy: 'Retain' }, {}, 'replace destroyed'],
  ['Modify', TABLE, { DeletionPolicy: 'Retain' }, { DeletionPolicy: 'Retain' }, 'replace destroyed'],
  // RDS takes a snapshot before it is removed, and none before it is replaced.
  ['Modify', INSTANCE, {}, {}, 'replace destroyed'],
  ['Modify', CLUSTER, {}, {}, 'replace destroyed'],
];
