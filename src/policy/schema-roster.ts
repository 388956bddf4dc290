import * as v from 'valibot';
import { line, moment, section } from './schema-parts.ts';

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
          hardware: v.optional(
            section(
              {
                aaguid: v.pipe(
                  v.string(),
                  v.regex(
                    /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
                    'is not an AAGUID like 2fc0579f-8113-47ea-b116-bb5a8db9202a',
                  ),
                  v.description('The model of the security key, as its maker attests it.'),
                ),
                checked: moment('When the attestation was checked.'),
              },
              'What check-plan enrol found in the attestation of the security key.',
            ),
          ),
        },
        'A key with limits.',
      ),
    ],
    'is neither a public key nor a mapping with one',
  ),
  v.description('A key that the person signs with.'),
);

export const personSchema = section(
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
        v.array(v.pipe(v.string(), v.regex(/^[^\s@*]+@[^\s@*]+$/, 'is not a mail address'))),
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
    teams: v.optional(
      v.pipe(
        v.array(line('One team.')),
        v.description('Teams of the person, for rules that ask for several.'),
      ),
    ),
  },
  'One person who may sign, with all keys, addresses and accounts of theirs.',
);
