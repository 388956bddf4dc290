import type { Objection } from '../objection.ts';
import { visible } from '../visible.ts';

/**
 * Where a finding is: the resource by its address, and the file that it was found in. GitHub shows nothing that has no
 * file, and the input is what was looked at.
 */
export function sarifLocations({ set, address, change }: Objection): unknown {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(set.source) },
      region: { startLine: 1 },
    },
    logicalLocations: [
      address === null
        ? { fullyQualifiedName: set.source, kind: 'changeSet' }
        : {
            fullyQualifiedName: address,
            kind: 'resource',
            ...(change?.module == null ? {} : { properties: { module: change.module } }),
          },
    ],
  };
}

/** A path as a reference of its own: no part of it may be taken for a scheme, a query or a fragment. */
function uriOf(source: string): string {
  const path = source
    .split(/[\\/]/)
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .map((part) => encodeURIComponent(visible(part)))
    .join('/');
  return path === '' ? 'input' : path;
}
