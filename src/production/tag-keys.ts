export interface TagKey {
  readonly strength: 'strong' | 'medium' | 'weak';
  /** Keys that rate how much is at stake: a low rating does not make a thing a test. */
  readonly raisesOnly: boolean;
}

/** How much the value of a tag with this key tells of the environment; null where it is no environment key. */
export function tagKey(key: string): TagKey | null {
  return TAG_KEYS.get(plainKey(key)) ?? null;
}

/** A key as it compares: lower case, without `-`, `_`, `.`, `:`, `/` and spaces. */
export const plainKey = (key: string): string => key.toLowerCase().replace(/[-_.:/\s]/g, '');

const rows = (strength: TagKey['strength'], raisesOnly: boolean, keys: string): [string, TagKey][] =>
  keys.split(' ').map((key) => [plainKey(key), { strength, raisesOnly }]);

/** From the tagging guides of AWS, Azure, Datadog and Kubernetes, and from what public configurations use. */
const TAG_KEYS: ReadonlyMap<string, TagKey> = new Map([
  ...rows(
    'strong',
    false,
    'environment env stage environment-name env-name environment-type deployment-env deployment-environment app-env ' +
      'tags.datadoghq.com/env',
  ),
  ...rows(
    'medium',
    false,
    'environment-id sdlc landscape account-type workspace elasticbeanstalk:environment-name aws:cloudformation:stack-name',
  ),
  ...rows('strong', true, 'criticality business-criticality business-impact'),
  ...rows(
    'medium',
    true,
    'ops-commitment disaster-recovery dr sla data-classification confidentiality compliance',
  ),
  ...rows(
    'weak',
    false,
    'tier lifecycle account phase space profile aws:autoscaling:groupname app.kubernetes.io/instance name',
  ),
]);

/** `criticality: high` means production. */
export const HIGH_RATING = 'high';
