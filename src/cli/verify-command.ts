import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { readRecord } from '../adapters/records.ts';
import { check, gateOf } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import { visible } from '../reporters/visible.ts';
import { unreadableRecord, verifyRecord } from '../signoff/verify.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { worldOf } from './world.ts';

/** `check-plan verify RECORD INPUT`: does this record permit this? Each step, each reason. */
export async function verifyCommand(
  record: string,
  name: string,
  options: WorldOptions,
  io: Io,
): Promise<number> {
  const world = await worldOf(options, io);
  const context = {
    cwd: io.cwd,
    stdin: io.stdin,
    terraform: { program: options.terraform ?? null, env: io.env },
  };
  const { report, judgements } = await check([inputOf(name, context)], world);
  for (const error of report.errors) io.stderr(`check-plan: ${visible(error.message)}\n`);
  const [judgement] = judgements;
  if (judgement === undefined || report.errors.length > 0) return EXIT.cannotJudge;
  const gate = gateOf(judgement, world);
  if (gate === null) {
    io.stdout(
      `${visible(name)} needs no sign-off, or none can permit it; check-plan ${visible(name)} says which\n`,
    );
    return report.exitCode;
  }
  const found = await readRecord(resolve(io.cwd, record));
  const result =
    'bytes' in found ? verifyRecord(record, found.bytes, gate) : unreadableRecord(record, found.problem);
  for (const { step, holds, says } of result.steps) {
    io.stdout(`${holds ? 'holds ' : 'FAILS '} ${step.padEnd(STEP_WIDTH)} ${visible(says)}\n`);
  }
  io.stdout(
    result.accepted
      ? `\naccepted: signed by ${result.person}, valid until ${result.expiresAt}\n`
      : '\nrefused\n',
  );
  return result.accepted ? EXIT.allowed : EXIT.signOffRequired;
}

const STEP_WIDTH = 16;
