// Makes `rules/replacement/aws.tsv` from the resource specification that CDK itself goes by. Run `npm run extract`,
// and write the version into `rules/sources.tsv`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = new URL('../rules/replacement/aws.tsv', import.meta.url);

/** The whole table as text. The database takes a second and 185 MB, so nothing else loads it. */
export async function replacementTable() {
  const { loadAwsServiceSpecSync } = await import('@aws-cdk/aws-service-spec');
  const db = loadAwsServiceSpecSync();
  const rows = db
    .all('resource')
    .map((resource) => rowOf(resource, db))
    .sort((a, b) => (a < b ? -1 : 1));
  return ['type\tstateful\treplaces\tmay\tkeeps', ...rows, ''].join('\n');
}

function rowOf(resource, db) {
  const replaces = new Set();
  const may = new Set();
  const keeps = new Set();
  for (const [name, property] of Object.entries(resource.properties)) {
    if (property.causesReplacement === 'yes') replaces.add(name);
    else if (property.causesReplacement === 'maybe') may.add(name);
    else {
      keeps.add(name);
      for (const type of typesOf(property)) inside(type, [name], [], { db, replaces, may });
    }
  }
  for (const path of resource.additionalReplacementProperties ?? [])
    if (!replaces.has(path[0])) replaces.add(path.join('.'));
  const words = (set) => [...set].sort().join(' ');
  return [
    resource.cloudFormationType,
    resource.isStateful === true ? 'yes' : 'no',
    words(replaces),
    words(may),
    words(keeps),
  ].join('\t');
}

/** Properties of property types that replace although the property they stand in does not. `*` is any key or index. */
function inside(type, path, seen, found) {
  if (type.type === 'array' || type.type === 'map') inside(type.element, [...path, '*'], seen, found);
  else if (type.type === 'union') for (const one of type.types) inside(one, path, seen, found);
  else if (type.type === 'ref') {
    const { $ref } = type.reference;
    // A type that holds itself says nothing new deeper down.
    if (seen.includes($ref)) return;
    const definition = found.db.get('typeDefinition', $ref);
    for (const [name, property] of Object.entries(definition.properties)) {
      const here = [...path, name];
      if (property.causesReplacement === 'yes') found.replaces.add(here.join('.'));
      else if (property.causesReplacement === 'maybe') found.may.add(here.join('.'));
      else for (const one of typesOf(property)) inside(one, here, [...seen, $ref], found);
    }
  }
}

const typesOf = (property) => [property.type, ...(property.previousTypes ?? [])];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = (() => {
    try {
      return readFileSync(FILE, 'utf8');
    } catch {
      return '';
    }
  })();
  const table = await replacementTable();
  writeFileSync(FILE, table);
  process.stdout.write(before === table ? 'unchanged\n' : `written: ${table.length} characters\n`);
}
