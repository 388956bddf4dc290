/**
 * Whether an address range takes in so much of the Internet that it is as good as all of it: `0.0.0.0/0`, its halves, and
 * `2000::/3`. The widest range of a private network is `10.0.0.0/8`, of IPv6 `fc00::/7`.
 */
export function isWideRange(text: string): boolean {
  const [, address = '', bits = ''] = /^([\da-fA-F:.]{2,45})\/(\d{1,3})$/.exec(text.trim()) ?? [];
  if (bits === '') return false;
  return address.includes(':') ? Number(bits) < 16 && !/^f[cd]/i.test(address) : Number(bits) < 8;
}
