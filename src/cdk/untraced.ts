/**
 * CDK keeps with every annotation by which calls it came. Here these are the ones of its own walk through the tree, each
 * time, and they take longer than all the rest. Where a construct was made is kept with the construct.
 */
export function untraced(work: () => void): void {
  const before = process.env[SWITCH];
  process.env[SWITCH] = '1';
  try {
    work();
  } finally {
    if (before === undefined) delete process.env[SWITCH];
    else process.env[SWITCH] = before;
  }
}

/** CDK's own, in all of its second version. */
const SWITCH = 'CDK_DISABLE_STACK_TRACE';
