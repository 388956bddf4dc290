import * as v from 'valibot';

/**
 * An object of exactly these keys; its message lists them, for shape.ts. A list is no object here, though JavaScript
 * says it is.
 */
const section = <Entries extends v.ObjectEntries>(entries: Entries, description: string) =>
  v.pipe(
    v.unknown(),
    v.check(isMapping, 'is not a mapping of keys to values'),
    v.strictObject(entries, Object.keys(entries).join(', ')),
    v.description(description),
  );

const isMapping = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const line = (description: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\S(?:[^\n\r]*\S)?$/, 'is empty, or has white space around it'),
    v.description(description),
  );

const lines = (one: string, description: string) => v.pipe(v.array(line(one)), v.description(description));

const matchers = (which: string, description: string) =>
  section(
    {
      accounts: v.optional(
        lines(
          'One account id, exact. Write AWS accounts in quotes: "012345678901".',
          `AWS accounts, GCP projects, Azure subscriptions and the like that are ${which}.`,
        ),
      ),
      workspaces: v.optional(
        lines('One workspace; * stands for any characters.', `Terraform workspaces that are ${which}.`),
      ),
      addresses: v.optional(
        lines(
          'One address, such as module.shop.*; * stands for any characters.',
          `Addresses of resources that are ${which}.`,
        ),
      ),
      tags: v.optional(
        v.pipe(
          v.unknown(),
          v.check(isMapping, 'is not a mapping of tag keys to lists of values'),
          v.record(
            line('A tag key, compared without case, - and _.'),
            lines('One value; * stands for any characters.', 'Values of this tag.'),
          ),
          v.description(`Tags or labels, key to list of values, that mean ${which}.`),
        ),
      ),
    },
    description,
  );

const moment = (description: string) =>
  v.pipe(
    v.string(),
    v.regex(
      /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/,
      'is neither a date like 2026-12-31 nor a time with its zone like 2026-12-31T18:00:00Z',
    ),
    v.description(`${description} A date means its first moment in UTC.`),
  );

const publicKey = line('An OpenSSH public key: ssh-ed25519 AAAA… or sk-ssh-ed25519@openssh.com AAAA…');

const rosterKey = v.pipe(
  v.union(
    [
      publicKey,
      section(
        {
          key: publicKey,
          validAfter: v.optional(moment('Signatures count from then on.')),
          validBefore: v.optional(moment('Signatures count until then.')),
          revoked: v.optional(
            v.pipe(v.boolean(), v.description('True: no signature of this key counts any more.')),
          ),
        },
        'A key with limits.',
      ),
    ],
    'is neither a public key nor a mapping with one',
  ),
  v.description('A key that the person signs with.'),
);

const person = section(
  {
    id: v.pipe(
      v.string(),
      v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'is not an id of a-z, 0-9, ".", "_" and "-", 64 at most'),
      v.description('The name of the person in records.'),
    ),
    level: line('One of roster.levels.'),
    keys: v.optional(v.pipe(v.array(rosterKey), v.description('Keys that the person signs with.'))),
    emails: v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.regex(/^[^\s@]+@[^\s@]+$/, 'is not a mail address'))),
        v.description('Mail addresses of the person in git, so that nobody approves a change of their own.'),
      ),
    ),
    accounts: v.optional(
      v.pipe(
        v.array(
          v.pipe(
            v.string(),
            v.regex(
              /^(?:github:[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?|github-id:[0-9]+|gitlab:[A-Za-z0-9_][A-Za-z0-9_.-]*)$/,
              'is not an account like github:alice, github-id:1234 or gitlab:alice',
            ),
          ),
        ),
        v.description('Accounts of the person where code is reviewed, such as github:alice.'),
      ),
    ),
  },
  'One person who may sign, with all keys, addresses and accounts of theirs.',
);

