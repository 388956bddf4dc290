import type { Hand } from '../model/authorship.ts';
import type { Account, AuthorshipInput, Commit, PullRequest } from './input.ts';
import { CO_AUTHOR_KEYS, githubAccountOf, mailsIn } from './person.ts';
import { trailersOf } from './trailers.ts';

/** Everybody whose hand was on the change, each role and identity once, sorted. Forged ones only forbid more. */
export function handsOf(input: AuthorshipInput): Hand[] {
  const hands = [
    ...(input.history?.commits ?? []).flatMap(handsOfCommit),
    ...(input.pullRequest ? handsOfPullRequest(input.pullRequest) : []),
    ...input.actors,
  ].map(({ role, identity }) => ({ role, identity: identity.trim().toLowerCase() }));
  const unique = new Map(hands.map((hand) => [`${hand.identity}\n${hand.role}`, hand]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hand]) => hand);
}

/** What a mail address tells of who it is: itself, and the GitHub account of a noreply address. */
function identitiesOfMail(mail: string): string[] {
  const address = mail.trim().toLowerCase();
  if (address === '') return [];
  const account = githubAccountOf(address);
  return [`mail:${address}`, ...(account ? identitiesOfAccount('github', account) : [])];
}

function identitiesOfAccount(scheme: string, account: Pick<Account, 'login' | 'id'>): string[] {
  return [`${scheme}:${account.login}`, ...(account.id === null ? [] : [`${scheme}-id:${account.id}`])];
}

function handsOfCommit(commit: Commit): Hand[] {
  const coAuthors = trailersOf(commit.message).filter(({ key }) => CO_AUTHOR_KEYS.includes(key));
  return [
    ...handsOfMail('author', commit.author.mail),
    ...handsOfMail('committer', commit.committer.mail),
    ...coAuthors.flatMap(({ value }) => mailsIn(value)).flatMap((mail) => handsOfMail('co-author', mail)),
  ];
}

function handsOfMail(role: Hand['role'], mail: string): Hand[] {
  return identitiesOfMail(mail).map((identity) => ({ role, identity }));
}

function handsOfPullRequest({ host, author, requesters }: PullRequest): Hand[] {
  if (host === 'other') return [];
  const handsOfAccount = (role: Hand['role'], account: Account): Hand[] =>
    identitiesOfAccount(host, account).map((identity) => ({ role, identity }));
  return [
    ...(author ? handsOfAccount('pull-request author', author) : []),
    ...requesters.flatMap((account) => handsOfAccount('requester', account)),
  ];
}
