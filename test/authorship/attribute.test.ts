import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attribute, weigh } from '../../src/authorship/attribute.ts';
import type { AuthorshipInput, Commit } from '../../src/authorship/input.ts';
import type { AuthorshipIs, Signal } from '../../src/model/authorship.ts';
import { commit, history, input, pullRequest } from './input.ts';

const says = (trailer: string): Commit => commit({ message: `Grow the disk\n\n${trailer}\n` });
const by = (name: string, mail: string): Commit => commit({ author: { name, mail } });
const NO = 'AI-Assisted: no';

test.each<[string, Commit]>([
  ['an agent as author', by('Claude', 'noreply@anthropic.com')],
  ['an agent as author, in capitals', by('Claude', 'NoReply@Anthropic.com')],
  ['an agent as committer', commit({ committer: { name: 'x', mail: 'cursoragent@cursor.com' } })],
  ['a GitHub number', by('x', '198982749+Copilot@users.noreply.github.com')],
  ['a GitHub number under a new login', by('x', '158243242+renamed[bot]@users.noreply.github.com')],
  ['a GitHub login without number', by('x', 'devin-ai-integration[bot]@users.noreply.github.com')],
  ['the suffix of aider', by('Alice (aider)', 'alice@example.dev')],
  ['a co-author', says('Co-authored-by: Codex <noreply@openai.com>')],
  ['a co-author under a false name', says('Co-authored-by: Jane <noreply@anthropic.com>')],
  ['one of two co-authors in a line', says('Co-authored-by: A <copilot@github.com>, B <amp@ampcode.com>')],
  ['a sign-off of an agent', says('Signed-off-by: Claude <noreply@anthropic.com>')],
  ['a session', says('Claude-Session: https://claude.ai/code/session_01')],
  ['a log of an agent', says('Agent-Logs-Url: https://github.com/o/r/sessions/1')],
  ['Replit', says('Replit-Commit-Author: Agent')],
  ['Cursor', says('Made-with: Cursor')],
  ['a checkpoint', says('Entire-Checkpoint: 0123456789ab')],
  ['a disclosure', says('Assisted-by: Claude:claude-opus-4')],
  ['a generator that is an agent', says('Generated-by: Claude Code')],
  ['a declaration', says('AI-Assisted: yes')],
  ['a footer', says('🤖 Generated with [Claude Code](https://claude.com/claude-code)')],
  ['a plain footer', says('💘 Generated with Crush')],
  ['a note', commit({ notes: [{ ref: 'refs/notes/ai', text: 'main.tf\n  0123456789abcdef 1\n---\n{}' }] })],
  ['a Qwen note', commit({ notes: [{ ref: 'refs/notes/ai-attribution', text: '{"main.tf":{}}' }] })],
  [
    'trailers in the middle',
    commit({
      message:
        'T\n\n* a\n\nCo-Authored-By: C <noreply@anthropic.com>\n\n* b\n\nCo-authored-by: Jane <j@example.dev>\n',
    }),
  ],
])('%s in one commit of two means ai', (_, marked) => {
  const result = attribute(input({ history: history([says(NO), marked]), declared: 'human' }));
  expect(result.is).toBe('ai');
});

test.each<[string, Commit]>([
  ['a person called Claude', by('Claude Martin', 'claude.martin@example.dev')],
  ['staff of a vendor', by('Devin Ivy', 'devin@anthropic.com')],
  ['the GitHub user claude', by('claude', '81847+claude@users.noreply.github.com')],
  ['a person who assisted', says('Assisted-by: Jane')],
  ['a generator', says('Generated-by: protoc-gen-doc')],
  ['words about a tool', says('This drops the footer Generated with Claude Code from the template.')],
  ['a subject about a cursor', commit({ message: 'cursor: continue after codex amp\n' })],
  ['a quoted trailer', says('> Co-authored-by: Claude <noreply@anthropic.com>')],
  [
    'a note of persons',
    commit({ notes: [{ ref: 'refs/notes/ai', text: 'main.tf\n  h_0123456789abcd 1\n---\n{}' }] }),
  ],
  ['a note of another kind', commit({ notes: [{ ref: 'refs/notes/review', text: 'AI' }] })],
])('%s contradicts nobody', (_, unmarked) => {
  const result = attribute(input({ history: history([unmarked]), declared: 'human' }));
  expect(result.is).toBe('declared-human');
  expect(result.signals.map(({ says }) => says)).toEqual(['human']);
});

