import { expect, test } from 'vitest';
import * as api from '../src/index.ts';

test('the library exports exactly this', () => {
  expect(Object.keys(api).sort()).toEqual([
    'CheckError',
    'DECISIONS',
    'DEFAULT_POLICY',
    'EFFECTS',
    'EXIT',
    'FATES',
    'HOLDS',
    'SEVERITIES',
    'attribute',
    'check',
    'createCatalogue',
    'inputOf',
    'judge',
    'parsePolicy',
    'readCatalogueFile',
    'renderJson',
    'renderText',
    'verifyRecord',
  ]);
});
