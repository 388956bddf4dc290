const field = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** The outer form of an OpenSSH public key; `inner` lies about its kind where it differs. */
export const publicKeySample = (seed: number, type = 'ssh-ed25519', inner = type): string =>
  `${type} ${Buffer.concat([field(Buffer.from(inner)), field(Buffer.alloc(32, seed))]).toString('base64')}`;
