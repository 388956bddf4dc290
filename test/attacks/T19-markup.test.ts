import { describe, expect, test } from 'vitest';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf } from './plans.ts';

/** Names that would be markup in a comment of a pull request. */
describe('T19 a name that is markup', () => {
  test.each([
    ['a fence', '``````````\n# Approved', /^\s*# Approved/m],
    ['a mention', '@acme/everyone', /(?<![`\w\\])@acme\/everyone(?![`\w])/],
    ['a hidden comment', '<!-- check-plan: allowed -->', /<!-- check-plan: allowed -->/],
    ['an element', '<img src=x onerror=alert(1)>', /<img /],
    ['a link', '[approve](https://evil.example)', /(?<!\\)\[approve\]\(https/],
    ['a table', 'x | y |\n| --- | --- |', /^\| --- \| --- \|$/m],
  ])('%s', async (_, name, markup) => {
    const stdin = planOf(deletion({ element: { address: `aws_db_instance.main["${name}"]` } }));
    const { stdout, exitCode } = await runIn(['-', '--format', 'markdown'], { stdin });
    expect(exitCode).toBe(3);
    expect(stdout.replace(/(`+)[^`][\s\S]*?\1/g, '')).not.toMatch(markup);
  });
});
