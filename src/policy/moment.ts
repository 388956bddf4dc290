/**
 * Milliseconds since 1970 of a date (its first moment in UTC) or an RFC 3339 time with its zone; null where the day or
 * the hour does not exist.
 */
export function momentOf(text: string): number | null {
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  const moment = text.length === 10 ? midnight : Date.parse(text.toUpperCase());
  return Number.isNaN(moment) || /T24/i.test(text) ? null : moment;
}
