import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { afterAll, expect, test } from 'vitest';
import { LONGEST_COMMENT } from '../../src/reporters/markdown.ts';
import { runIn } from '../cli/memory-io.ts';
import { corpusFiles } from '../readers/corpus.ts';
import { wrongsOfJunit, wrongsOfSarif } from './validity.ts';

const SHARED = resolve(import.meta.dirname, '../../../shared/corpus');
const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const FORMATS = ['json', 'markdown', 'sarif', 'junit', 'github', 'gitlab'];

const fixtures = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?:plan|change-set|fires|near-miss)\.json$/.test(path))
  .map((path) => join(FIXTURES, path));
const corpus = corpusFiles('')
  .filter((path) => path.endsWith('.json') && !path.startsWith('cdk-out/'))
  .map((path) => join(SHARED, path));

const folder = mkdtempSync(join(tmpdir(), 'check-plan-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Judges the input, and says what each format made of it. */
async function reportsOf(input: string): Promise<Readonly<Record<string, string>>> {
  const given = FORMATS.flatMap((format) => ['--format', `${format}=${join(folder, format)}`]);
  await runIn([input, ...given], { cwd: folder });
  return Object.fromEntries(FORMATS.map((format) => [format, readFileSync(join(folder, format), 'utf8')]));
}

test.each([
  ['every fixture', fixtures, 50],
  [`every input of the corpus${corpus.length === 0 ? ' (SKIPPED: it is not at hand)' : ''}`, corpus, 0],
])(
  '%s comes out valid in every format',
  async (_, inputs, atLeast) => {
    expect(inputs.length).toBeGreaterThanOrEqual(atLeast);
    const documents: string[] = [];
    for (const input of inputs) {
      const {
        json = '',
        markdown = '',
        sarif = '',
        junit = '',
        github = '',
        gitlab = '',
      } = await reportsOf(input);
      const { decision, errors } = JSON.parse(json);
      expect([input, wrongsOfSarif(JSON.parse(sarif))]).toEqual([input, []]);
      expect(markdown.length, input).toBeLessThanOrEqual(LONGEST_COMMENT);
      const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      expect([input, tree.children.filter(({ type }) => type === 'definition')]).toEqual([input, []]);
      expect([input, /<(?:failure|error) /.test(junit)]).toEqual([input, decision !== 'allowed']);
      expect([input, github.startsWith('::error')]).toEqual([input, decision !== 'allowed']);
      expect(JSON.parse(gitlab).length, input).toBeGreaterThanOrEqual(errors.length > 0 ? 1 : 0);
      documents.push(junit);
    }
    if (documents.length > 0) expect(await wrongsOfJunit(documents)).toEqual([]);
  },
  600_000,
);
