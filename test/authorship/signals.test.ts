import { expect, test } from 'vitest';
import { rowsBy, SIGNALS } from '../../src/authorship/signals.ts';

test('there are rows, each with its own id and a source', () => {
  expect(SIGNALS.length).toBeGreaterThan(80);
  expect(new Set(SIGNALS.map(({ id }) => id)).size).toBe(SIGNALS.length);
  expect(SIGNALS.filter(({ source }) => source.trim().length < 10)).toEqual([]);
});

test('mails, logins, trailer keys and prefixes are in lower case, as they are compared', () => {
  const texts = [
    ...rowsBy('mail').map(({ match }) => match.mail),
    ...rowsBy('github').map(({ match }) => match.login),
    ...rowsBy('trailer').flatMap(({ match }) => match.keys),
    ...rowsBy('branch').map(({ match }) => match.prefix),
    ...rowsBy('label').map(({ match }) => match.label),
  ];
  expect(texts.filter((text) => text !== text.toLowerCase() || text === '')).toEqual([]);
});

test('GitHub numbers are digits and no two rows have the same', () => {
  const ids = rowsBy('github').flatMap(({ match }) => match.id ?? []);
  expect(ids.filter((id) => !/^\d+$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what a person may set by hand or by chance is no more than weak', () => {
  const loose = [...rowsBy('branch'), ...rowsBy('label')];
  expect(loose.filter(({ strength }) => strength !== 'weak')).toEqual([]);
  expect(rowsBy('mail').find(({ match }) => match.mail === 'copilot@github.com')?.strength).toBe('weak');
});
