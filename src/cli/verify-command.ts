import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { readRecord } from '../adapters/records.ts';
import { check, gateOf } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import type { SignOff } from '../model/signoff.ts';
import { harmless } from '../reporters/log-command.ts';
import type { Gate } from '../signoff/gate.ts';
import { unreadableRecord, verifyRecord } from '../signoff/verify.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { contextOf, worldOf } from './world.ts';

/** `check-plan verify RECORD INPUT`: does this record permit this? Each step, each reason. */
export async function verifyCommand(
  record: string,
  name: string,
  options: WorldOptions,
  io: Io,
): Promise<number> {
  const world = await worldOf(options, io);
  const { report, judgements } = await check([inputOf(name, contextOf(options, io))], world);
  for (const error of report.errors) io.stderr(`check-plan: ${harmless(error.message)}\n`);
  const [judgement] = judgements;
  if (judgement === undefined || report.errors.length > 0) return EXIT.cannotJudge;
  const gate = gateOf(judgement, world);
  if (gate === null) {
    io.stdout(
      `${harmless(name)} needs no sign-off, or none can permit it; check-plan ${harmless(name)} says which\n`,
    );
    return report.exitCode;
  }
  const found = await readRecord(resolve(io.cwd, record));
  const result =
    'bytes' in found ? verifyRecord(record, found.bytes, gate) : unreadableRecord(record, found.problem);
  for (const { step, holds, says } of result.steps) {
    io.stdout(`${holds ? 'holds ' : 'FAILS '} ${step.padEnd(STEP_WIDTH)} ${harmless(says)}\n`);
  }
  io.stdout(`\n${outcomeOf(result, gate)}\n`);
  return result.accepted && gate.requirement.persons === 1 ? EXIT.allowed : EXIT.signOffRequired;
}

/** A record counts for one person, so where several must sign no record permits the plan by itself. */
function outcomeOf({ accepted, person, expiresAt }: SignOff, { requirement: { persons } }: Gate): string {
  if (!accepted) return 'refused';
  const rest = persons === 1 ? '' : `; it counts for one of the ${persons} persons who must sign`;
  return `accepted: signed by ${person}, valid until ${expiresAt}${rest}`;
}

const STEP_WIDTH = 16;
