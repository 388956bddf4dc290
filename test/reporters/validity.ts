import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';

const read = (name: string): string => readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8');

const { $schema, id, ...sarif } = JSON.parse(read('sarif-2.1.0.json'));
export const SARIF_SCHEMA: readonly unknown[] = [$schema, id];
const validate = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) => URL.canParse(text, 'file:///x/'),
    'date-time': true,
  },
}).compile(sarif);

/** What the published schema of SARIF says against a log. */
export const wrongsOfSarif = (log: unknown): unknown => (validate(log) ? [] : validate.errors);

/** What libxml2 says against the documents, by the schema of Jenkins for JUnit. */
export async function wrongsOfJunit(documents: readonly string[]): Promise<readonly string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
  const { valid, errors } = await validateXML({ xml, schema: [read('junit-10.xsd')] });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}
