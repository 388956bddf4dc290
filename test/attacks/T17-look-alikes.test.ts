import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse.ts';
import { permittedLines } from '../../src/signoff/permit.ts';
import { runIn } from '../cli/memory-io.ts';
import { deletion, planOf } from './plans.ts';

/** Names that look like others: letters of another alphabet, marks that turn the direction of writing, letters that nobody sees. */
describe('T17 a name that looks like another', () => {
  const request = async (address: string): Promise<readonly string[]> => {
    const cwd = mkdtempSync(join(tmpdir(), 'check-plan-attack-'));
    writeFileSync(join(cwd, 'plan.json'), planOf(deletion({ element: { address } })));
    await runIn(['plan.json', '--request', 'request.json'], { cwd });
    const { readFileSync } = await import('node:fs');
    return JSON.parse(readFileSync(join(cwd, 'request.json'), 'utf8')).permits;
  };

  test.each([
    ['a turned direction', 'aws_db_instance.main\u202e\u2066', '\\u202e'],
    ['a letter of no width', 'aws_db_instance.ma\u200bin', '\\u200b'],
    ['a line break', 'aws_db_instance.main\nchange "x"', '\\n'],
    ['a bell', 'aws_db_instance.main\u0007', '\\u0007'],
  ])('%s is written out for whoever signs', async (_, address, shown) => {
    const [line = ''] = permittedLines(await request(address));
    expect(line).toContain(shown);
    expect(line).not.toMatch(/[\p{C}\u2028\u2029]/u);
  });

  test('a letter of another alphabet makes the name stand in quotes, and another digest', async () => {
    const [latin, cyrillic] = [
      await request('aws_db_instance.main'),
      await request('aws_db_instance.m\u0430in'),
    ];
    expect(permittedLines(latin)).toEqual([expect.stringContaining(' aws_db_instance.main ')]);
    expect(permittedLines(cyrillic)).toEqual([expect.stringContaining(' "aws_db_instance.m\u0430in" ')]);
    expect(cyrillic).not.toEqual(latin);
  });

  test.each(['\u0430lice', 'Alice', 'alice ', 'al\u200bice', 'ALICE', 'alice\u202e'])(
    '%j is no id of a person',
    (id) => {
      const yaml = `version: 1\nroster: { persons: [{ id: ${JSON.stringify(id)}, level: senior }] }\n`;
      expect(() => parsePolicy(yaml, 'p')).toThrowError(expect.objectContaining({ code: 'policy-invalid' }));
    },
  );
});
