/** Why nothing of a saved plan is taken for evidence; never seen outside of this folder. */
export class Unread extends Error {}

/** What a library throws at bytes that it cannot read, as our own word for it. */
export function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Unread) throw thrown;
    throw new Unread(`${what} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
