// What the module exports; the rest of each file is for the others. AssemblyScript, not TypeScript.
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
export { FOUND, MOST, ROLES, run } from './run';
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
export { skip, WINDOW, WINDOW_SIZE } from './skip';
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
export { PLACES, ROW_SIZE, ROWS, TABLE, walk } from './walk';
