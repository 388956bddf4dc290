/**
 * What becomes of each resource of a plan: of every run of `1 / changing` resources one changes, at a place drawn from
 * the seed. Of the changes four in five are updates, most others create, and one in fifty destroys, in turn by a
 * replacement and by a deletion.
 */
export function mixture(changing, seed) {
  const every = changing > 0 ? Math.round(1 / changing) : Number.POSITIVE_INFINITY;
  return (i) => {
    const run = Math.floor(i / every);
    if (changing === 0 || i % every !== drawn(seed, run) % every) return ['no-op'];
    const nth = run + seed;
    if (nth % 50 === 1) return nth % 100 === 1 ? ['delete'] : ['delete', 'create'];
    return nth % 5 === 4 ? ['create'] : ['update'];
  };
}

/** A number of 32 bits that the two decide, and that says nothing about the next. */
function drawn(seed, place) {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
