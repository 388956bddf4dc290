#!/usr/bin/env node
'use strict';
// Starts the bundled command of dist/command. Compiling it takes longer than judging a small plan, so the first run
// keeps what was compiled in files beside it, and the next ones take it from there. Who may write there could as well
// change the code itself. What is damaged, of other code, or not the owner's alone is not used: it is compiled again.
// Only what ran was compiled. A run that ends in asking for a sign-off goes the longest way, so what it has compiled
// takes the place of what another one kept.
// NODE_DISABLE_COMPILE_CACHE=1, as Node.js has it for a cache of its own, turns this off.
const fs = require('node:fs');
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { constants, Script } = require('node:vm');

const FOLDER = join(__dirname, '../dist/command');
const isKept = process.env.NODE_DISABLE_COMPILE_CACHE === undefined;
/** Of each file of the bundle that was asked for, what it exports. */
const loaded = new Map();
/** What was compiled, and where its code belongs: `has` is what is kept of it already. */
const compiled = [];

/** What a file of the bundle exports. Each is ASCII, and one function with the parameters of a CommonJS module. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const path = join(FOLDER, name);
  const bytes = fs.readFileSync(path);
  const kept = `${path}.${process.version}-${process.arch}.cache`;
  const has = isKept ? readKept(kept, path, bytes) : NOTHING;
  const script = new Script(bytes.toString('latin1'), {
    filename: path,
    ...(has.code === null ? {} : { cachedData: has.code }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (isKept) compiled.push({ script, bytes, kept, has: script.cachedDataRejected ? NOTHING : has });
  const module = { exports: {} };
  loaded.set(name, module);
  script.runInThisContext().call(module.exports, module.exports, requireFrom, module, path, FOLDER);
  return module.exports;
}

/** What is not of the bundle is where it is for this file too. */
const requireFrom = (wanted) => (wanted.startsWith('./') ? load(wanted.slice(2)) : require(wanted));

/** Code is null where there is none that this source may be run by. */
const NOTHING = { code: null, isLong: false };

function readKept(kept, path, source) {
  try {
    const file = fs.openSync(kept, 'r');
    try {
      const { uid, mode } = fs.fstatSync(file);
      if (uid !== fs.statSync(path).uid || (mode & 0o022) !== 0) return NOTHING;
      const bytes = fs.readFileSync(file);
      const rest = bytes.subarray(DIGEST_SIZE);
      if (!bytes.subarray(0, DIGEST_SIZE).equals(digestOf(source, rest))) return NOTHING;
      return { code: rest.subarray(LONG.length), isLong: rest.subarray(0, LONG.length).equals(LONG) };
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return NOTHING;
  }
}

const DIGEST_SIZE = 32;
/** What stands before the code. V8 wants that aligned. */
const [SHORT, LONG] = [Buffer.from('of a run'), Buffer.from('of a 3  ')];
/** The exit code of a run that asks for a sign-off. */
const ASKS = 3;

/** V8 itself would run damaged code, or code of another source of the same length. */
const digestOf = (source, rest) => createHash('sha256').update(source).update(rest).digest();

/** A folder that may not be written, or is somebody else's, is left as it is. */
function keep({ script, bytes, kept, has }, exitCode) {
  const isLong = exitCode === ASKS;
  if (has.code !== null && (has.isLong || !isLong)) return;
  const draft = `${kept}.${process.pid}`;
  try {
    if (process.getuid?.() !== fs.statSync(FOLDER).uid) return;
    const rest = Buffer.concat([isLong ? LONG : SHORT, script.createCachedData()]);
    fs.writeFileSync(draft, Buffer.concat([digestOf(bytes, rest), rest]), { flag: 'wx', mode: 0o644 });
    fs.renameSync(draft, kept);
  } catch {
    fs.rmSync(draft, { force: true });
  }
}

module.exports = load;
if (require.main === module) {
  process.once('exit', (exitCode) => {
    for (const one of compiled) keep(one, exitCode);
  });
  load('main.js').main();
}
