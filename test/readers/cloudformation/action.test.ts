import { describe, expect, test } from 'vitest';
import { actionOf } from '../../../src/readers/cloudformation/action.ts';
import type { Detail } from '../../../src/readers/cloudformation/detail.ts';

const detail = (recreation: string | null, evaluation = 'Static', isKnownLater = false): Detail => ({
  attribute: 'Properties',
  path: ['TableName'],
  recreation,
  evaluation,
  source: 'DirectModification',
  causingEntity: null,
  isTold: false,
  before: null,
  after: null,
  isKnownLater,
});

const REPLACEMENTS = [null, 'True', 'False', 'Conditional', 'Perhaps'];
const POLICY_ACTIONS = [
  null,
  'Delete',
  'Retain',
  'Snapshot',
  'ReplaceAndDelete',
  'ReplaceAndRetain',
  'ReplaceAndSnapshot',
  'Explode',
];

const of = (
  action: string,
  replacement: string | null,
  policyAction: string | null,
  details: Detail[] = [],
) => {
  const { effect, certainty } = actionOf({ action, replacement, policyAction }, details);
  return `${certainty} ${effect}`;
};

describe('Action × Replacement without a PolicyAction', () => {
  test.each([
    // in the order of REPLACEMENTS
    ['Add', Array(5).fill('planned create')],
    ['Remove', Array(5).fill('planned delete')],
    ['Import', Array(5).fill('planned import')],
    ['Dynamic', Array(5).fill('possible unknown')],
    ['Explode', Array(5).fill('possible unknown')],
    ['modify', Array(5).fill('possible unknown')],
    [
      'Modify',
      ['possible replace', 'planned replace', 'planned update', 'possible replace', 'possible unknown'],
    ],
    [
      'SyncWithActual',
      ['planned none', 'possible unknown', 'planned none', 'possible unknown', 'possible unknown'],
    ],
  ])('%s', (action, expected) => {
    expect(REPLACEMENTS.map((replacement) => of(action, replacement, null))).toEqual(expected);
  });
});

describe('a PolicyAction that contradicts the rest makes it worse, never milder', () => {
  test.each(POLICY_ACTIONS.filter((one) => one !== null))('%s', (policyAction) => {
    const replaces = policyAction.startsWith('ReplaceAnd');
    expect(of('Modify', 'False', policyAction)).toBe(replaces ? 'possible replace' : 'possible unknown');
    expect(of('Add', null, policyAction)).toBe('possible unknown');
    expect(of('Import', null, policyAction)).toBe('possible unknown');
    expect(of('SyncWithActual', null, policyAction)).toBe('possible unknown');
    expect(of('Remove', null, policyAction)).toBe('planned delete');
    expect(of('Modify', 'True', policyAction)).toBe('planned replace');
    expect(of('Modify', 'Conditional', policyAction)).toBe('possible replace');
  });
});

describe('details', () => {
  test.each([
    ['one that never replaces', 'False', [detail('Never')], 'planned update'],
    ['one that says nothing of it', 'False', [detail(null)], 'planned update'],
    ['one that replaces, against the whole', 'False', [detail('Always')], 'possible replace'],
    ['one that may, against the whole', 'False', [detail('Conditionally')], 'possible replace'],
    ['a word that nobody has seen', 'False', [detail('Sometimes')], 'possible replace'],
    ['always and static', 'True', [detail('Always')], 'planned replace'],
    [
      'always, for a value that is known later',
      'True',
      [detail('Always', 'Static', true)],
      'possible replace',
    ],
    ['always, and dynamic alone', 'True', [detail('Always', 'Dynamic')], 'possible replace'],
    [
      'the same attribute twice, static and dynamic',
      'True',
      [detail('Always', 'Static'), detail('Always', 'Dynamic')],
      'planned replace',
    ],
    [
      'the same the other way round',
      'True',
      [detail('Always', 'Dynamic'), detail('Always')],
      'planned replace',
    ],
    ['certain ones, where the whole is conditional', 'Conditional', [detail('Always')], 'possible replace'],
  ])('%s', (_name, replacement, details, expected) => {
    expect(of('Modify', replacement, null, details)).toBe(expected);
  });
});