test.each<[string, Partial<AuthorshipInput>]>([
  [
    'the mail that VS Code puts on commits of persons',
    { history: history([says('Co-authored-by: Copilot <copilot@github.com>')]) },
  ],
  ['a branch', { history: history([commit()], { branch: 'claude/grow-disk' }) }],
  ['the branch of a pull request', { pullRequest: pullRequest({ headRef: 'copilot/fix-1' }) }],
  ['a label', { pullRequest: pullRequest({ labels: ['AI-Assisted'] }) }],
  [
    'a machine of which nothing is known',
    { history: history([by('dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com')]) },
  ],
  [
    'a bot that opened the pull request',
    { pullRequest: pullRequest({ author: { login: 'renovate[bot]', id: '9', type: 'Bot' } }) },
  ],
  ['an agent that started the run', { actors: [{ role: 'actor', identity: 'github:Copilot' }] }],
  [
    'an agent, by number, that started the run',
    { actors: [{ role: 'actor', identity: 'github-id:198982749' }] },
  ],
  [
    'a note that cannot be read',
    { history: history([commit({ notes: [{ ref: 'refs/notes/ai', text: '?' }] })]) },
  ],
  ['no git', { history: null }],
  [
    'a shallow clone',
    { history: history([commit()], { complete: false, incompleteBecause: 'the clone is shallow' }) },
  ],
])('%s is not enough for ai, and too much for a declaration', (_, part) => {
  expect(attribute(input(part)).is).toBe('unknown');
  expect(attribute(input({ ...part, declared: 'human' })).is).toBe('unknown');
});

test.each([
  ['CLAUDECODE', '1', 'ai'],
  ['AI_AGENT', 'claude-code_2.1.330_agent', 'ai'],
  ['AI_AGENT', 'false', 'declared-human'],
  ['AI_AGENT', 'False', 'declared-human'],
  ['AI_AGENT', '0', 'declared-human'],
  ['AI_AGENT', '', 'declared-human'],
  ['AGENT', 'crush', 'ai'],
  ['KIRO_SESSION_ID', 'abc', 'ai'],
  ['CLOUD_AGENT_ID', 'abc', 'ai'],
  ['AWS_EXECUTION_ENV', 'AmazonQ-For-CLI Version/1.2', 'ai'],
  ['AWS_EXECUTION_ENV', 'AWS_ECS_FARGATE', 'declared-human'],
  ['CODEX_INTERNAL_ORIGINATOR_OVERRIDE', 'codex_web_agent', 'ai'],
  ['CODEX_INTERNAL_ORIGINATOR_OVERRIDE', 'other', 'declared-human'],
  ['CURSOR_TRACE_ID', 'abc', 'declared-human'],
  ['TERM_PROGRAM', 'kiro', 'declared-human'],
  ['REPL_ID', 'abc', 'declared-human'],
])('%s=%s against --author human is %s', (name, value, is) => {
  expect(attribute(input({ env: { [name]: value }, declared: 'human' })).is).toBe(is);
});

