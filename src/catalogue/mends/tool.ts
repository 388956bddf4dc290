/** `terraform 1.11.4` in its parts; the version is null where the document does not tell it. */
export function versionOf(tool: string): {
  readonly name: 'terraform' | 'opentofu';
  readonly version: { readonly major: number; readonly minor: number } | null;
} {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(tool) ?? [];
  return {
    name: tool.startsWith('opentofu') ? 'opentofu' : 'terraform',
    version: major === undefined ? null : { major: Number(major), minor: Number(minor) },
  };
}

/** The program to type. */
export const commandOf = (tool: string): string =>
  versionOf(tool).name === 'opentofu' ? 'tofu' : 'terraform';
