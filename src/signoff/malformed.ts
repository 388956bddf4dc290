import { CheckError } from '../model/error.ts';

/** Bytes or texts of a record that are not what they must be. */
export const malformed = (message: string): CheckError =>
  new CheckError('record-unreadable', message, 'sign again with `check-plan sign`');
