// Makes docs/pictures/page.png: the page of fixtures/incident, as Chromium shows it.
//   npm run build && node docs/pictures/page.mjs
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'check-plan-picture-'));
copyFileSync(at('fixtures/incident/plan.json'), join(folder, 'plan.json'));
spawnSync(execPath, [at('bin/check-plan.js'), 'plan.json', '--format', 'html=page.html'], { cwd: folder });

const browser = await chromium.launch({
  executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});
const page = await browser.newPage({ viewport: { width: 1240, height: 1080 } });
await page.goto(pathToFileURL(join(folder, 'page.html')).href);
await page.screenshot({ path: at('docs/pictures/page.png') });
await browser.close();
rmSync(folder, { recursive: true, force: true });
