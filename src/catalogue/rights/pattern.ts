/**
 * Whether an IAM pattern (`s3:*`, `?` for one character) covers a text, which may be a pattern itself: then `s3:Get*` is
 * covered by `s3:*`, and not the other way round. Without case, as actions and most else compare. In time n·m at most.
 */
export function covers(pattern: string, text: string): boolean {
  const [p, t] = [pattern.toLowerCase(), text.toLowerCase()];
  let [at, here, star, resume] = [0, 0, -1, 0];
  while (here < t.length) {
    if (p[at] === '*') {
      star = at;
      at += 1;
      resume = here;
    } else if (p[at] === t[here] || (p[at] === '?' && t[here] !== '*')) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      here = resume;
    } else return false;
  }
  while (p[at] === '*') at += 1;
  return at === p.length;
}
