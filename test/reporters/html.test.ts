import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BlastRadius } from '../../src/model/blast-radius.ts';
import { resourceOf } from '../../src/model/dependency.ts';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/reporters/html.ts';
import { visible } from '../../src/reporters/visible.ts';
import { anyReport, hostileText } from './report-arbitraries.ts';
import { EXAMPLES } from './report-examples.ts';
import { changeOf, countsOf, reportOf, setOf } from './report-parts.ts';

/** All that the page is made of. Whatever else stood in one would come from a text. */
const TAGS = new Set(
  `a bdi body caption code dd defs details div dl dt figcaption figure footer h1 h2 h3 h4 head header html li main marker
   meta nav p path pre rect section span strong style summary svg table tbody td text th thead title tr ul wbr`.split(
    /\s+/,
  ),
);
const ATTRIBUTES = new Set(
  `aria-label aria-labelledby charset class content d height href http-equiv id lang marker-end markerHeight markerWidth
   name open orient refX refY role rx scope tabindex viewBox width x y`.split(/\s+/),
);

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The opening tags, by a reading that is stricter than a browser's: an attribute without quotes is `open`. */
function tagsOf(page: string): Tag[] {
  return [...page.replace(/<style>[^<]*<\/style>/, '').matchAll(/<([^/!][^\s>/]*)([^>]*)>/g)].map(
    ([, name = '', rest = '']) => ({
      name,
      attributes: new Map(
        [...rest.replace(/\/$/, '').matchAll(/([^\s="]+)(?:="([^"]*)")?/g)].map(
          ([, key = '', value = '']) => [key, value],
        ),
      ),
    }),
  );
}

/** Everything lost, and something hanging on each. */
const radiusOf = (report: Report): BlastRadius[] =>
  report.changeSets.map(({ changes }) => {
    const resources = [...new Set(changes.map(({ address }) => resourceOf(address)))];
    return {
      resources: [
        ...resources.map((resource) => ({ resource, distance: 0, leansOn: [`${resource} below`] })),
        { resource: `hangs ${resources[0]}`, distance: 1, leansOn: [] },
      ],
      links: resources.map((to) => ({
        from: `hangs ${resources[0]}`,
        to,
        known: 'state' as const,
        through: [to],
      })),
      more: 3,
      untold: resources,
    };
  });

const idsOf = (tags: readonly Tag[]): string[] =>
  tags.flatMap(({ attributes }) => attributes.get('id') ?? []);

function isSound(page: string): void {
  const tags = tagsOf(page);
  expect(tags.filter(({ name }) => !TAGS.has(name)).map(({ name }) => name)).toEqual([]);
  const attributes = new Set(tags.flatMap((tag) => [...tag.attributes.keys()]));
  expect([...attributes].filter((one) => !ATTRIBUTES.has(one))).toEqual([]);
  const ids = idsOf(tags);
  expect(ids.length).toBe(new Set(ids).size);
  for (const { attributes: own } of tags) {
    const href = own.get('href');
    if (href === undefined) continue;
    expect(href.startsWith('#'), href).toBe(true);
    expect(ids, href).toContain(href.slice(1));
  }
}

describe.each(Object.entries(EXAMPLES))('the page of %s', (_name, report) => {
  const page = renderHtml(report, radiusOf(report));

  test('is made of the known tags alone, and every link in it leads somewhere in it', () => isSound(page));

  test('has every change in it, under an id of its own', () => {
    const text = textOf(page);
    for (const { changes } of report.changeSets)
      for (const { address } of changes) expect(text).toContain(visible(address));
    const changes = report.changeSets.flatMap((set) => set.changes);
    expect(idsOf(tagsOf(page)).filter((id) => /^change-\d+$/.test(id))).toHaveLength(changes.length);
  });

  test('says the same for the same report', () => {
    expect(renderHtml(report, radiusOf(report))).toBe(page);
  });
});

test('no text of a report becomes part of the page, or speaks to a terminal or a build log', () => {
  const hostile = fc.oneof(
    hostileText,
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' style='x",
      '</style><style>',
      '&lt;b&gt;',
      'javascript:alert(1)',
      '::set-output name=a::b',
      'x\n::error::',
      '##[command]ls',
      '##vso[task.complete]',
      'module.a["<b>"].aws_x.y',
      '\u202egnp.exe',
      '\ud800',
    ),
  );
  fc.assert(
    fc.property(anyReport(hostile), (report) => {
      const page = renderHtml(report, radiusOf(report));
      isSound(page);
      const body = page.replace(/<style>[^<]*<\/style>/, '');
      expect(body).not.toMatch(/^\s*::|##(?:\[|vso)/im);
      expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 60 },
  );
});

test('its policy forbids everything but its own style, which is the one that the policy names', () => {
  const page = renderHtml(reportOf({}), []);
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(style).not.toMatch(/url\(|@import/);
});

test('hidden values stay hidden', () => {
  const secret = 'hunter2-secret';
  const report = reportOf({
    changeSets: [
      setOf({
        changes: [
          changeOf({
            causes: [
              {
                kind: 'attribute',
                path: ['password'],
                before: { exact: JSON.stringify(secret), visibility: 'sensitive' },
                after: { exact: JSON.stringify(secret), visibility: 'private' },
              },
            ],
          }),
        ],
      }),
    ],
  });
  expect(renderHtml(report, radiusOf(report))).not.toContain(secret);
});

test('many resources are drawn by module, and each is still told', () => {
  const changes = Array.from({ length: 500 }, (_, i) =>
    changeOf({ address: `module.m${i % 10}.aws_s3_bucket.b${i}`, type: 'aws_s3_bucket', effect: 'delete' }),
  );
  const report = reportOf({
    decision: 'sign-off-required',
    exitCode: 3,
    changeSets: [setOf({ changes, counts: countsOf({ delete: 500 }) })],
  });
  const page = renderHtml(report, radiusOf(report));
  expect(page.match(/class="box"/g)?.length).toBeLessThanOrEqual(40);
  expect(page).toContain('50 × aws_s3_bucket');
  isSound(page);
  expect(new Set(idsOf(tagsOf(page)).filter((id) => /^change-\d+$/.test(id))).size).toBe(500);
});

test('where it is not known what hangs on a loss, that is said', () => {
  const page = renderHtml(EXAMPLES['blocked-incident'] as Report, [{ why: 'the file is <gone>' }]);
  expect(page).toContain('What hangs on it is not known: the file is &#60;gone&#62;.');
  expect(page).not.toContain('<svg');
});

/** What a reader sees of the page. */
const textOf = (page: string): string =>
  page.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, unit) => String.fromCharCode(Number(unit)));
