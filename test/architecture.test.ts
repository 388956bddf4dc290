import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Which layers a layer may import besides itself. The order of the design's section 3; nothing reaches back. */
const MIDDLE = [
  'readers',
  'catalogue',
  'policy',
  'production',
  'authorship',
  'signoff',
  'reach',
  'reporters',
  'trail',
];
const STORY = [
  'requirement.ts',
  'missing.ts',
  'glass.ts',
  'decide.ts',
  'judge.ts',
  'records.ts',
  'check.ts',
  'explain.ts',
];
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  ...Object.fromEntries(MIDDLE.map((layer) => [layer, ['model']])),
  'requirement.ts': ['model', 'production'],
  'missing.ts': ['model'],
  'glass.ts': ['model'],
  'decide.ts': ['model', 'requirement.ts', 'missing.ts', 'glass.ts'],
  'explain.ts': ['model', 'catalogue'],
  'judge.ts': ['model', 'readers', 'catalogue', 'production', 'signoff', 'requirement.ts', 'decide.ts'],
  'records.ts': ['model', 'readers', 'signoff', 'requirement.ts', 'judge.ts'],
  'check.ts': ['model', 'signoff', 'requirement.ts', 'glass.ts', 'decide.ts', 'judge.ts', 'records.ts'],
  adapters: ['model', ...MIDDLE, ...STORY],
  cli: ['model', ...MIDDLE, ...STORY, 'adapters'],
  cdk: ['model', ...MIDDLE, ...STORY, 'adapters'],
  'index.ts': ['model', ...MIDDLE, ...STORY, 'adapters'],
};

/** Packages and node modules that a layer may load; every layer not named here may load none. */
const MAY_LOAD: Record<string, readonly string[]> = {
  // Only by cel.ts, and only where a policy has rules of its own.
  catalogue: ['@marcbachmann/cel-js'],
  readers: ['yaml'],
  signoff: ['node:crypto'],
  trail: ['node:crypto'],
  policy: ['valibot', 'yaml', 'node:crypto'],
  reporters: ['picocolors', '@dagrejs/dagre', 'node:crypto'],
  adapters: ['node:'],
  cli: ['node:', 'commander'],
  cdk: ['node:', 'aws-cdk-lib', 'constructs'],
};

/** What one folder may load besides, and nothing else of its layer. */
const ALONE: Record<string, readonly string[]> = {
  'adapters/aws/': ['@aws-sdk/client-cloudformation', '@aws-sdk/client-s3'],
  'readers/saved-plan/': ['fflate', '@bufbuild/protobuf/wire', '@msgpack/msgpack'],
};
const mayLoad = (file: string): readonly string[] => [
  ...(MAY_LOAD[layerOf(file)] ?? []),
  ...Object.entries(ALONE).flatMap(([folder, packages]) => (file.startsWith(folder) ? packages : [])),
];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const layerOf = (file: string): string => file.split('/')[0] ?? '';
const importsOf = (file: string): string[] =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm)].map(
    (m) => m[1] ?? '',
  );

test('there are files to look at, and every one is in a known layer', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !(layerOf(file) in MAY_IMPORT))).toEqual([]);
});

test.each(files)('%s imports only what its layer may', (file) => {
  const layer = layerOf(file);
  const wrong = importsOf(file).filter((specifier) => {
    if (specifier.startsWith('.')) {
      const target = layerOf(relative(SRC, resolve(SRC, dirname(file), specifier)).replaceAll('\\', '/'));
      return target !== layer && !MAY_IMPORT[layer]?.includes(target);
    }
    return !mayLoad(file).some(
      (allowed) => specifier === allowed || (allowed.endsWith(':') && specifier.startsWith(allowed)),
    );
  });
  expect(wrong).toEqual([]);
});

test('the AWS SDK is loaded when it is asked for, and not before', () => {
  const lines = files.flatMap((file) =>
    readFileSync(join(SRC, file), 'utf8')
      .split('\n')
      .filter((line) => line.includes("'@aws-sdk/") && !/^import type |\btypeof import\(/.test(line)),
  );
  expect(lines).toEqual([
    expect.stringContaining("await import('@aws-sdk/client-cloudformation')"),
    expect.stringContaining("await import('@aws-sdk/client-s3')"),
  ]);
});

test('only what is started by somebody else touches process: the command, and the plugin inside of an app', () => {
  const touching = files.filter((file) => /\bprocess\.\w/.test(readFileSync(join(SRC, file), 'utf8')));
  expect(touching.sort()).toEqual(['cdk/protect.ts', 'cdk/report.ts', 'cdk/untraced.ts', 'cli/main.ts']);
});

test('a plain check loads nothing of the page, of explanations, or of what reads an input twice', () => {
  const loaded = new Set(['cli/main.ts', 'cli/commands/check.ts', 'cli/check-command.ts']);
  for (const file of loaded) {
    const text = readFileSync(join(SRC, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm))
      loaded.add(relative(SRC, resolve(SRC, dirname(file), specifier)).replaceAll('\\', '/'));
  }
  expect(loaded).toContain('judge.ts');
  const heavy =
    /^(?:reporters\/(?:html|explanation)|reach\/|explain\.ts|catalogue\/mend|adapters\/(?:second-look|spool)|readers\/(?:dependencies|json\/descent))/;
  expect([...loaded].filter((file) => heavy.test(file))).toEqual([]);
});
