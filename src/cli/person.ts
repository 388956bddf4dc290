import { signalsOfEnvironment } from '../authorship/run-signals.ts';
import { nobodyAt } from '../authorship/terminal.ts';
import { CheckError } from '../model/error.ts';
import type { Io } from './io.ts';

/** Friction, not proof: it stops an agent that runs the command as it stands, not one that sets out to fake a person. */
export async function refuseWithoutPerson(io: Io): Promise<void> {
  const [signal] = signalsOfEnvironment(io.env);
  if (signal !== undefined) {
    throw new CheckError(
      'sign-refused',
      `${signal.where} is set, so an AI agent runs this command; only a person can sign`,
      'run it yourself, in a terminal of your own',
    );
  }
  if (!io.isTerminal.stdin || !io.isTerminal.stdout) {
    throw new CheckError(
      'sign-refused',
      'signing needs a person at a terminal, and the standard streams are not one',
      'run it in a terminal, without pipes',
    );
  }
  const facts = await io.terminal();
  const why = facts === null ? null : nobodyAt(facts);
  if (why !== null)
    throw new CheckError(
      'sign-refused',
      `signing needs a person at a terminal: ${why}`,
      'run it yourself, in a terminal of your own',
    );
}

/** Typing the number is what makes a signer count. */
export async function askForCount(permitted: number, io: Io): Promise<void> {
  const answer = await io.ask('How many changes does this permit? Type the number to sign: ');
  if (answer.trim() !== String(permitted)) {
    throw new CheckError(
      'sign-refused',
      `nothing is signed: ${JSON.stringify(answer.trim())} is not the number`,
      'count what needs a sign-off in the list above',
    );
  }
}
