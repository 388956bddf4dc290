import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runIn } from '../../cli/memory-io.ts';

const CORPUS = new URL('../../../../shared/corpus/cdk-out/', import.meta.url);
const names = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];

/** Those that lack files, or are of the future. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['aws__aws-cdk-cli__fixtures-nested-assemblies', 'malformed-plan'],
  ['aws__aws-cdk-cli__fixtures-nested-stacks', 'not-json'],
  ['aws__aws-cdk-cli__manifest-from-the-future-cdk.out', 'unsupported-version'],
]);

test.skipIf(names.length === 0).each(names.length === 0 ? [''] : names)(
  '%s against itself, and alone',
  async (name) => {
    const path = new URL(`${name}/`, CORPUS).pathname;
    const judge = async (...args: readonly string[]) => {
      const { exitCode, stdout } = await runIn([path, '--format', 'json', ...args]);
      const { changeSets, errors } = JSON.parse(stdout);
      const told: unknown[] = changeSets.flatMap(({ changes }: { changes: unknown[] }) => changes);
      return { exitCode, changes: told.length, codes: errors.map(({ code }: { code: string }) => code) };
    };
    const refused = REFUSED.get(name);
    const same = await judge('--baseline', path);
    expect(same).toEqual(
      refused === undefined
        ? { exitCode: 0, changes: 0, codes: [] }
        : { exitCode: 1, changes: 0, codes: [refused] },
    );
    expect(await judge()).toMatchObject({ exitCode: 1, changes: 0, codes: [refused ?? 'no-baseline'] });
  },
);
