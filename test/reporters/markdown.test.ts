import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { LONGEST_COMMENT, MARKER, renderMarkdown } from '../../src/reporters/markdown.ts';
import { FORMAT_EXAMPLES as EXAMPLES } from './format-examples.ts';
import { anyReport, hostileText, plainText } from './report-arbitraries.ts';
import { changeOf, reportOf, setOf } from './report-parts.ts';

test.each(Object.entries(EXAMPLES))('%s reads well', async (name, report) => {
  await expect(renderMarkdown(report)).toMatchFileSnapshot(`goldens/${name}.md`);
});

/** Texts that act in Markdown on GitHub or GitLab, on their own or glued to others. */
const MARKUP = [
  ...[
    '`',
    '```',
    '~~~',
    '|',
    '\\|',
    '\\',
    '\\`',
    '*',
    '**',
    '_',
    '__',
    '~~',
    '[',
    '](',
    '](http://evil)',
    '![x](y)',
  ],
  ...[
    '<img src=x>',
    '<!--',
    '-->',
    '</details>',
    '<b>',
    '&lt;',
    '&#64;',
    '@team',
    '@org/team',
    '#1',
    'GH-1',
    'a/b#2',
  ],
  ...[
    'https://evil.example',
    'www.evil.example',
    'me@evil.example',
    ':tada:',
    '$x$',
    '$$',
    '# ',
    '> ',
    '- ',
    '1. ',
  ],
  ...[
    '* ',
    '+ ',
    '---',
    '===',
    '[x]: http://evil',
    '[^1]',
    '0123456789abcdef',
    '!',
    '/label ~x',
    '\n',
    '\n\n',
    ' ',
    '    ',
  ],
];
const markup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKUP),
      fc.constantFrom('word', 'a', '.', ',', '('),
      fc.string({ maxLength: 5 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
const nodesOf = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(nodesOf)];
const parsed = (markdown: string): readonly Node[] =>
  nodesOf(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));

const OWN_HTML = /^(?:<!-- check-plan -->|<details>\n<summary>[\w, ()-]+<\/summary>|<\/details>)$/;
const MARKED_UP = new Set([
  'link',
  'image',
  'linkReference',
  'imageReference',
  'definition',
  'delete',
  'emphasis',
]);

test('whatever the names in it, it has no link, image or tag but its own, and calls nobody', () => {
  fc.assert(
    fc.property(anyReport(fc.oneof(markup, markup, hostileText)), (report) => {
      const nodes = parsed(renderMarkdown(report));
      expect(nodes.filter(({ type }) => MARKED_UP.has(type) || type.startsWith('footnote'))).toEqual([]);
      expect(
        nodes.flatMap((node) =>
          node.type === 'html' && !OWN_HTML.test(node.value ?? '') ? [node.value] : [],
        ),
      ).toEqual([]);
      for (const { type, value = '' } of nodes) {
        if (type === 'text')
          expect(value).not.toMatch(/[@#$<>&`\\]|:\/\/|www\.|gh-\d|:\w+:|\b[0-9a-f]{7,}\b/i);
      }
    }),
    { numRuns: 40 },
  );
});

test('the parts stay what they are: tables have five columns, every fold is closed', () => {
  fc.assert(
    fc.property(anyReport(markup), (report) => {
      const nodes = parsed(renderMarkdown(report));
      for (const row of nodes.filter(({ type }) => type === 'tableRow')) expect(row.children).toHaveLength(5);
      const html = nodes.flatMap(({ type, value = '' }) => (type === 'html' ? [value] : []));
      expect(html.filter((tag) => tag.startsWith('<details'))).toHaveLength(
        html.filter((tag) => tag === '</details>').length,
      );
      expect(nodes.filter(({ type }) => type === 'heading').length).toBeLessThan(6);
    }),
    { numRuns: 30 },
  );
});

test('a name is shown as it is', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('`', '|', '\\', '*', 'a', '<', ' x', '@'),
        minLength: 1,
        maxLength: 12,
      }),
      (key) => {
        const address = `aws_s3_bucket.b["${key}"]`;
        const report = reportOf({
          changeSets: [setOf({ changes: [changeOf({ address, type: 'aws_s3_bucket' })] })],
        });
        const codes = parsed(renderMarkdown(report)).flatMap(({ type, value }) =>
          type === 'inlineCode' ? [value] : [],
        );
        expect(codes).toContain(address);
      },
    ),
  );
});

describe('the longest comment', () => {
  const huge = fc.oneof(
    plainText,
    markup,
    fc.constantFrom('`', '@ a ', '\u202e', '|', 'x ').map((unit) => unit.repeat(20_000)),
  );

  test('is kept to, with any texts', () => {
    fc.assert(
      fc.property(anyReport(huge), (report) => {
        expect(renderMarkdown(report).length).toBeLessThanOrEqual(LONGEST_COMMENT);
      }),
      { numRuns: 15 },
    );
  });

  test.each([40, 1000])(
    'is kept to with %i changes of many change sets, the decision and the way on first',
    (count) => {
      const changes = Array.from({ length: count }, (_, index) =>
        changeOf({ address: `aws_db_instance.shard[${index}]` }),
      );
      const signOffDigest = `sha256:${'11'.repeat(32)}`;
      const changeSets = Array.from({ length: 30 }, (_, index) =>
        setOf({ source: `plans/${index}.json`, changes, signOffDigest }),
      );
      const text = renderMarkdown(reportOf({ decision: 'sign-off-required', exitCode: 3, changeSets }));
      expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
      expect(text.split('\n').slice(0, 2)).toEqual([MARKER, '## ⛔ BLOCKED until signed off']);
      expect(text).toContain('Shortened to what fits into a comment');
      expect(text).toContain('check-plan sign plans/0.json');
    },
  );
});

test('the exact text of a hidden value never appears', () => {
  fc.assert(
    fc.property(anyReport(plainText, fc.constant('"HUNTER2"')), (report) => {
      expect(renderMarkdown(report)).not.toContain('HUNTER2');
    }),
    { numRuns: 20 },
  );
});
