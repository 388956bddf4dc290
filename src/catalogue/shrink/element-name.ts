import { isArray, isObject, type Json, type Path } from '../../model/json.ts';
import { masked } from '../../model/mask.ts';
import { isEmpty, scalarText } from '../path.ts';

/** What may be said of an element that goes: numbers, protocols and names of rules, addresses; nothing that is a secret. */
const TOLD = [
  'Sid',
  'Effect',
  'role',
  'name',
  'Name',
  'from_port',
  'to_port',
  'port',
  'protocol',
  'priority',
  'rule_no',
  'rule_number',
  'FromPort',
  'ToPort',
  'IpProtocol',
  'cidr_blocks',
  'type',
  'region',
  'region_name',
];
/** Addresses, and ids of what stands in a network. */
const PLAIN =
  /^(?:[\d.]+\/\d+|[\da-fA-F:]+\/\d+|(?:sg|subnet|vpc|eni|rtb|pl)-[\da-f]+|[a-z]{2}(?:-[a-z]+)+-?\d[a-z]?)$/;
/** A short word or number. */
const SAID = /^[\w.:/*-]{1,64}$/;

/** How an element of a list is told to people; empty where nothing of it may be. */
export function elementName(
  path: Path,
  value: Json,
  beforeSensitive: Json,
  mayShow: (path: Path, value: Json) => boolean,
): string {
  if (masked(beforeSensitive, path)) return '';
  const text = scalarText(value);
  if (text !== null) return PLAIN.test(text) || mayShow(path, value) ? text : '';
  if (!isObject(value)) return '';
  return TOLD.flatMap((name) => {
    const member = value.get(name);
    const one = isArray(member) && member.length === 1 ? member[0] : member;
    const said = isEmpty(one) || masked(beforeSensitive, [...path, name]) ? null : scalarText(one);
    return said === null || !SAID.test(said) ? [] : [`${name} ${said}`];
  }).join(', ');
}
