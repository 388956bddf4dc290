import { expect, test } from 'vitest';
import { agentIn, aiAssisted } from '../../src/authorship/disclosure.ts';

test.each([
  ['Claude:claude-3-opus coccinelle sparse', 'strong'],
  ['Crush:kimi-k2', 'strong'],
  ['some-new-agent:model_7', 'strong'],
  ['Claude', 'strong'],
  ['Claude Code', 'strong'],
  ['Claude Opus 4.7', 'strong'],
  ['ChatGPTv5', 'strong'],
  ['gpt-4o-mini', 'strong'],
  ['GitHub Copilot (agent mode)', 'strong'],
  ['generic LLM chatbot', 'strong'],
  ['Jane, GitHub Copilot', 'strong'],
  ['Claude <noreply@anthropic.com>', 'strong'],
  ['Copilot <copilot@github.com>', 'weak'],
  ['A <copilot@github.com>, B <amp@ampcode.com>', 'strong'],
  ['Devin', 'weak'],
  ['Jane', null],
  ['Jane Doe <jane@example.dev>', null],
  ['Claude Martin', null],
  ['Claude Martin <claude.martin@example.dev>', null],
  ['https://example.dev/tool', null],
  ['mailto:jane@example.dev', null],
  ['protoc', null],
  ['the schema generator, see docs', null],
  ['Jane: with the tests', null],
])('Assisted-by: %s is %s', (value, strength) => {
  expect(agentIn(value)?.strength ?? null).toBe(strength);
});

test.each([
  ['no', 'human'],
  ['None', 'human'],
  ['no.', 'human'],
  ['yes', 'ai'],
  ['partly', 'ai'],
  ['Claude Opus 4.7', 'ai'],
  ['not much', 'ai'],
])('AI-Assisted: %s is %s', (value, says) => {
  expect(aiAssisted(value)).toBe(says);
});

test.each([
  ['digits', `claude ${'1'.repeat(100)}!`],
  ['white space', `Jane${' '.repeat(100_000)}!`],
  ['brackets', `Jane ${'<'.repeat(100_000)}`],
  ['parentheses', `Jane ${'('.repeat(100_000)}`],
])('a value made of %s takes no time and names nobody', (_, value) => {
  const before = performance.now();
  expect(agentIn(value)).toBeNull();
  expect(performance.now() - before).toBeLessThan(500);
});
