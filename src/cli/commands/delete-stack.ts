import { DELETE_STACK } from '../../adapters/aws/live-name.ts';
import type { CheckOptions } from '../check-command.ts';
import type { CliCommand } from '../command.ts';
import type { Io } from '../io.ts';
import { namesOf } from '../options.ts';
import { checkPlan } from './check.ts';

export const deleteStack: CliCommand = {
  name: 'delete-stack',
  summary: 'judge the deletion of a CloudFormation stack',
  description: [
    'Judges what the deletion of a stack would destroy, for which CloudFormation makes no change set: all that is in it and in the stacks nested in it, each under its DeletionPolicy. Nothing is deleted.',
    `Every other command takes ${DELETE_STACK}NAME for the same: check-plan sign ${DELETE_STACK}NAME, check-plan apply ${DELETE_STACK}NAME.`,
  ].join(' '),
  arguments: [['<stack>', 'the name or the ARN of the stack']],
  options: checkPlan.options.filter(({ long }) => long !== '--jobs'),
  judges: true,
  async run([stack]: readonly [string], options: CheckOptions, io: Io) {
    const { checkCommand } = await import('../check-command.ts');
    return checkCommand(namesOf([`${DELETE_STACK}${stack}`], options), options, io);
  },
};
