/**
 * The bytes of a base64 text, or null unless it is the one canonical way to write them: standard alphabet, padded, no white
 * space, no stray bits. Node's own decoder skips whatever it does not know.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
