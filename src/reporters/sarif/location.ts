import type { Objection } from '../objection.ts';
import { placeOf } from '../place.ts';
import { visible } from '../visible.ts';

/**
 * Where a finding is: the resource by its address, and the code that it comes from or else the input. GitHub shows
 * nothing that has no file.
 */
export function sarifLocation(objection: Objection): unknown {
  const { set, address, change } = objection;
  const place = placeOf(objection);
  const region =
    place === null
      ? { startLine: 1 }
      : { startLine: place.line, ...(place.column === null ? {} : { startColumn: place.column }) };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place?.file ?? set.source) }, region },
    logicalLocations: [
      address === null
        ? { fullyQualifiedName: set.source, kind: 'changeSet' }
        : { fullyQualifiedName: address, kind: 'resource' },
      ...(change?.construct ? [{ fullyQualifiedName: change.construct.path, kind: 'construct' }] : []),
    ],
  };
}

/** A path as a reference of its own: no part of it may be taken for a scheme, a host, a query or a fragment. */
function uriOf(file: string): string {
  const path = file
    .split(/[\\/]/)
    .filter((part) => part !== '.' && part !== '')
    .map((part) => encodeURIComponent(visible(part)))
    .join('/');
  if (path === '') return 'input';
  return file.startsWith('/') ? `file:///${path}` : path;
}
