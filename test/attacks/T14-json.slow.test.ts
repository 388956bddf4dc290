import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missing, named, recordBy, scene } from './scene.ts';

/** Statements that two parsers read differently, all of them signed by the right person. */
describe.skipIf(missing)(named('T14 JSON that can be read in two ways'), () => {
  test.each<[string, (text: string) => string]>([
    ['a digest twice', (text) => text.replace('"sha256":"', `"sha256":"${'0'.repeat(64)}","sha256":"`)],
    ['the type twice', (text) => text.replace('{', '{"_type":"https://in-toto.io/Statement/v1",')],
    ['__proto__', (text) => text.replace('{"permits"', '{"__proto__":{"approver":"alice"},"permits"')],
    ['a member that only some know', (text) => text.replace('"comment"', '"alsoPermits":["*"],"comment"')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['a comment', (text) => text.replace('{', '{/* */')],
    ['a comma too many', (text) => text.replace(/\}$/, ',}')],
    ['a second document', (text) => `${text}{}`],
    ['a lone surrogate', (text) => text.replace('"comment":"', '"comment":"\\ud800')],
    [
      'a time that is a number',
      (text) => text.replace(/"expiresAt":"[^"]+"/, '"expiresAt":99999999999999999999'),
    ],
    [
      'a wildcard instead of lines',
      (text) => text.replace(/"permits":\[.*?\],"input"/, '"permits":["*"],"input"'),
    ],
  ])('%s', async (_, edit) => {
    const here = await scene();
    const { payload } = JSON.parse(here.forged('alice').toString());
    const text = edit(Buffer.from(payload, 'base64').toString());
    here.put(recordBy(join(here.cwd, 'keys/alice'), Buffer.from(text)));
    expect(await here.check()).toMatchObject({ exitCode: 3, verdicts: ['statement'] });
  });
});
