/**
 * Compares two amounts as documents write them: numbers of any length, and durations such as `604800s`, `P30D`, `7d`.
 * Negative where a < b. Null where they are of different kinds or no amounts: then nothing may be concluded.
 */
export function compareQuantities(a: string, b: string): number | null {
  const left = quantityOf(a);
  const right = quantityOf(b);
  if (left === null || right === null || left.unit !== right.unit) return null;
  const scale = Math.max(left.scale, right.scale);
  const difference = scaled(left, scale) - scaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** digits × 10^-scale. */
interface Quantity {
  readonly digits: bigint;
  readonly scale: number;
  readonly unit: string;
}

/** A power beyond any real setting; without a bound a short text could ask for gigabytes of digits. */
const MAX_EXPONENT = 400;

const SECONDS: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3600n, d: 86_400n, w: 604_800n };
/** Months and years of ISO durations at their shortest, since only the order counts. */
const ISO_SECONDS = [31_536_000n, 2_419_200n, 604_800n, 86_400n, 3600n, 60n];

function quantityOf(text: string): Quantity | null {
  return decimalOf(text) ?? isoOf(text);
}

function decimalOf(text: string): Quantity | null {
  const match = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,4}))?\s*([a-zA-Z%]*)$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0', unit = ''] = match;
  const power = Number(exponent);
  if (Math.abs(power) > MAX_EXPONENT) return null;
  const seconds = Object.hasOwn(SECONDS, unit) ? SECONDS[unit] : undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n) * (seconds ?? 1n);
  const scale = fraction.length - power;
  const exact = scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
  return { ...exact, unit: seconds === undefined ? unit : 'seconds' };
}

function isoOf(text: string): Quantity | null {
  const match =
    /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/.exec(
      text,
    );
  if (match === null || text === 'P') return null;
  const [, ...parts] = match;
  const seconds = parts.map((part, index) => BigInt(part ?? '0') * (ISO_SECONDS[index] ?? 1n));
  return { digits: seconds.reduce((sum, part) => sum + part, 0n), scale: 0, unit: 'seconds' };
}

const scaled = ({ digits, scale }: Quantity, to: number): bigint => digits * 10n ** BigInt(to - scale);
