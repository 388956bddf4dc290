import { defineConfig } from 'vitest/config';

const SLOW = 'test/**/*.slow.test.ts';

// No module holds state, so the suite shares one: ten times faster than a fresh one for each file.
const shared = { isolate: false, globalSetup: 'test/temporary.ts' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [SLOW],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Those that take their time: what starts terraform, git, a browser, a server, the CDK or an installation, or tries everything.
      { test: { ...shared, name: 'slow', include: [SLOW], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
    // `.ci/run` counts the tests from the runner's own report.
    ...(process.env['CI']
      ? { reporters: ['default', 'json'], outputFile: { json: '.ci/out/vitest.json' } }
      : {}),
  },
});
