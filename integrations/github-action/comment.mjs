// Keeps one comment on the pull request up to date with the report. It decides nothing: whatever goes wrong here is
// told, and ends with 0.
import { readFileSync } from 'node:fs';
import { env, stdout } from 'node:process';

const MARKER = '<!-- check-plan -->';
const API = env.GITHUB_API_URL ?? 'https://api.github.com';
const MOST_PAGES = 30;

try {
  await comment();
} catch (error) {
  told('warning', `The pull request was not commented on: ${error.message}`);
}

async function comment() {
  const number = pullRequestOf(JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')));
  if (number === null) return told('notice', 'No comment: this run is not for a pull request');
  const body = bodyOf(readFileSync(env.CHECK_PLAN_MARKDOWN ?? '', 'utf8'));
  const path = `/repos/${env.GITHUB_REPOSITORY}/issues`;
  const before = await ownComment(`${path}/${number}/comments`, body.slice(0, body.indexOf('\n')));
  if (before === 'refused') return;
  if (before !== null) await ask('PATCH', `${path}/comments/${before}`, { body });
  else if (env.CHECK_PLAN_COMMENT === 'always' || isWorthIt())
    await ask('POST', `${path}/${number}/comments`, { body });
}

/** The number of the pull request that the event is about. */
function pullRequestOf(event) {
  const number = event.pull_request?.number ?? (event.issue?.pull_request ? event.issue.number : null);
  return Number.isSafeInteger(number) ? number : null;
}

/** Several jobs may comment on one pull request: the key tells their comments apart. */
function bodyOf(markdown) {
  if (!markdown.startsWith(`${MARKER}\n`))
    throw new Error('the report does not begin as a comment of check-plan does');
  const key = encodeURIComponent(env.CHECK_PLAN_COMMENT_KEY ?? '').replaceAll('-', '%2D');
  return `<!-- check-plan ${key} -->\n${markdown.slice(MARKER.length + 1)}`;
}

/** A plan that does nothing to speak of needs no comment; one that is there already is still brought up to date. */
function isWorthIt() {
  const { decision, worst, errors } = JSON.parse(readFileSync(env.CHECK_PLAN_REPORT ?? '', 'utf8'));
  return decision !== 'allowed' || worst !== null || errors.length > 0;
}

/**
 * Only of the account that comments here: somebody else's comment that begins alike could be edited by them afterwards,
 * into anything.
 */
async function ownComment(path, marker) {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = await ask('GET', `${path}?per_page=100&page=${page}`);
    if (comments === 'refused') return comments;
    const own = comments.find(
      ({ user, body }) => user?.login === env.CHECK_PLAN_COMMENT_AUTHOR && body?.startsWith(`${marker}\n`),
    );
    if (own !== undefined) return own.id;
    if (comments.length < 100) return null;
  }
  return null;
}

async function ask(method, path, body) {
  const response = await fetch(`${API}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${env.CHECK_PLAN_TOKEN ?? ''}`,
      'content-type': 'application/json',
      'user-agent': 'check-plan',
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  if ([401, 403, 404].includes(response.status)) {
    told(
      'notice',
      `No comment: the token may not ${method === 'GET' ? 'read' : 'write'} comments here, as on a pull request from a fork`,
    );
    return 'refused';
  }
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method}`);
  return response.json();
}

function told(level, text) {
  stdout.write(
    `::${level} title=check-plan::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`,
  );
}
