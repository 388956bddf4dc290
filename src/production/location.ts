import type { Change } from '../model/change.ts';
import type { Location } from '../model/environment.ts';
import { at, isObject, type Json, text } from '../model/json.ts';

/**
 * The account and region that the resource itself names: in its ARN, id or self link, else in its own attributes, else
 * those of its stack.
 * From before, where it exists; from after only for what is created. Null where it does not say.
 */
export function locationOf(change: Change): Location {
  const values = ownValues(change);
  const ids = idsOf(change, values);
  return {
    account:
      first(ids, accountOfId) ?? accountOfValues(change.type, values) ?? change.location?.account ?? null,
    region: first(ids, regionOfId) ?? regionOfValues(values) ?? change.location?.region ?? null,
  };
}

/** The side that speaks for the object: what exists, else what is to be created. */
export const ownValues = (change: Change): Json =>
  isObject(change.before) || change.effect !== 'create' ? change.before : change.after;

/**
 * Accounts, projects and subscriptions in the texts at the top of a value, whoever they belong to: the account of a role
 * that it trusts is here as well. For finding production, never for ruling it out.
 */
export function accountsNamedIn(values: Json): ReadonlySet<string> {
  const accounts = new Set<string>();
  if (!isObject(values)) return accounts;
  for (const [attribute, value] of values) {
    if (typeof value !== 'string') continue;
    if (ACCOUNT_ATTRIBUTE.test(attribute)) accounts.add(value);
    for (const [, account = ''] of value.matchAll(ACCOUNT_IN_ARN)) accounts.add(account);
    const other = accountOfId(value);
    if (other !== null) accounts.add(other);
  }
  return accounts;
}

const ARN = /^arn:aws[a-z-]*:[^:]*:([a-z0-9-]*):([0-9]{12}|aws|):[^,]+$/;
const ACCOUNT_IN_ARN = /\barn:aws[a-z-]*:[^:\s]*:[a-z0-9-]*:([0-9]{12}):/g;
const SUBSCRIPTION = /^\/subscriptions\/([0-9a-f-]{36})(?:\/|$)/i;
const GOOGLE = /^(?:\/\/[^/]+\/|https:\/\/[^/]+\/(?:[a-z]+\/)?v[0-9][^/]*\/)?projects\/([^/]+)(\/|$)/;
/** A project of a domain is written `example.com:shop-prod`. */
const GOOGLE_PROJECT = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const GOOGLE_PLACE = /\/(?:regions|zones|locations)\/([^/]+)/;
const GOOGLE_REGION = /^([a-z]+-[a-z]+[0-9]+)(?:-[a-z])?$/;
const AWS_REGION = /^[a-z]{2}(?:-[a-z]+)+-[0-9]$/;
const AWS_ZONE = /^([a-z]{2}(?:-[a-z]+)+-[0-9])(?:[a-z]|-[a-z0-9-]+)$/;
const AWS_ACCOUNT = /^[0-9]{12}$/;
const ACCOUNT_ATTRIBUTE =
  /^(project|project_id|owner_id|subscription_id|zone_id|org_id|(aws_|owner_|source_)?account_id)$/;

/** Types that name an account because they bind it to something: it is another party's. */
const BINDING = /member|invit|accepter|admin|association|attachment|assignment|permission|shar(e|ing)|grant/;

function idsOf(change: Change, values: Json): readonly string[] {
  const physical = change.before === values ? change.physicalId : null;
  const ids = [text(values, 'arn'), text(values, 'id'), text(values, 'self_link'), physical];
  return ids.filter((id) => id !== null);
}

function first(ids: readonly string[], read: (id: string) => string | null): string | null {
  for (const id of ids) {
    const found = read(id);
    if (found !== null) return found;
  }
  return null;
}

function accountOfId(id: string): string | null {
  const arn = ARN.exec(id)?.[2];
  if (arn !== undefined) return AWS_ACCOUNT.test(arn) ? arn : null;
  return SUBSCRIPTION.exec(id)?.[1]?.toLowerCase() ?? GOOGLE.exec(id)?.[1] ?? null;
}

function regionOfId(id: string): string | null {
  const arn = ARN.exec(id)?.[1];
  if (arn !== undefined) return AWS_REGION.test(arn) ? arn : null;
  const place = GOOGLE.test(id) ? GOOGLE_PLACE.exec(id)?.[1] : undefined;
  return place === undefined ? null : regionOfPlace(place);
}

function accountOfValues(type: string, values: Json): string | null {
  if (type.startsWith('google_')) return matching(GOOGLE_PROJECT, text(values, 'project'));
  if (type.startsWith('azurerm_')) return text(values, 'subscription_id')?.toLowerCase() ?? null;
  if (type.startsWith('cloudflare_')) return text(values, 'account_id');
  if (type.startsWith('mongodbatlas_')) return text(values, 'project_id');
  if (!type.startsWith('aws_') || BINDING.test(type)) return null;
  return matching(AWS_ACCOUNT, text(values, 'owner_id') ?? text(values, 'account_id'));
}

const matching = (pattern: RegExp, value: string | null): string | null =>
  value !== null && pattern.test(value) ? value : null;

function regionOfValues(values: Json): string | null {
  const zone = at(values, ['availability_zone']) ?? at(values, ['availability_zones', 0]);
  const place =
    text(values, 'region') ??
    (typeof zone === 'string' ? zone : null) ??
    text(values, 'zone') ??
    text(values, 'location');
  return place === null || place === '' ? null : regionOfPlace(place);
}

/** A zone becomes its region; `West Europe` and `westeurope` are one; a multi-region such as `EU` is kept, in lower case. */
function regionOfPlace(place: string): string {
  const zone = AWS_ZONE.exec(place)?.[1] ?? GOOGLE_REGION.exec(place)?.[1];
  return zone ?? place.replaceAll(' ', '').toLowerCase();
}
