import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { readRecord, recordDigestOf } from '../adapters/records.ts';
import { check } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import type { SignOff } from '../model/signoff.ts';
import { parseJson } from '../readers/json/parse.ts';
import { type FoundRecord, gateOf, termsOf, verifyFound } from '../records.ts';
import { harmless } from '../reporters/log-command.ts';
import { claimedKind } from '../signoff/verify.ts';
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
  const found = await recordAt(resolve(io.cwd, record), await world.records(gate.digest));
  const counters = await (world.counters?.() ?? []);
  const [result] = await verifyFound([found], { ...gate, counters }, world.policy);
  if (result === undefined) return EXIT.cannotJudge;
  for (const { step, holds, says } of result.steps) {
    io.stdout(`${holds ? 'holds ' : 'FAILS '} ${step.padEnd(STEP_WIDTH)} ${harmless(says)}\n`);
  }
  const { persons } = (termsOf(result.kind, gate, world.policy) ?? gate).requirement;
  io.stdout(`\n${outcomeOf(result, persons)}\n`);
  return result.accepted && persons === 1 ? EXIT.allowed : EXIT.signOffRequired;
}

/** The record that lies there, of the kind that it claims to be, and who used the same one up, as the store has it. */
async function recordAt(path: string, inStore: readonly FoundRecord[]): Promise<FoundRecord> {
  const file = await readRecord(path);
  if ('problem' in file) return file;
  const recordDigest = recordDigestOf(file.bytes);
  const uses = inStore.flatMap((one) =>
    'bytes' in one && one.recordDigest === recordDigest ? [one.usedBy] : [],
  );
  return { ...file, kind: claimedKind(file.bytes, parseJson), recordDigest, usedBy: uses[0] ?? null };
}

/** A record counts for one person, so where several must sign no record permits the plan by itself. */
function outcomeOf({ accepted, kind, person, expiresAt }: SignOff, persons: number): string {
  if (!accepted) return 'refused';
  const [done, must] = WORDS[kind];
  const rest = persons === 1 ? '' : `; it counts for one of the ${persons} persons who must ${must}`;
  return `accepted: ${done} by ${person}, valid until ${expiresAt}${rest}`;
}

const WORDS: Readonly<Record<SignOff['kind'], readonly [done: string, must: string]>> = {
  'sign-off': ['signed', 'sign'],
  'break-glass': ['the glass is broken', 'break it'],
};

const STEP_WIDTH = 16;
