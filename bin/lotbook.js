#!/usr/bin/env node
// Starts the program from compiled code where an earlier start left it beside the program, and leaves it for the next
// start where it is missing: compiling is half of the start-up time. Anything wrong with that copy only costs time.
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const program = join(__dirname, "..", "dist", "cli", "lotbook.js");
const compiled = join(dirname(program), `lotbook-${process.version}-${process.arch}.cache`);

const readCompiled = () => {
  try {
    // It is kept twice, one copy after the other: V8 believes what it is given, and damaged code would crash it.
    const both = readFileSync(compiled);
    const one = both.subarray(0, both.length / 2);
    return one.equals(both.subarray(one.length)) ? one : undefined;
  } catch {
    return undefined;
  }
};

const keepCompiled = (script) => {
  try {
    const temporary = `${compiled}.${process.pid}`;
    const data = script.createCachedData();
    writeFileSync(temporary, Buffer.concat([data, data]));
    renameSync(temporary, compiled);
  } catch {
    // A folder that cannot be written to: every start compiles.
  }
};

const cachedData = readCompiled();
// The build writes one function, in ASCII, which is read fastest as Latin-1.
const script = new Script(readFileSync(program, "latin1"), {
  filename: program,
  cachedData,
});
const requireBeside = (name) => require(name.startsWith("./") ? join(dirname(program), name) : name);
const loaded = { exports: {} };
script.runInThisContext()(loaded.exports, requireBeside, loaded, program);
loaded.exports.run().then(() => {
  if (cachedData === undefined || script.cachedDataRejected) keepCompiled(script);
});
