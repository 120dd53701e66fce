#!/usr/bin/env node
// Starts the program from compiled code where an earlier start left it beside the program, and leaves it for the next
// start where it is missing: compiling is half of the start-up time. The same goes for the files that the program loads
// when it needs them. Anything wrong with such a copy only costs time.
const { readFileSync, renameSync, writeFileSync } = require("fs");
const { join } = require("path");
const { Script } = require("vm");

const folder = join(__dirname, "..", "dist", "cli");
const compiledOf = (name) => join(folder, `${name}-${process.version}-${process.arch}.cache`);

const readCompiled = (name) => {
  try {
    // It is kept twice, one copy after the other: V8 believes what it is given, and damaged code would crash it.
    const both = readFileSync(compiledOf(name));
    const one = both.subarray(0, both.length / 2);
    return one.equals(both.subarray(one.length)) ? one : undefined;
  } catch {
    return undefined;
  }
};

const keepCompiled = (name, script) => {
  try {
    const temporary = `${compiledOf(name)}.${process.pid}`;
    const data = script.createCachedData();
    writeFileSync(temporary, Buffer.concat([data, data]));
    renameSync(temporary, compiledOf(name));
  } catch {
    // A folder that cannot be written to: every start compiles.
  }
};

const loaded = new Map();
const toKeep = [];

/** What a file of the program exports. The build writes each as one function, in ASCII, which is read fastest as Latin-1. */
const load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const filename = join(folder, `${name}.js`);
  const cachedData = readCompiled(name);
  const script = new Script(readFileSync(filename, "latin1"), { filename, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) toKeep.push([name, script]);
  const module = { exports: {} };
  loaded.set(name, module);
  script.runInThisContext()(module.exports, requireBeside, module, filename);
  return module.exports;
};

const requireBeside = (name) => (name.startsWith("./") ? load(name.slice(2, -".js".length)) : require(name));

/** As package.json says it. What stands in this file is known to Node 10, so that it comes as far as this. */
const isSupported = ([major, minor]) => major > 20 || (major === 20 && minor >= 19);

if (isSupported(process.versions.node.split(".").map(Number))) {
  load("lotbook")
    .run()
    .then(() => {
      for (const [name, script] of toKeep) keepCompiled(name, script);
    });
} else {
  console.error(`lotbook: this is Node.js ${process.versions.node}, and lotbook needs 20.19 or newer`);
  process.exitCode = 2;
}
