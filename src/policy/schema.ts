import * as v from 'valibot';
import { isMapping, line, lines, moment, section } from './schema-parts.ts';
import { personSchema } from './schema-roster.ts';
import { signOffSchema } from './schema-sign-off.ts';

/** Names of folders from the one that the policy is in: none that leads out of it. */
const FOLDER = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/;

/** The catalogue reads what is in them, and says what is wrong there. */
const documents = (description: string) =>
  v.pipe(
    v.array(
      v.pipe(
        v.unknown(),
        v.check(isMapping, 'is not a mapping of keys to values'),
        v.record(v.string(), v.unknown()),
      ),
    ),
    v.description(description),
  );

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
            persons: v.optional(v.pipe(v.array(personSchema), v.description('Who may sign.'))),
          },
          'Who may sign, and at which level.',
        ),
      ),
      signOff: v.optional(signOffSchema),
      rules: v.optional(
        v.pipe(
          v.unknown(),
          v.check(isMapping, 'is not a mapping of rule ids to overrides'),
          v.record(v.pipe(v.string(), v.regex(/^CP\d{3}$/, 'is not a rule id like CP001')), override),
          v.description('Overrides of rules, by rule id.'),
        ),
      ),
      own: v.optional(
        section(
          {
            rules: v.optional(
              documents('Rules of your own, in the form of the shipped ones, with conditions in CEL.'),
            ),
            types: v.optional(documents('Rows for resource types: type, holds, severity, why.')),
            protections: v.optional(
              documents('Rows for attributes that protect: type, path, kind, safe, unsafe, default, read.'),
            ),
            disruptions: v.optional(
              documents('Rows for attributes whose change disturbs what runs: type, path, effect, what.'),
            ),
            folder: v.optional(
              v.pipe(
                v.string(),
                v.regex(FOLDER, 'is no plain path of a folder beside the policy, such as guard/rules'),
                v.description(
                  'A folder beside the policy with more of them: a JSON file for each rule, types.tsv, protections.tsv, disruptions.tsv.',
                ),
              ),
            ),
          },
          'What you add to the catalogue of rules and tables.',
        ),
      ),
    },
    'Which infrastructure is production, who may sign off its destruction, and when they must.',
  ),
  v.title('check-plan policy'),
);

export type PolicyFile = v.InferOutput<typeof policySchema>;
