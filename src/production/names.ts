import type { Change } from '../model/change.ts';
import type { Path } from '../model/json.ts';
import { type Carried, type Mark, masks, type Side, told } from './mark.ts';
import { type Root, rootsOf } from './roots.ts';
import { maySpeak, wordsOf } from './tokens.ts';

/** What the names and ids of one side say of the environment; the id as the reader found it counts as one. */
export function nameMarks(type: string, side: Side, physicalId: string | null): Mark[] {
  const names = rootsOf(side.values).flatMap(speakingNamesIn);
  const marks = names.flatMap((name) => {
    const mark = nameMark(type, name);
    const shown = mark === null ? null : told(mark, side);
    return shown === null ? [] : [shown];
  });
  if (physicalId === null || ID_PATHS.some((path) => masks(side.sensitive, path))) return marks;
  const id = nameMark(type, { carrier: 'id', value: physicalId, path: ['id'] });
  return id === null || marks.some((mark) => mark.value === physicalId) ? marks : [...marks, id];
}

/**
 * What the address says, without its type: module names, keys and the name of the block. A move is not believed where
 * it brings a word for non-production: the old address must say so too.
 */
export function addressMarks(change: Change): Mark[] {
  const addresses: [string, string][] = [['address', change.address]];
  if (change.previousAddress !== null) addresses.push(['previous address', change.previousAddress]);
  const marks = addresses.flatMap(([carrier, address]): Mark[] => {
    const words = wordsOf(address.replaceAll(`${change.type}.`, ''));
    const strength = words?.says === 'production' ? 'medium' : 'weak';
    return words === null ? [] : [{ carrier, value: address, path: [], says: words.says, strength }];
  });
  const agreed = marks.length === addresses.length && marks.every((mark) => mark.says === 'non-production');
  return agreed ? marks : marks.filter((mark) => mark.says === 'production');
}

const ID_PATHS: readonly Path[] = [[], ['id'], ['arn'], ['self_link']];

/** Attributes that hold a name that people chose, in lower case without `_`. */
const NAME_ATTRIBUTES: ReadonlySet<string> = new Set(
  `name identifier bucket id arn selflink project namespace database schema fullyqualifiedname hostname domain
   domainname displayname stagename resourcegroupname functionname clustername clusteridentifier dbinstanceidentifier
   dbclusteridentifier tablename bucketname repositoryname replicationgroupid instancename servername vaultname
   accountname applicationname environmentname stackname queuename topicname`.split(/\s+/),
);

/** The names that may say anything at all. */
function speakingNamesIn([root, path]: Root): Carried[] {
  const names: Carried[] = [];
  for (const [attribute, value] of root) {
    if (typeof value !== 'string' || !maySpeak(value) || !isNameAttribute(attribute)) continue;
    const whole = [...path, attribute];
    names.push({ carrier: whole.join('.'), value, path: whole });
  }
  return names;
}

const isNameAttribute = (attribute: string): boolean =>
  NAME_ATTRIBUTES.has(attribute.toLowerCase().replaceAll('_', ''));

/** A word in a name may be there for other reasons: it tells one grade less than the word itself. */
function nameMark(type: string, name: Carried): Mark | null {
  if (!maySpeak(name.value)) return null;
  const words = wordsOf(namesIn(name.value).join('/'));
  if (words === null) return null;
  const isLayer = WAREHOUSE.test(type) && LAYER.test(words.token);
  const strength = words.strength === 'strong' && !isLayer ? 'medium' : 'weak';
  return { ...name, says: words.says, strength };
}

/** In a data warehouse the layer where data comes in is called staging, in production too. */
const WAREHOUSE =
  /^(snowflake|databricks|google_bigquery|aws_(athena|glue|lakeformation|redshift|redshiftserverless|redshiftdata)|azurerm_(synapse|data_factory))_/;
const LAYER = /^(stage|staging|stag|stg)[0-9]*$/;

/** The parts of an id that people chose: `Microsoft.DevTestLab` and `stages` are words of the cloud. */
function namesIn(id: string): readonly string[] {
  const arn = ARN.exec(id)?.[1];
  if (arn !== undefined) return [arn];
  if (SUBSCRIPTION.test(id))
    return everyOther(id.split('/').slice(1)).filter((part) => !AZURE_SPACE.test(part));
  const google = GOOGLE.exec(id)?.[1];
  return google === undefined ? [id] : everyOther(google.split('/'));
}

const everyOther = (parts: readonly string[]): readonly string[] =>
  parts.filter((_, index) => index % 2 === 1);

const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/s;
const SUBSCRIPTION = /^\/subscriptions\//i;
const GOOGLE = /^(?:\/\/[^/]+\/|https:\/\/[^/]+\/(?:[a-z]+\/)?v[0-9][^/]*\/)?(projects\/.+)$/;
const AZURE_SPACE = /^microsoft\./i;
