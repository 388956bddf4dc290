import type { AttributeCause } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import type { MendRow, MendSubject } from '../mend.ts';
import { plainAddress } from '../plain-address.ts';
import { movedBlock } from '../rename.ts';
import { assignments, isName, lifecycle, literal, plainResource, resourceBlock, shellQuoted } from './hcl.ts';
import { commandOf, versionOf } from './tool.ts';

const TERRAFORM = ['terraform'] as const;
const REMOVED = { terraform: '1.7', opentofu: '1.7' } as const;

/** What can be written or run instead, for Terraform and OpenTofu; the mildest first. */
export const TERRAFORM_MENDS: readonly MendRow[] = [
  {
    id: 'moved',
    when: {
      kind: TERRAFORM,
      effect: ['delete'],
      renamed: true,
      since: { terraform: '1.1', opentofu: '1.6' },
    },
    language: 'hcl',
    says: () =>
      'It looks renamed or moved. This says so, and then nothing is destroyed; plan again, and see.',
    code: ({ rename }) => (rename === null ? null : movedBlock(rename)),
  },
  {
    id: 'as-before',
    when: { kind: TERRAFORM, effect: ['replace'], because: ['attribute'] },
    language: 'hcl',
    says: () =>
      'Leave what forces the replacement as it is now. Another one can be made beside it, and this one be removed later.',
    code: ({ change }) => block(change, settings(attributesOf(change))),
  },
  {
    id: 'protection-as-before',
    when: { kind: TERRAFORM, effect: ['update'] },
    language: 'hcl',
    says: () => 'Leave the protection on.',
    code: ({ change }) => block(change, settings(change.disarmed)),
  },
  {
    id: 'ignore-changes',
    when: { kind: TERRAFORM, effect: ['replace'], because: ['attribute'] },
    language: 'hcl',
    says: () =>
      'If the difference came from outside of the code and may stay, let Terraform look past it. It will look past every later change of these attributes too.',
    code: ({ change }) => {
      const names = [...new Set(attributesOf(change).map(({ path }) => String(path[0])))];
      if (names.length === 0 || !names.every(isName)) return null;
      return block(change, lifecycle(`ignore_changes = [${names.join(', ')}]`));
    },
  },
  {
    id: 'untaint',
    when: { kind: TERRAFORM, effect: ['replace'], because: ['tainted'] },
    language: 'shell',
    says: () => 'Look at the object. If it is whole, take the mark away: then it is not replaced.',
    code: ({ change, set }) => command(set.tool, 'untaint', change),
  },
  {
    id: 'no-request',
    when: { kind: TERRAFORM, effect: ['replace'], because: ['requested'] },
    language: 'shell',
    says: () => 'Its replacement was asked for on the command line. Plan without that.',
    code: ({ set }) => `${commandOf(set.tool)} plan -out tfplan`,
  },
  {
    id: 'no-destroy',
    when: { kind: TERRAFORM, effect: ['delete'], because: ['unsaid'] },
    language: 'shell',
    says: () =>
      'No reason is given, as in a plan made with -destroy, which takes everything away that it is not told to spare. Plan without it.',
    code: ({ set }) => `${commandOf(set.tool)} plan -out tfplan`,
  },
  {
    id: 'no-trigger',
    when: { kind: TERRAFORM, effect: ['replace'], because: ['triggered'] },
    language: 'none',
    says: () =>
      'It is replaced because something in its replace_triggered_by changes. Take that out of the list, or let it not change.',
    code: () => null,
  },
  {
    id: 'create-before-destroy',
    when: {
      kind: TERRAFORM,
      effect: ['replace'],
      order: ['delete-first'],
      holds: ['traffic', 'compute', 'identity', 'control'],
    },
    language: 'hcl',
    says: () =>
      'Have the new one made before the old one goes. It needs a name that may exist twice: name_prefix, or no fixed name.',
    code: ({ change }) => block(change, lifecycle('create_before_destroy = true')),
  },
  {
    id: 'final-snapshot',
    when: {
      kind: TERRAFORM,
      effect: ['delete', 'replace'],
      fate: ['destroyed', 'unknown'],
      types: [
        'aws_db_instance',
        'aws_rds_cluster',
        'aws_docdb_cluster',
        'aws_neptune_cluster',
        'aws_redshift_cluster',
      ],
    },
    language: 'hcl',
    says: ({ change }) =>
      `In an apply of its own, before this one${change.effect === 'delete' ? ' and with the block still there' : ''}: have a final snapshot taken. The provider goes by the state, so in the same apply it comes too late.`,
    code: ({ change }) =>
      block(
        change,
        assignments([
          ['skip_final_snapshot', 'false'],
          [
            'final_snapshot_identifier',
            `"${change.type === 'aws_redshift_cluster' ? 'cluster' : 'database'}-before-destruction"`,
          ],
        ]),
      ),
  },
  {
    id: 'removed',
    when: { kind: TERRAFORM, effect: ['delete'], because: ['removed'], renamed: false, since: REMOVED },
    language: 'hcl',
    says: () =>
      'If it must live on without this code, put this where its block was: it is forgotten, and not destroyed.',
    code: removedBlock,
  },
  {
    id: 'state-rm',
    when: { kind: TERRAFORM, effect: ['delete'], because: ['instance'] },
    language: 'shell',
    says: () =>
      'If this one must live on, take it out of the state before the apply: it goes on existing, and nothing manages it.',
    code: ({ change, set }) => command(set.tool, 'state rm', change),
  },
  {
    id: 'import',
    when: { kind: TERRAFORM, effect: ['forget'], since: { terraform: '1.5', opentofu: '1.6' } },
    language: 'hcl',
    says: () =>
      'It goes on existing. This takes it back under management later; some types are imported by another id than this.',
    code: ({ change }) => {
      const to = plainAddress(change.address);
      const id = change.physicalId;
      if (to === null || id === null || id.startsWith('arn:') || !/^[\w./:@+=,-]+$/.test(id)) return null;
      return [
        'import {',
        ...assignments([
          ['to', to],
          ['id', `"${id}"`],
        ]).map((line) => `  ${line}`),
        '}',
      ].join('\n');
    },
  },
  {
    id: 'two-applies',
    when: { kind: TERRAFORM, effect: ['delete', 'replace'] },
    language: 'hcl',
    says: () =>
      'If it must really go: it is guarded, and the apply would fail. First switch the guard off in an apply of its own, which is signed for itself, then destroy.',
    code: ({ change }) => block(change, settings(guards(change))),
  },
  {
    id: 'prevent-destroy',
    when: { kind: TERRAFORM, effect: ['replace'], holds: ['data', 'identity'] },
    language: 'hcl',
    says: () => 'So that this cannot be planned again while the block stands.',
    code: ({ change }) => block(change, lifecycle('prevent_destroy = true')),
  },
];

