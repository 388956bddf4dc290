import { CheckError } from '../../model/error.ts';

/** An input that is asked of AWS. */
export type LiveName =
  | {
      readonly is: 'change set';
      readonly changeSet: string;
      readonly stack: string | null;
      readonly region: string | null;
    }
  | { readonly is: 'deletion'; readonly stack: string; readonly region: string | null };

/** Before the name or ARN of a stack: the deletion of it, for which CloudFormation makes no change set. */
export const DELETE_STACK = 'delete-stack:';
/** Before `STACK/NAME`: a change set by its names. */
export const CHANGE_SET = 'change-set:';

/**
 * What a name on the command line asks of AWS; null where it is the name of a file. Throws CheckError `usage` for what is
 * neither.
 */
export function liveNameOf(name: string): LiveName | null {
  const arn = ARN.exec(name);
  if (arn?.[2] === 'changeSet')
    return { is: 'change set', changeSet: name, stack: null, region: arn[1] ?? null };
  if (arn !== null)
    throw new CheckError(
      'usage',
      `${name} is a stack, and says nothing of what is to happen to it`,
      `name a change set of it, or ${DELETE_STACK}${name} for its deletion`,
    );
  if (name.startsWith(DELETE_STACK)) {
    const stack = name.slice(DELETE_STACK.length);
    if (!STACK_NAME.test(stack) && ARN.exec(stack)?.[2] !== 'stack') throw noName(stack);
    return { is: 'deletion', stack, region: ARN.exec(stack)?.[1] ?? null };
  }
  if (!name.startsWith(CHANGE_SET)) return null;
  const [stack = '', changeSet = '', ...more] = name.slice(CHANGE_SET.length).split('/');
  if (!STACK_NAME.test(stack) || more.length > 0) throw noName(stack);
  if (!STACK_NAME.test(changeSet)) throw noName(changeSet);
  return { is: 'change set', changeSet, stack, region: null };
}

const ARN = /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):[0-9]{12}:(changeSet|stack)\/[^\s]+$/;
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

const noName = (name: string): CheckError =>
  new CheckError(
    'usage',
    `${JSON.stringify(name)} is no name of a stack or of a change set`,
    'names have letters, digits and hyphens, and begin with a letter',
  );
