import { createHmac, scryptSync } from 'node:crypto';

/** A value that must not be shown, and where it stands. */
export interface Hidden {
  readonly at: readonly unknown[];
  readonly exact: string;
}

/**
 * The line that binds every value which is not shown, or null where there is none. The text of a sign-off is read by many,
 * and a plain hash of a short secret can be guessed at billions a second. So there is one line for all the values, salted
 * with all that is shown: whoever guesses must guess all of them at once, for this one destruction, and each guess costs
 * as much memory and time as this call. With a key of the organisation nobody without it can guess at all.
 */
export function hiddenLine(values: readonly Hidden[], shownText: string, key: string | null): string | null {
  if (values.length === 0) return null;
  const secret = values
    .map(({ at, exact }) => JSON.stringify([at, exact]))
    .sort()
    .join('\n');
  const commitment =
    key === null
      ? ['scrypt', scryptSync(secret, shownText, 32, COST).toString('hex')]
      : ['hmac', createHmac('sha256', key).update(`${shownText}${secret}`).digest('hex')];
  return ['hidden', values.length, ...commitment.map((word) => JSON.stringify(word))].join(' ');
}

/** 16 MiB, and about a tenth of a second. */
const COST = { N: 2 ** 14, r: 8, p: 3 };
