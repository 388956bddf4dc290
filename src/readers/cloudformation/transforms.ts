import type { Surroundings } from './surroundings.ts';

/** Templates whose transforms AWS has not carried out: what those add, no template shows. */
export function transformNotes({ stacks, next }: Surroundings): readonly string[] {
  const texts = [
    ...[...stacks.values()].map(({ name, policies }) => ({ of: `the template of ${name}`, policies })),
    ...[...next].map(([id, policies]) => ({ of: `the template of ${id}`, policies })),
  ];
  return texts.flatMap(({ of, policies }) =>
    policies === null || policies.transforms.length === 0
      ? []
      : [
          `${of} has ${policies.transforms.join(' and ')} that AWS has not carried out: the policies of what they add are not seen`,
        ],
  );
}
