/** Folders to run in, `.` where none was found. A name that a pipeline might read as anything but a name is left out. */
export function plainFolders(folders: readonly string[]): readonly string[] {
  const plain = folders.filter((folder) => /^[\w.-][\w./ -]*$/.test(folder));
  return plain.length === 0 ? ['.'] : plain;
}
