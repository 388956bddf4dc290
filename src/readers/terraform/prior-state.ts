/** Finds out, from the bytes of `prior_state` as they come in, whether it holds a managed resource. */
export interface PriorStateLook {
  piece(raw: Uint8Array): void;
  found(): boolean;
}

/**
 * Looks for a member `"mode": "managed"`, which every managed resource of a state has and nothing else on the way to it.
 * Inside of a string its quotes would be escaped, so text cannot pass for it. A state may be larger than any string
 * may be, so it is never held.
 */
export function lookForManaged(): PriorStateLook {
  let seen = '';
  let found = false;
  return {
    piece(raw) {
      if (found) return;
      const text = seen + LATIN1.decode(raw);
      found = MANAGED.test(text);
      // Whatever white space stands in the match, it is never near this long.
      seen = text.slice(-OVERLAP);
    },
    found: () => found,
  };
}

const MANAGED = /"mode"\s*:\s*"managed"/;
const OVERLAP = 256;
const LATIN1 = new TextDecoder('latin1');
