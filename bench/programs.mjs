import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';

const REGO = `package main

import rego.v1

deny contains change.address if {
\tsome change in input.resource_changes
\t"delete" in change.change.actions
}
`;

/** The largest plan that is given to what holds it as a whole. */
const WHOLE = 235e6;

/**
 * What is run beside check-plan, by the name that the results know it under: how to call it on a file, up to which size,
 * with which exit codes, and how to ask which one it is. `found` is the program and the folder of the run.
 */
const RIVALS = {
  sha256sum: {
    call: (file) => ['sha256sum', file],
    version: ['sha256sum', '--version'],
  },
  'JSON.parse': {
    call: (file) => [execPath, '-e', `JSON.parse(fs.readFileSync(${JSON.stringify(file)}, 'utf8'))`],
    upTo: WHOLE,
    version: [execPath, '--version'],
  },
  jq: {
    call: (file) => ['jq', '.resource_changes | length', file],
    upTo: WHOLE,
    version: ['jq', '--version'],
  },
  "Python's json": {
    call: (file) => [python() ?? 'python3', '-c', `import json; json.load(open(${JSON.stringify(file)}))`],
    upTo: WHOLE,
    version: ['python3', '--version'],
  },
  conftest: {
    call: (file, folder) => ['conftest', 'test', '--policy', regoIn(folder), file],
    exits: [0, 1],
    upTo: WHOLE,
    version: ['conftest', '--version'],
  },
  opa: {
    call: (file) => ['opa', 'eval', '--input', file, 'count(input.resource_changes)'],
    upTo: WHOLE,
    version: ['opa', 'version'],
  },
};

/** The programs of `RIVALS` that this machine has, with the first line of what each says of its version. */
export function installed() {
  const versions = Object.entries(RIVALS).map(([name, { version }]) => [name, told(version)]);
  return Object.fromEntries(versions.filter(([, version]) => version !== null));
}

/** Those that it has not. */
export const missing = (versions) => Object.keys(RIVALS).filter((name) => !(name in versions));

/** The calls for one plan: check-plan, and every installed program that reads plans of this size. */
export function programsFor(file, bytes, { command, folder, versions }) {
  const rivals = Object.entries(RIVALS).filter(
    ([name, { upTo = Number.POSITIVE_INFINITY }]) => name in versions && bytes <= upTo,
  );
  return {
    'check-plan': checkPlan(command, file),
    ...Object.fromEntries(
      rivals.map(([name, { call, exits = [0] }]) => [name, { argv: call(file, folder), exits }]),
    ),
  };
}

/** The command as it is installed. It allows the plan, or asks for a sign-off; every other end is a failure. */
export const checkPlan = (command, input) => ({ argv: [execPath, command, input, '--quiet'], exits: [0, 3] });

export const nothing = { argv: [execPath, '-e', '0'], exits: [0] };

function told([program, ...args]) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    )[0];
  } catch {
    return null;
  }
}

/** The interpreter itself: what is called `python3` may be a script that looks for it, and that would be measured too. */
const python = () => told(['python3', '-c', 'import sys; print(sys.executable)']);

function regoIn(folder) {
  const policies = join(folder, 'rego');
  mkdirSync(policies, { recursive: true });
  writeFileSync(join(policies, 'main.rego'), REGO);
  return policies;
}
