import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderHtml } from '../../src/reporters/html.ts';
import { visible } from '../../src/reporters/visible.ts';
import { noBrowser, openBrowser } from '../browser.ts';
import { runIn } from '../cli/memory-io.ts';
import { largePlan } from './large-plan.ts';
import { EXAMPLES } from './report-examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-plan-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pages as the command writes them, and those of reports made by hand. */
const PAGES: Readonly<Record<string, () => Promise<string>>> = {
  'an incident': () => pageOf(fixture('incident/plan.json')),
  'five hundred resources': () => pageOf(largePlan(500)),
  'a change set': () => pageOf(fixture('change-set/change-set.json')),
  'no plan at all': () => pageOf('{"a": 1}'),
  'nothing to do': () => pageOf(fixture('moved/plan.json')),
  'hostile names': async () => renderHtml(EXAMPLES['hostile-names'] as Report, []),
  'a sign-off': async () => renderHtml(EXAMPLES['allowed-by-sign-off'] as Report, []),
};

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

async function pageOf(input: string): Promise<string> {
  const { stdout } = await runIn(['-', '--format', 'html', '--environment', 'production'], {
    stdin: input,
    cwd: folder,
  });
  return stdout;
}

describe.skipIf(noBrowser)('in a browser', () => {
  let context: BrowserContext;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ context, close } = await openBrowser());
  });
  afterAll(() => close?.());

  describe.each(Object.entries(PAGES))('the page of %s', (name, made) => {
    let page: Page;
    let markup: string;
    const complaints: string[] = [];
    beforeAll(async () => {
      const file = join(folder, `${name}.html`);
      markup = await made();
      writeFileSync(file, markup);
      page = await context.newPage();
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) complaints.push(`request: ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
    });
    afterAll(() => page?.close());

    test('asks nobody for anything, and the browser has nothing to complain of', () => {
      expect(complaints).toEqual([]);
    });

    test.each([320, 768, 1280])('needs no scrolling sideways at %i pixels', async (width) => {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

    test.each([
      { colorScheme: 'light', media: 'screen', width: 1280 },
      { colorScheme: 'dark', media: 'screen', width: 1280 },
      { colorScheme: 'light', media: 'screen', width: 320 },
      { colorScheme: 'dark', media: 'screen', width: 320 },
      { colorScheme: 'light', media: 'print', width: 1280 },
    ] as const)('axe finds nothing wrong: %o', async ({ colorScheme, media, width }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, media });
      await page.evaluate(axe.source);
      const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as axe.AxeResults;
      expect(
        found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
      ).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
    });

    test('every link leads to something that is shown, also inside of what was folded', async () => {
      const hidden = await page.evaluate(`
        [...new Set([...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')))]
          .filter((href) => {
            const target = document.getElementById(href.slice(1));
            if (target === null) return true;
            for (let up = target.parentElement; up !== null; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
            return !target.checkVisibility();
          })`);
      expect(hidden).toEqual([]);
    });

    test('on paper nothing is folded away', async () => {
      await page.goto(page.url().split('#', 1)[0] ?? '');
      await page.emulateMedia({ media: 'print' });
      const folded = await page.evaluate(`
        [...document.querySelectorAll('details')].filter((one) => [...one.children].some((child) =>
          child.tagName !== 'SUMMARY' && child.getBoundingClientRect().height === 0 && child.textContent.trim() !== '')).length`);
      expect(folded).toBe(0);
      await page.emulateMedia({ media: 'screen' });
    });
  });

  test('a link from the picture opens what it leads to', async () => {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'five hundred resources.html')).href);
    const box = page.locator('svg a').first();
    const href = (await box.getAttribute('href')) ?? '';
    await box.focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toContain(href);
    await page.close();
  });

  test('hostile names show as themselves', async () => {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'hostile names.html')).href);
    const text = (await page.evaluate('document.body.textContent')) as string;
    for (const { changes } of (EXAMPLES['hostile-names'] as Report).changeSets)
      for (const { address } of changes) expect(text).toContain(visible(address));
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    await page.close();
  });
});
