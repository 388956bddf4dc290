import { parseTable, type ReadTable } from './table.ts';

/**
 * The first columns of a table that has one row for the same thing in both tools, instead of a column `type`. A cell
 * holds no type, one, or several with a blank between. `AWS::S3::Bucket#VersioningConfiguration` is no type, but the
 * property that the thing is in CloudFormation: for the reader, and nothing is looked up by it.
 */
const TOOLS = ['terraform', 'cloudformation'] as const;

/** How many columns of a table name types. */
export const typeColumns = (text: string): number =>
  text.startsWith(`${TOOLS.join('\t')}\t`) ? TOOLS.length : 1;

/**
 * The rows of a table, one for each type that a row is for. `differing` are the columns that both tools may fill apart:
 * beside each stands one more, `cfn_…`, which is blank where CloudFormation has what Terraform has, or has it alone.
 */
export function rowsByType<Column extends string>(
  read: ReadTable,
  name: string,
  columns: readonly Column[],
  differing: readonly Column[],
): readonly Readonly<Record<Column | 'type', string>>[] {
  const text = read(name);
  if (typeColumns(text) === 1) return parseTable(() => text, name, ['type', ...columns]);
  const beside = columns.flatMap((column) =>
    differing.includes(column) ? [column, besideOf(column)] : [column],
  );
  return parseTable<string>(() => text, name, [...TOOLS, ...beside]).flatMap((row) => {
    const of = (tool: string, cell: (column: Column) => string | undefined) =>
      typesIn(row[tool] ?? '').map((type) => {
        const cells = columns.map((column) => [column, cell(column) ?? ''] as const);
        return { ...(Object.fromEntries(cells) as Record<Column, string>), type };
      });
    const [terraform, cloudformation] = TOOLS;
    return [
      ...of(terraform, (column) => row[column]),
      ...of(cloudformation, (column) => row[besideOf(column)] || row[column]),
    ];
  });
}

const besideOf = (column: string): string => `cfn_${column}`;

const typesIn = (cell: string): readonly string[] =>
  cell.split(' ').filter((type) => type !== '' && !type.includes('#'));