test.each<[string, Partial<AuthorshipInput>, AuthorshipIs]>([
  ['nothing at all', {}, 'unknown'],
  ['--author ai', { declared: 'ai' }, 'ai'],
  ['--author human', { declared: 'human' }, 'declared-human'],
  [
    'a trailer on every commit',
    { history: history([says(NO), says(`ai-assisted: None`)]) },
    'declared-human',
  ],
  ['a trailer on one of two', { history: history([says(NO), commit()]) }, 'unknown'],
  ['a trailer that takes itself back', { history: history([says(`${NO}\nAI-Assisted: yes`)]) }, 'ai'],
  [
    'a trailer, but the range is incomplete',
    { history: history([says(NO)], { complete: false, incompleteBecause: 'x' }) },
    'unknown',
  ],
  [
    'a trailer, but files are not committed',
    { history: history([says(NO)], { uncovered: ['main.tf'] }) },
    'unknown',
  ],
  [
    '--author human for files not committed',
    { declared: 'human', history: history([commit()], { uncovered: ['main.tf'] }) },
    'declared-human',
  ],
  ['a range without commits', { history: history([]) }, 'unknown'],
  [
    'a line in the pull request',
    { pullRequest: pullRequest({ body: 'Grow.\n\nAI-Assisted: no\n' }) },
    'declared-human',
  ],
  [
    'a ticked item',
    { pullRequest: pullRequest({ body: '- [ ] AI-Assisted: yes\n- [x] **AI-Assisted: no**\n' }) },
    'declared-human',
  ],
  [
    'an item that is not ticked',
    { pullRequest: pullRequest({ body: '- [ ] AI-Assisted: no\n' }) },
    'unknown',
  ],
  [
    'both ticked',
    { pullRequest: pullRequest({ body: '- [x] AI-Assisted: no\n- [X] AI-Assisted: yes' }) },
    'ai',
  ],
  ['a bold yes', { pullRequest: pullRequest({ body: '**AI-Assisted:** yes' }) }, 'ai'],
  ['a line in a comment', { pullRequest: pullRequest({ body: '<!--\nAI-Assisted: no\n-->' }) }, 'unknown'],
  [
    'a line after a comment that never closes',
    { pullRequest: pullRequest({ body: '<!--\nAI-Assisted: no' }) },
    'unknown',
  ],
  ['a quoted line', { pullRequest: pullRequest({ body: '> AI-Assisted: no' }) }, 'unknown'],
  [
    'a line in a body that was cut',
    { pullRequest: pullRequest({ body: 'AI-Assisted: no', bodyIsWhole: false }) },
    'unknown',
  ],
  [
    'an agent that opened the pull request',
    { pullRequest: pullRequest({ author: { login: 'Copilot', id: '198982749', type: 'Bot' }, body: NO }) },
    'ai',
  ],
  [
    'a footer in the pull request',
    {
      declared: 'human',
      pullRequest: pullRequest({ body: 'x\n\nGenerated with [Codex](https://openai.com/codex/).' }),
    },
    'ai',
  ],
])('%s', (_, part, is) => {
  expect(attribute(input(part)).is).toBe(is);
});

test('the sentence names the tool and where it was seen', () => {
  const { because } = attribute(input({ history: history([by('Claude', 'noreply@anthropic.com')]) }));
  expect(because).toContain('Claude Code');
  expect(because).toContain('commit 9a04d1ee');
});

test('the sentence of an incomplete history says what is missing', () => {
  const shallow = history([says(NO)], { complete: false, incompleteBecause: 'the clone is shallow' });
  expect(attribute(input({ history: shallow })).because).toContain('the clone is shallow');
});

test('a sign that is the same twice is reported once', () => {
  const marked = says('Made-with: Cursor\nMade-with: Cursor');
  expect(attribute(input({ history: history([marked]) })).signals).toHaveLength(1);
});

const RANK: Readonly<Record<AuthorshipIs, number>> = { 'declared-human': 0, unknown: 1, ai: 2 };
const signal = (saying: readonly Signal['says'][]): fc.Arbitrary<Signal> =>
  fc.record({
    kind: fc.constantFrom<Signal['kind']>('trailer', 'branch', 'history', 'declaration'),
    tool: fc.constant(null),
    strength: fc.constantFrom<Signal['strength']>('strong', 'medium', 'weak'),
    says: fc.constantFrom(...saying),
    where: fc.string(),
    value: fc.string(),
  });

test('a signal that is no declaration only ever raises the verdict, and nothing lowers ai', () => {
  const any = signal(['ai', 'human', 'unknown']);
  fc.assert(
    fc.property(fc.array(any), signal(['ai', 'unknown']), any, (signals, doubt, more) => {
      const before = weigh(signals);
      expect(RANK[weigh([...signals, doubt])]).toBeGreaterThanOrEqual(RANK[before]);
      expect(before === 'ai' ? weigh([...signals, more]) : 'ai').toBe('ai');
    }),
  );
});

test('the order of signals does not matter', () => {
  fc.assert(
    fc.property(fc.array(signal(['ai', 'human', 'unknown'])), (signals) => {
      expect(weigh(signals.toReversed())).toBe(weigh(signals));
    }),
  );
});

test('whatever else is in the message, a trace of an agent stays a trace', () => {
  const text = fc.string().map((words) => words.replace(/[`~>]/g, ''));
  fc.assert(
    fc.property(text, text, fc.constantFrom(null, 'human' as const), (before, after, declared) => {
      const message = `${before}\n\nCo-authored-by: x <noreply@anthropic.com>\n\n${after}`;
      expect(attribute(input({ declared, history: history([commit({ message })]) })).is).toBe('ai');
    }),
  );
});
