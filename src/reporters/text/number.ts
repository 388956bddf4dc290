/** `1 resource`, `3 resources`: the number with its noun. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${grouped(count)} ${count === 1 ? noun : plural}`;

/** `12,345` in every locale. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const moreText = (count: number): string =>
  `… and ${grouped(count)} more: --format json lists every one`;
