import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputOf } from '../adapters/input.ts';
import { loadPolicy } from '../adapters/policy-file.ts';
import { readRecord } from '../adapters/records.ts';
import { check } from '../check.ts';
import { EXIT } from '../model/decision.ts';
import { CheckError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import { parseJson } from '../readers/json/parse.ts';
import { gateOf } from '../records.ts';
import { renderText } from '../reporters/text.ts';
import type { Gate } from '../signoff/gate.ts';
import { isRequest, parseRequest, type Request, requestOf } from '../signoff/request.ts';
import type { Io } from './io.ts';
import type { WorldOptions } from './options.ts';
import { lookOf } from './outputs.ts';
import { contextOf, worldOf } from './world.ts';

/** What there is to sign, and the gate that the finished record is held against before it is written. */
export interface ToSign {
  readonly request: Request;
  readonly gate: Gate;
  readonly policyDigest: string | null;
  /** Whether this machine knows who had a hand in the change, so that its word is also the gate's. */
  readonly knowsTheChange: boolean;
  readonly policy: Policy;
}

/** From a plan, which is judged and shown, or from a request; a number is the exit code where there is nothing to sign. */
export async function toSignOf(name: string, options: WorldOptions, io: Io): Promise<ToSign | number> {
  return (await startsAsRequest(resolve(io.cwd, name)))
    ? fromRequest(name, options, io)
    : fromPlan(name, options, io);
}

async function fromPlan(name: string, options: WorldOptions, io: Io): Promise<ToSign | number> {
  const world = await worldOf(options, io);
  const { report, judgements } = await check([inputOf(name, contextOf(options, io))], world);
  io.stdout(renderText(report, lookOf(options, io)));
  const [judgement] = judgements;
  if (judgement === undefined || report.errors.length > 0) return report.exitCode;
  const gate = gateOf(judgement, world);
  if (gate === null) {
    io.stdout(
      report.exitCode === EXIT.blocked ? '\nNobody can sign this.\n' : '\nThere is nothing to sign.\n',
    );
    return report.exitCode;
  }
  return {
    request: requestOf(judgement.changeSet, judgement.signOffText ?? ''),
    gate,
    policyDigest: world.policy.digest,
    knowsTheChange: true,
    policy: world.policy,
  };
}

/** Who may sign this is for the gate to say, which knows who wrote the change; the roster and the key are looked at here. */
async function fromRequest(name: string, options: WorldOptions, io: Io): Promise<ToSign> {
  const found = await readRecord(resolve(io.cwd, name));
  if ('problem' in found)
    throw new CheckError('input-unreadable', `the request ${name} cannot be read: ${found.problem}`);
  const request = parseRequest(parseJson(found.bytes, `the request ${name}`));
  const { policy } = await loadPolicy({ cwd: io.cwd, env: io.env }, options.policy ?? null, null);
  const [lowest = ''] = policy.roster.levels;
  const { digest, permits, inputDigest } = request;
  const gate: Gate = {
    kind: 'sign-off',
    parse: parseJson,
    digest,
    permits,
    inputDigest,
    requirement: { level: lowest, persons: 1, presence: policy.signOff.presence },
    roster: policy.roster,
    policy: policy.signOff,
    counters: [],
    usedBy: null,
    hands: [],
    handsHidden: null,
    now: io.now(),
  };
  return { request, gate, policyDigest: policy.digest, knowsTheChange: false, policy };
}

const START = 256;

/** Anything that cannot be looked into here is left to the reader of plans, which says what is wrong with it. */
async function startsAsRequest(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(START), 0, START, 0);
      return isRequest(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}
