/** Seconds, bytes and ratios as the table and the plot write them, with three figures. */
export const seconds = (value) => (value < 1 ? `${figures(value * 1000)} ms` : `${figures(value)} s`);

export function bytes(value) {
  const [unit, name] = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'KB'],
  ].find(([least]) => value >= least) ?? [1, 'B'];
  return `${figures(value / unit)} ${name}`;
}

/** Below one as a fraction of one: 0.04 is 1/25. */
export const ratio = (value) => (value < 1 ? `1/${figures(1 / value)}` : figures(value));

export const share = (value) => `${figures(value * 100)} %`;

const figures = (value) => `${Number(value.toPrecision(3))}`;
