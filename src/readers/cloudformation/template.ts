import { CheckError } from '../../model/error.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { parseJson } from '../json/parse.ts';

/** AWS takes no template above 1 MB; one whose transforms are processed may be larger. */
const LONGEST = 8 * 1024 * 1024;

/**
 * A CloudFormation template, JSON or YAML. Short forms are written out (`!GetAtt A.B` is `{"Fn::GetAtt": ["A", "B"]}`), so
 * that both kinds read the same. Dates, account numbers with leading zeros and words like `yes` stay texts, and numbers keep
 * their digits. `what` names the template in messages.
 *
 * Throws CheckError `template-unreadable`: no JSON and no YAML, no object, a key that is there twice, nested too deep,
 * too large, or aliases that would make it so.
 */
export async function parseTemplate(text: string, what: string): Promise<JsonObject> {
  if (text.length > LONGEST)
    throw unreadable(`${what} has ${text.length} characters, more than any template`);
  const value = await parsed(text, what);
  if (!isObject(value)) throw unreadable(`${what} is not a template: it is no object`);
  return value;
}

async function parsed(text: string, what: string): Promise<Json> {
  try {
    // A YAML flow map begins with a bracket as well.
    if (text.trimStart().startsWith('{')) return parseJson(text, what);
  } catch (thrown) {
    if (!(thrown instanceof CheckError)) throw thrown;
    if (thrown.code !== 'not-json') throw unreadable(thrown.message, thrown.mend, thrown);
  }
  const { parseTemplateYaml } = await import('./template-yaml.ts');
  return parseTemplateYaml(text, what);
}

const unreadable = (message: string, mend: string | null = null, cause?: unknown): CheckError =>
  new CheckError('template-unreadable', message, mend ?? 'check the template that is deployed', cause);