const block = (change: JudgedChange, lines: readonly string[] | null): string | null =>
  lines === null || lines.length === 0 ? null : resourceBlock(change, lines);

const attributesOf = ({ causes }: JudgedChange): readonly AttributeCause[] =>
  causes.filter((cause) => cause.kind === 'attribute');

/** What stood there before, where all of it can be shown and stands at the top of the block. */
function settings(values: readonly Pick<AttributeCause, 'path' | 'before'>[]): string[] | null {
  const pairs = values.map(({ path: [name, ...deeper], before }) => {
    const value = literal(before);
    return typeof name === 'string' && isName(name) && deeper.length === 0 && value !== null
      ? ([name, value] as const)
      : null;
  });
  const known = pairs.filter((pair) => pair !== null);
  return known.length === pairs.length && known.length > 0 ? assignments(known) : null;
}

/** Guards that are on, as settings that switch them off. */
const guards = ({ standing }: JudgedChange): Pick<AttributeCause, 'path' | 'before'>[] =>
  standing.flatMap((says) => {
    const [, name, is] = /^(\w+) is (true|ACTIVE)\b(?!.*\bbut\b)/.exec(says) ?? [];
    if (name === undefined) return [];
    const off = is === 'true' ? 'false' : '"INACTIVE"';
    return [{ path: [name], before: { exact: off, visibility: 'shown' } }];
  });

function removedBlock({ change, set }: MendSubject): string | null {
  const from = plainResource(change.address);
  if (from === null) return null;
  const { name, version } = versionOf(set.tool);
  const knowsLifecycle =
    name === 'terraform' || (version !== null && (version.major > 1 || version.minor >= 10));
  const body = knowsLifecycle ? ['', ...lifecycle('destroy = false')] : [];
  return [
    'removed {',
    ...[`from = ${from}`, ...body].map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
  ].join('\n');
}

const command = (tool: string, verb: string, { address }: JudgedChange): string | null =>
  /[\p{C}]/u.test(address) ? null : `${commandOf(tool)} ${verb} ${shellQuoted(address)}`;
