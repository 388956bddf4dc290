import { expect, test } from 'vitest';
import { handsOf } from '../../src/authorship/hands.ts';
import { commit, history, input, pullRequest } from './input.ts';

test('author, committer, co-authors, opener, requester and actor are all hands', () => {
  const one = commit({
    author: { name: 'Alice', mail: 'Alice@Example.dev' },
    committer: { name: 'GitHub', mail: 'noreply@github.com' },
    message:
      'T\n\nCo-authored-by: Bob\n <12+Bob@users.noreply.github.com>\nCo-developed-by: C <c@example.dev>\n',
  });
  const hands = handsOf(
    input({
      history: history([one, one]),
      pullRequest: pullRequest({ requesters: [{ login: 'Dora', id: '7', type: 'User' }] }),
      actors: [{ role: 'actor', identity: 'github:Alice' }],
    }),
  );
  expect(hands).toEqual(
    [
      { role: 'requester', identity: 'github-id:7' },
      { role: 'co-author', identity: 'github-id:12' },
      { role: 'pull-request author', identity: 'github-id:1234' },
      { role: 'actor', identity: 'github:alice' },
      { role: 'pull-request author', identity: 'github:alice' },
      { role: 'co-author', identity: 'github:bob' },
      { role: 'requester', identity: 'github:dora' },
      { role: 'co-author', identity: 'mail:12+bob@users.noreply.github.com' },
      { role: 'author', identity: 'mail:alice@example.dev' },
      { role: 'co-author', identity: 'mail:c@example.dev' },
      { role: 'committer', identity: 'mail:noreply@github.com' },
    ].sort((a, b) => (`${a.identity}\n${a.role}` < `${b.identity}\n${b.role}` ? -1 : 1)),
  );
});

test('an account of another host is not taken for one of GitHub', () => {
  const account = { login: 'alice', id: '5', type: null };
  const hands = handsOf(
    input({ history: null, pullRequest: pullRequest({ host: 'gitlab', author: account }) }),
  );
  expect(hands.map(({ identity }) => identity)).toEqual(['gitlab-id:5', 'gitlab:alice']);
});

test('an empty mail is nobody', () => {
  const nameless = commit({ author: { name: 'x', mail: '' }, committer: { name: 'x', mail: ' ' } });
  expect(handsOf(input({ history: history([nameless]) }))).toEqual([]);
});
