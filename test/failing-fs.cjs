/**
 * Makes calls of the file system fail that have to do with files of one folder, as a disk or a network does that breaks
 * while it is read. Preloaded into a process, it takes from the environment which call fails, and how.
 */
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");

const ON_PATHS = ["openSync", "statSync", "lstatSync", "readdirSync", "readFileSync", "open", "stat", "readFile"];
const ON_DESCRIPTORS = ["readSync", "fstatSync", "closeSync", "read", "fstat"];

/**
 * From the call number `at` on, counted from 1, calls on what lies in `under` fail with `code`. Gives how many there
 * were so far, and puts the file system right again.
 */
const failFrom = ({ under, at, code }) => {
  const before = { ...fs };
  const descriptors = new Set();
  let calls = 0;
  const failure = (name) => {
    if (++calls < at) return undefined;
    const error = new Error(`${code}: the disk is broken, ${name}`);
    return Object.assign(error, { code, errno: -5, syscall: name });
  };
  const fail = (error, last) => {
    if (typeof last !== "function") throw error;
    setImmediate(last, error);
  };
  const noting = (last) => (error, descriptor) => {
    if (!error) descriptors.add(descriptor);
    last(error, descriptor);
  };
  const onPath =
    (name) =>
    (path, ...rest) => {
      if (!String(path).startsWith(under)) return before[name](path, ...rest);
      const last = rest.at(-1);
      const error = failure(name);
      if (error !== undefined) return fail(error, last);
      if (name === "open") return before.open(path, ...rest.slice(0, -1), noting(last));
      const result = before[name](path, ...rest);
      if (name === "openSync") descriptors.add(result);
      return result;
    };
  const onDescriptor =
    (name) =>
    (descriptor, ...rest) => {
      const error = descriptors.has(descriptor) ? failure(name) : undefined;
      if (name === "closeSync") descriptors.delete(descriptor);
      if (error === undefined) return before[name](descriptor, ...rest);
      // What cannot be closed is closed all the same.
      if (name === "closeSync") before.closeSync(descriptor);
      return fail(error, rest.at(-1));
    };
  for (const name of ON_PATHS) fs[name] = onPath(name);
  for (const name of ON_DESCRIPTORS) fs[name] = onDescriptor(name);
  syncBuiltinESMExports();
  return {
    calls: () => calls,
    restore: () => {
      for (const name of [...ON_PATHS, ...ON_DESCRIPTORS]) fs[name] = before[name];
      syncBuiltinESMExports();
    },
  };
};

module.exports = { failFrom };

const { FAIL_UNDER: under, FAIL_AT: at, FAIL_CODE: code = "EIO" } = process.env;
if (under !== undefined) failFrom({ under, at: Number(at), code });
