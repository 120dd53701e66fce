/**
 * Makes the file system of this process go wrong: numbers the calls that touch one folder, and has one of them fail, or
 * the process end there; reads and writes may be cut short. It is required by tests, and before the program:
 *
 *   LOTBOOK_FAULT='{"folder":"/tmp/x","at":3,"mode":"kill"}' node --require test/faults/faults.cjs bin/lotbook.js …
 */
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { resolve, sep } = require("node:path");

/** As `Plan` and `Faults` in faults.ts say. */
const begin = (plan) => {
  const { folder, only, at = Number.POSITIVE_INFINITY, mode = "fail", code = "EIO", most, before = () => {} } = plan;
  const names = Object.keys(fs).filter((name) => name.endsWith("Sync"));
  const real = Object.fromEntries(names.map((name) => [name, fs[name]]));
  const root = resolve(folder);
  const descriptors = new Map();
  const calls = [];
  let watching = true;

  const inFolder = (path) =>
    typeof path === "string" && (resolve(path) === root || resolve(path).startsWith(root + sep));
  const touched = (args) => descriptors.get(args[0]) ?? args.slice(0, 2).find(inFolder);

  const systemError = (name, path) =>
    Object.assign(new Error(`${code}: made up, ${name} '${path}'`), { code, errno: -1, syscall: name, path });

  /** The calls take at most `most` bytes. */
  const shortened = (name, args) => {
    if (most === undefined || (name !== "writeSync" && name !== "readSync")) return args;
    const [descriptor, bytes, offset = 0, length = bytes.length - offset, ...rest] = args;
    return [descriptor, bytes, offset, Math.min(length, most), ...rest];
  };

  const interrupt = (name, args) => {
    process.kill(process.pid, plan.signal);
    if (plan.immortal) process.kill = () => true;
    return real[name](...args);
  };

  const goWrong = (name, args, path) => {
    if (mode === "kill") process.kill(process.pid, "SIGKILL");
    if (mode === "signal") return interrupt(name, args);
    // What fails to be closed is closed all the same.
    if (name === "closeSync") real.closeSync(...args);
    if (name === "existsSync") return false;
    throw systemError(name, path);
  };

  const step = (name, args, path) => {
    before({ number: calls.length + 1, name, path });
    calls.push({ name, path });
    const given = shortened(name, args);
    return calls.length === at ? goWrong(name, given, path) : real[name](...given);
  };

  const follow = (name, args, path) => {
    if (name === "closeSync") descriptors.delete(args[0]);
    const result = only === undefined || only === name ? step(name, args, path) : real[name](...args);
    if (name === "openSync") descriptors.set(result, path);
    return result;
  };

  for (const name of names) {
    fs[name] = (...args) => {
      const path = watching ? touched(args) : undefined;
      if (path === undefined) return real[name](...args);
      watching = false;
      try {
        return follow(name, args, path);
      } finally {
        watching = true;
      }
    };
  }
  syncBuiltinESMExports();

  const end = () => {
    Object.assign(fs, real);
    syncBuiltinESMExports();
    return calls;
  };
  return { end };
};

module.exports = { begin };

if (process.env.LOTBOOK_FAULT !== undefined) begin(JSON.parse(process.env.LOTBOOK_FAULT));
