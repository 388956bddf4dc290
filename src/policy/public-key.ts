const TYPES: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'sk-ssh-ed25519@openssh.com',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ecdsa-sha2-nistp256@openssh.com',
  'ssh-rsa',
]);

export type PublicKey =
  /** `ssh-ed25519 AAAA…`, without its comment. */
  { readonly text: string } | { readonly wrong: string; readonly mend: string };

/** A line of an OpenSSH `.pub` file. Only its outer form is checked here: that it is the kind of key that it says. */
export function publicKeyOf(written: string): PublicKey {
  if (looksPrivate(written))
    return {
      wrong: 'is a private key',
      mend: 'take it out, make a new key pair, and write the line of the .pub file here',
    };
  const [type = '', body = ''] = written.split(/[ \t]+/);
  if (!TYPES.has(type))
    return {
      wrong: 'is not an OpenSSH public key of a known kind',
      mend: `write the line of the .pub file; it begins with one of ${[...TYPES].join(', ')}`,
    };
  if (innerType(body) !== type)
    return {
      wrong: `says ${type}, but what follows is not such a key`,
      mend: 'copy the whole line of the .pub file',
    };
  return { text: `${type} ${body}` };
}

/** Whether a text holds a private key, so that it must never be told. */
export const looksPrivate = (text: string): boolean =>
  /PRIVATE KEY/i.test(text) || text.includes('b3BlbnNzaC1rZXktdjE');

/** The kind of key that the encoded key names itself: a length in four bytes, then as many letters. */
function innerType(body: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return null;
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length < 4 || bytes.toString('base64') !== body) return null;
  const end = 4 + bytes.readUInt32BE(0);
  return end < bytes.length ? bytes.toString('latin1', 4, end) : null;
}
