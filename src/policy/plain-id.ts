/** An id that the policy accepts; letters that it does not know become `-`. */
export const plainId = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64) || 'unnamed';
