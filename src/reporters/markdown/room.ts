/** How much of each thing there is room for. */
export interface Room {
  /** Rows of a table of changes. */
  readonly rows: number;
  /** Changes with all their evidence. */
  readonly evidence: number;
  /** Entries of any other list, change sets among them. */
  readonly entries: number;
  /** Characters of one text. */
  readonly longest: number;
}

/** What is given up first stands first: evidence, then rows, then all else. The last always fits. */
export const ROOMS: readonly Room[] = [
  { rows: 100, evidence: 40, entries: 40, longest: 600 },
  { rows: 100, evidence: 15, entries: 40, longest: 600 },
  { rows: 100, evidence: 5, entries: 25, longest: 300 },
  { rows: 60, evidence: 0, entries: 15, longest: 200 },
  { rows: 25, evidence: 0, entries: 10, longest: 150 },
  { rows: 5, evidence: 0, entries: 4, longest: 100 },
];
