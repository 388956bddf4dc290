import { isArray, isObject, type Json, type Path } from '../model/json.ts';
import { dottedOf } from './path.ts';
import { aText, invalid, parseTable, type ReadTable } from './table.ts';

const COLUMNS = ['type', 'path'] as const;
/** A longer text is no name or size, whatever its attribute is called. */
const LONGEST = 200;

/** Whether the value of an attribute may be printed: its very path is listed, and it is short and plain. */
export function parseShown(read: ReadTable): (type: string, path: Path, value: Json) => boolean {
  const name = 'shown.tsv';
  const listed = new Set<string>();
  for (const row of parseTable(read, name, COLUMNS)) {
    const key = `${aText(row.type, name)} ${aText(row.path, name)}`;
    if (listed.has(key)) throw invalid(name, `${key} stands there twice`);
    listed.add(key);
  }
  return (type, path, value) => {
    const dotted = dottedOf(path);
    return (listed.has(`* ${dotted}`) || listed.has(`${type} ${dotted}`)) && isPlain(value);
  };
}

function isPlain(value: Json): boolean {
  if (isObject(value)) return false;
  if (isArray(value)) return value.length <= 20 && value.every((one) => !isArray(one) && isPlain(one));
  return typeof value === 'string' ? value.length <= LONGEST : true;
}
