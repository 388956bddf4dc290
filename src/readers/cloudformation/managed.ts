import type { Change } from '../../model/change.ts';

/** What a change of a CloudFormation resource is where nothing else is told: each reader spreads it, and says the rest. */
export const MANAGED = {
  deposed: null,
  previousAddress: null,
  module: null,
  provider: null,
  mode: 'managed',
  order: null,
  certainty: 'planned',
  physicalId: null,
  importing: false,
  causes: [],
  before: null,
  after: null,
  beforeUnknown: false,
  afterUnknown: false,
  beforeSensitive: false,
  afterSensitive: false,
} as const satisfies Partial<Change>;
