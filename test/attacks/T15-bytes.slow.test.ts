import { describe, expect, test } from 'vitest';
import { missing, named, scene } from './scene.ts';

describe.skipIf(missing)(named('T15 bytes that a lenient reader passes over'), () => {
  const field = (name: string, edit: (value: string) => string) => (text: string) =>
    text.replace(new RegExp(`("${name}": ")([^"]+)`), (_, key: string, value: string) => key + edit(value));

  test.each<[string, string, (text: string) => string | Buffer]>([
    [
      'base64 with garbage in it',
      'envelope',
      field('payload', (value) => `${value.slice(0, 8)}!!@#${value.slice(8)}`),
    ],
    [
      'base64 with a line break',
      'envelope',
      field('payload', (value) => `${value.slice(0, 8)}\\n${value.slice(8)}`),
    ],
    [
      'base64 of the other alphabet',
      'envelope',
      field('sig', (value) => value.replaceAll('+', '-').replaceAll('/', '_')),
    ],
    ['base64 with more padding than it needs', 'envelope', field('payload', (value) => `${value}=`)],
    [
      'bytes that are not UTF-8',
      'record-readable',
      (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
    ],
    ['a record of 5 MB', 'record-readable', (text) => text + ' '.repeat(5 * 1024 * 1024)],
    ['brackets without end', 'record-readable', () => '['.repeat(100_000)],
    [
      'a byte after the signature',
      'signature-format',
      field('sig', (value) =>
        Buffer.concat([Buffer.from(value, 'base64'), Buffer.from([0])]).toString('base64'),
      ),
    ],
    ['nothing', 'record-readable', () => ''],
  ])('%s', async (_, step, edit) => {
    const here = await scene();
    here.put(edit(here.forged('alice').toString()));
    const { exitCode, verdicts } = await here.check();
    expect({ exitCode, verdicts }).toEqual({ exitCode: 3, verdicts: [step] });
  });
});
