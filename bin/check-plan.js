#!/usr/bin/env node
'use strict';
// Starts the bundled command of dist/command. Compiling it takes longer than judging a small plan, so the first run
// keeps what was compiled in files beside it, and the next ones take it from there. Who may write there could as well
// change the code itself. What is damaged, of other code, or not the owner's alone is not used: it is compiled again.
// NODE_DISABLE_COMPILE_CACHE=1, as Node.js has it for a cache of its own, turns this off.
const fs = require('node:fs');
const { createHash } = require('node:crypto');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const process = require('node:process');
const { constants, Script } = require('node:vm');

const FOLDER = join(__dirname, '../dist/command');
const isKept = process.env.NODE_DISABLE_COMPILE_CACHE === undefined;
/** Of each file of the bundle that was asked for, what it exports. */
const loaded = new Map();
/** What was compiled anew: where its code belongs, and what can tell it. */
const fresh = [];

/** What a file of the bundle exports. Each is ASCII, and one function with the parameters of a CommonJS module. */
function load(name) {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const path = join(FOLDER, name);
  const source = fs.readFileSync(path, 'latin1');
  const kept = `${path}.${process.version}-${process.arch}.cache`;
  const cachedData = isKept ? readKept(kept, path, source) : null;
  const script = new Script(source, {
    filename: path,
    ...(cachedData === null ? {} : { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (isKept && (cachedData === null || script.cachedDataRejected)) fresh.push({ script, source, kept });
  const module = { exports: {} };
  loaded.set(name, module);
  const outside = createRequire(path);
  const require = (wanted) => (wanted.startsWith('./') ? load(wanted.slice(2)) : outside(wanted));
  script.runInThisContext().call(module.exports, module.exports, require, module, path, FOLDER);
  return module.exports;
}

/** Null where there is none that this source may be run by. */
function readKept(kept, path, source) {
  try {
    const file = fs.openSync(kept, 'r');
    try {
      const { uid, mode } = fs.fstatSync(file);
      if (uid !== fs.statSync(path).uid || (mode & 0o022) !== 0) return null;
      const bytes = fs.readFileSync(file);
      const code = bytes.subarray(DIGEST_SIZE);
      return bytes.subarray(0, DIGEST_SIZE).equals(digestOf(source, code)) ? code : null;
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return null;
  }
}

const DIGEST_SIZE = 32;
/** V8 itself would run damaged code, or code of another source of the same length. */
const digestOf = (source, code) => createHash('sha256').update(source, 'latin1').update(code).digest();

/** A folder that may not be written, or is somebody else's, is left as it is. */
function keep({ script, source, kept }) {
  const draft = `${kept}.${process.pid}`;
  try {
    if (process.getuid?.() !== fs.statSync(FOLDER).uid) return;
    const code = script.createCachedData();
    fs.writeFileSync(draft, Buffer.concat([digestOf(source, code), code]), { flag: 'wx', mode: 0o644 });
    fs.renameSync(draft, kept);
  } catch {
    fs.rmSync(draft, { force: true });
  }
}

module.exports = load;
if (require.main === module) {
  process.once('exit', () => fresh.forEach(keep));
  load('main.js');
}