const requirement = (who: string) =>
  v.pipe(
    v.union(
      [
        v.picklist(['none', 'blocked']),
        section(
          {
            persons: v.pipe(
              v.number(),
              v.integer('is not a whole number'),
              v.minValue(1, 'is less than 1'),
              v.maxValue(20, 'is more than 20'),
              v.description('How many different persons must sign.'),
            ),
            level: line('The lowest level that may sign, one of roster.levels.'),
          },
          'Who must sign.',
        ),
      ],
      'is neither none nor blocked nor a mapping of persons and level',
    ),
    v.description(`What is asked of a change ${who}: none, blocked, or who must sign.`),
  );

const requirements = (severity: string) =>
  section(
    {
      ai: v.optional(requirement('that an AI wrote')),
      unknown: v.optional(requirement('whose author is not known')),
      declaredHuman: v.optional(requirement('that a person has declared as their own')),
    },
    `What findings of severity ${severity} on production ask for.`,
  );

const signOff = section(
  {
    maxHours: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0.25, 'is less than a quarter of an hour'),
        v.maxValue(168, 'is more than the 168 hours of a week'),
        v.description('The longest that a sign-off is valid, in hours. Default 24.'),
      ),
    ),
    presence: v.optional(
      v.pipe(
        v.picklist(['none', 'touch', 'verified']),
        v.description(
          'What a signature must prove: a touch of the security key, or also its PIN. Default none.',
        ),
      ),
    ),
    binding: v.optional(
      v.pipe(
        v.picklist(['destruction', 'plan-file']),
        v.description(
          'What a sign-off holds for: exactly this destruction, or only these bytes. Default destruction.',
        ),
      ),
    ),
    required: v.optional(
      section(
        {
          critical: v.optional(requirements('critical')),
          high: v.optional(requirements('high')),
          medium: v.optional(requirements('medium')),
          low: v.optional(requirements('low')),
        },
        'What is asked, by severity and by who wrote the change.',
      ),
    ),
  },
  'What a sign-off must be.',
);

const override = section(
  {
    severity: v.pipe(
      v.picklist(['critical', 'high', 'medium', 'low', 'off']),
      v.description('The severity instead of the one of the catalogue; off takes the rule out.'),
    ),
    reason: v.pipe(
      v.string(),
      v.regex(/\S[\s\S]{8,}\S/, 'is shorter than 10 characters'),
      v.description('Why, for those who read the report: at least 10 characters.'),
    ),
    expires: moment('From then on the override no longer counts.'),
  },
  'Another severity for a rule, with a reason and an end.',
);

/** The shape of `check-plan.yaml`, version 1. What must hold between its parts is checked by parse.ts. */
export const policySchema = v.pipe(
  section(
    {
      version: v.pipe(v.literal(1), v.description('The version of this format: 1.')),
      production: v.optional(
        matchers('production', 'What counts as production, besides what tags and names say.'),
      ),
      nonProduction: v.optional(
        matchers('not production', 'What does not count as production. Evidence for production still wins.'),
      ),
      roster: v.optional(
        section(
          {
            levels: v.optional(
              v.pipe(
                v.array(line('One level.')),
                v.minLength(1, 'has no level'),
                v.description('Levels of seniority, lowest first. Default junior, mid, senior, principal.'),
              ),
            ),
            persons: v.optional(v.pipe(v.array(person), v.description('Who may sign.'))),
          },
          'Who may sign, and at which level.',
        ),
      ),
      signOff: v.optional(signOff),
      rules: v.optional(
        v.pipe(
          v.unknown(),
          v.check(isMapping, 'is not a mapping of rule ids to overrides'),
          v.record(v.pipe(v.string(), v.regex(/^CP\d{3}$/, 'is not a rule id like CP001')), override),
          v.description('Overrides of rules, by rule id.'),
        ),
      ),
    },
    'Which infrastructure is production, who may sign off its destruction, and when they must.',
  ),
  v.title('check-plan policy'),
);

export type PolicyFile = v.InferOutput<typeof policySchema>;
