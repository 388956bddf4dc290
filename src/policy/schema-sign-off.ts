import * as v from 'valibot';
import { line, section } from './schema-parts.ts';

const presence = (description: string) =>
  v.pipe(
    v.picklist(['none', 'touch', 'verified']),
    v.description(`${description} A touch of the security key, or also its PIN. Default none.`),
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
            teams: v.optional(
              v.pipe(
                v.number(),
                v.integer('is not a whole number'),
                v.minValue(1, 'is less than 1'),
                v.maxValue(20, 'is more than 20'),
                v.description('From how many different teams they must be. Default: teams do not matter.'),
              ),
            ),
            presence: v.optional(presence('What each of these signatures must prove.')),
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

const required = (description: string) =>
  section(
    {
      critical: v.optional(requirements('critical')),
      high: v.optional(requirements('high')),
      medium: v.optional(requirements('medium')),
      low: v.optional(requirements('low')),
    },
    description,
  );

const some = (one: string, description: string) =>
  v.pipe(v.array(line(one)), v.minLength(1, 'is an empty list'), v.description(description));

export const signOffSchema = section(
  {
    maxHours: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0.25, 'is less than a quarter of an hour'),
        v.maxValue(168, 'is more than the 168 hours of a week'),
        v.description('The longest that a sign-off is valid, in hours. Default 24.'),
      ),
    ),
    presence: v.optional(presence('What every signature must prove.')),
    hardware: v.optional(
      v.pipe(
        v.picklist(['preferred', 'required']),
        v.description(
          'Whether only keys may sign whose hardware check-plan enrol has found attested. Default preferred: others are told apart.',
        ),
      ),
    ),
    selfSignOff: v.optional(
      section(
        {
          waitHours: v.pipe(
            v.number(),
            v.minValue(1, 'is less than an hour'),
            v.maxValue(168, 'is more than the 168 hours of a week'),
            v.description('How long such a sign-off must wait before it counts, in hours.'),
          ),
        },
        'Lets a person sign a change of their own where nobody else could, after a waiting time. Without it nobody can.',
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
    store: v.optional(
      line(
        'Where the records are, for everybody: a folder, git:refs/check-plan/sign-offs or s3://bucket/prefix. Default: what --store says, else .check-plan/sign-offs.',
      ),
    ),
    singleUse: v.optional(
      v.pipe(
        v.boolean(),
        v.description('True: check-plan apply uses up the sign-offs that permit it. Default false.'),
      ),
    ),
    breakGlass: v.optional(
      section(
        {
          persons: v.pipe(
            v.number(),
            v.integer('is not a whole number'),
            v.minValue(1, 'is less than 1'),
            v.maxValue(5, 'is more than 5'),
            v.description('How many persons must break it together.'),
          ),
          level: line('The lowest level that may, one of roster.levels.'),
          maxHours: v.optional(
            v.pipe(
              v.number(),
              v.minValue(0.25, 'is less than a quarter of an hour'),
              v.maxValue(24, 'is more than the 24 hours of a day'),
              v.description('How long such a record is valid at most, in hours. Default 4.'),
            ),
          ),
          reviewHours: v.optional(
            v.pipe(
              v.number(),
              v.minValue(1, 'is less than an hour'),
              v.maxValue(720, 'is more than the 720 hours of a month'),
              v.description('Until when another person must have reviewed it, in hours. Default 72.'),
            ),
          ),
        },
        'Who may let a destruction through in an emergency, also their own change. Without it nobody can.',
      ),
    ),
    required: v.optional(required('What is asked, by severity and by who wrote the change.')),
    environments: v.optional(
      v.pipe(
        v.array(
          section(
            {
              when: section(
                {
                  is: v.optional(
                    v.pipe(
                      v.array(v.picklist(['production', 'unknown'])),
                      v.minLength(1, 'is an empty list'),
                      v.description('Whether it is known to be production.'),
                    ),
                  ),
                  accounts: v.optional(
                    some('One account id, exact.', 'Accounts, from the values of the resource itself.'),
                  ),
                  workspaces: v.optional(
                    some(
                      'One workspace; * stands for any characters.',
                      'Workspaces, as the caller names them.',
                    ),
                  ),
                  names: v.optional(
                    some('One name; * stands for any characters.', 'Names given with --environment.'),
                  ),
                },
                'All that is written here must match; what is not known matches nothing.',
              ),
              required: required('What is asked there; what is not written is as in signOff.required.'),
            },
            'What is asked in one environment.',
          ),
        ),
        v.description(
          'Other requirements for some environments. The first that matches holds; where none does, signOff.required.',
        ),
      ),
    ),
  },
  'What a sign-off must be.',
);
