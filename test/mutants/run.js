/**
 * Whether tests notice a change: draws some mutants of rooms by a seed and says which survive.
 * `npm run mutation -- model records --take=40 --seed=1`; a folder or a file may stand in the place of a room
 * (`engine/orders`, `model/money.ts`). Stryker's instrumenter says what changes there are. Only those drawn are written
 * into the sources, in memory: all of a room, as Stryker's own runner has them, take hours and gigabytes. One run of the
 * tests of a room tells which of them reach which mutant; then each is tried on those, the test that mirrors its file
 * first, until one fails. What is left of all rooms is tried in the same way on the cases and on the examples of the
 * manual, or on what `--also` names (patterns, with spaces between; none for the tests of the rooms alone), and last on
 * the compiler, which `npm test` asks, too. Which of the survivors only say the same in other words is for people to
 * tell: the rate counts them as missed.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { createVitest } from "vitest/node";
import { compilerOf } from "./compiler.js";

const ROOT = join(import.meta.dirname, "../..");
process.chdir(ROOT);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    take: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    also: { type: "string", default: "test/{cases,examples,questions}.test.ts" },
  },
});
if (positionals.length === 0) throw new Error("say what to mutate: npm run mutation -- model");

/** Files below a path, which may be one itself. */
const filesIn = (path, end) =>
  path.endsWith(".ts")
    ? [path]
    : readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(end))
        .sort()
        .map((name) => join(path, name));

const quiet = { debug() {}, info() {}, isDebugEnabled: () => false };
const instrument = (files) =>
  new Instrumenter(quiet).instrument(
    files.map(({ name, mutate = true }) => ({ name, mutate, content: readFileSync(name, "utf8") })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );

/** What a mutant is, whatever is mutated besides. */
const identity = ({ fileName, location: { start, end }, replacement }) =>
  [relative(ROOT, fileName), start.line, start.column, end.line, end.column, replacement].join("\n");
const lot = (mutant) =>
  createHash("sha256")
    .update(`${options.seed}\n${identity(mutant)}`)
    .digest("hex");

const draw = async (place) => {
  const all = (await instrument(filesIn(join("src", place), ".ts").map((name) => ({ name })))).mutants;
  const drawn = all.map((mutant) => ({ mutant, lot: lot(mutant) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return { all: all.length, drawn: drawn.slice(0, Number(options.take)).map(({ mutant }) => mutant) };
};

/** The sources with the mutants drawn, each behind a switch. */
const withSwitches = async (drawn) => {
  const given = [...new Set(drawn.map(({ fileName }) => fileName))].map((name) => ({
    name,
    mutate: drawn.filter(({ fileName }) => fileName === name).map(({ location }) => location),
  }));
  const { files: written, mutants } = await instrument(given);
  const wanted = new Set(drawn.map(identity));
  return {
    mutants: mutants.filter((mutant) => wanted.has(identity(mutant))),
    sources: new Map(written.map(({ name, content }) => [join(ROOT, name), content])),
  };
};

/** Files are tried in the order in which they are given. */
class AsGiven {
  shard = (files) => files;
  sort = (files) => files;
}

const open = (sources, include) =>
  createVitest(
    "test",
    {
      root: ROOT,
      config: false,
      include,
      setupFiles: [join(ROOT, "test/present-day.ts"), join(import.meta.dirname, "switch.js")],
      sequence: { sequencer: AsGiven },
      reporters: [{}],
      watch: false,
      bail: 1,
      pool: "forks",
      execArgv: ["--max-old-space-size=2048"],
      maxWorkers: 1,
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
    { plugins: [{ name: "switches", enforce: "pre", transform: (_, id) => sources.get(id.replace(/\?.*$/, "")) }] },
  );

/** Runs tests, all there are in some files or those named, with a mutant switched on or with none. */
const run = async (vitest, files, given) => {
  vitest.provide("mutant", given);
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  const started = performance.now();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(files, true);
  return {
    modules: testModules,
    failed: unhandledErrors.length > 0 || testModules.some((module) => !module.ok()),
    seconds: (performance.now() - started) / 1000,
  };
};

/** Which tests reach which mutants, how often, and how long each takes; and what is reached while modules are loaded. */
const reachOf = async (vitest, specifications) => {
  const { modules, failed } = await run(vitest, specifications, { hits: 0, seconds: 1800 });
  const failing = modules.flatMap((module) => [
    ...[module, ...module.children.allSuites()].flatMap((part) => (part.errors().length > 0 ? [module.moduleId] : [])),
    ...[...module.children.allTests("failed")].map(({ fullName }) => fullName),
  ]);
  if (failed) throw new Error(`tests fail without a mutant: ${failing.join(", ")}`);
  const atLoading = new Set(modules.flatMap((module) => Object.keys(module.meta().reached ?? {})));
  const tests = modules.flatMap(({ moduleId, children }) =>
    [...children.allTests()].map((test) => ({
      id: test.id,
      moduleId,
      counts: test.meta().reached ?? {},
      seconds: (test.diagnostic()?.duration ?? 0) / 1000,
    })),
  );
  return { tests, atLoading };
};

/** Programs that a test starts are what was built, and have no mutant; many tests that start them do nothing else. */
const seesMutants = (file) => {
  const text = readFileSync(file, "utf8");
  return !text.includes('"node:child_process"') || /\/src\/|run-in-process/.test(text);
};

const mirrors = (test, { fileName }) => basename(test).split(".")[0] === basename(fileName, ".ts");
const besides = (test, { fileName }) =>
  dirname(relative("test", relative(ROOT, test))) === dirname(relative("src", fileName));

/**
 * What runs while modules are loaded runs once for all tests, and so may what one test is the first to ask for: such a
 * mutant is tried on the tests beside it, too, or on all where none is beside it.
 */
const withNear = (own, tests, mutant) => {
  const near = tests.filter(({ moduleId }) => mirrors(moduleId, mutant) || besides(moduleId, mutant));
  return near.length === 0 ? tests : [...new Set([...own, ...near])];
};

/** What is left of mutants after those that tests notice. */
const survivorsOf = async (mutants, sources, include) => {
  if (mutants.length === 0) return [];
  const vitest = await open(sources, include);
  const specifications = (await vitest.globTestSpecifications()).filter(({ moduleId }) => seesMutants(moduleId));
  if (specifications.length === 0) {
    await vitest.close();
    return mutants;
  }
  const { tests, atLoading } = await reachOf(vitest, specifications);
  const survivors = [];
  for (const mutant of mutants) {
    const { id } = mutant;
    const own = tests.filter(({ counts }) => id in counts);
    const reaching = atLoading.has(id) || own.length === 1 ? withNear(own, tests, mutant) : own;
    const sum = (numberOf, of = reaching) => of.reduce((all, test) => all + numberOf(test), 0);
    const rank = (file) =>
      (mirrors(file, mutant) ? 0 : besides(file, mutant) ? 1000 : 2000) +
      sum(
        ({ seconds }) => seconds,
        reaching.filter(({ moduleId }) => moduleId === file),
      );
    const files = specifications
      .filter(({ moduleId }) => reaching.some((test) => test.moduleId === moduleId))
      .sort((a, b) => rank(a.moduleId) - rank(b.moduleId));
    const { failed, seconds } = await run(vitest, files, {
      active: id,
      tests: reaching.map((test) => test.id),
      hits: 100_000 + 100 * sum(({ counts }) => counts[id] ?? 0),
      seconds: 60 + 4 * sum((test) => test.seconds),
    });
    if (!failed) survivors.push({ ...mutant, tests: (mutant.tests ?? 0) + reaching.length });
    process.stderr.write(`${failed ? "noticed" : "missed "} ${seconds.toFixed(1).padStart(6)} s ${where(mutant)}\n`);
  }
  await vitest.close();
  return survivors;
};

const where = ({ fileName, location: { start } }) =>
  `${relative(ROOT, fileName)}:${start.line + 1}:${start.column + 1}`;

/** A survivor as people read it: the place, the lines, and what stands there instead. */
const told = (mutant) => {
  const { start, end } = mutant.location;
  const lines = readFileSync(mutant.fileName, "utf8")
    .split("\n")
    .slice(start.line, end.line + 1);
  return [
    `${where(mutant)} ${mutant.mutatorName} (reached by ${mutant.tests} tests)`,
    ...lines.slice(0, 6).map((line) => `  - ${line}`),
    `  + ${mutant.replacement.split("\n").slice(0, 6).join("\n    ")}`,
  ].join("\n");
};

/** Rooms of which tests stand elsewhere, too. */
const ELSEWHERE = {
  syntax: ["test/{writers/format-registers,register/sheets/import-rows,register/quick-lines,cli/manual}.test.ts"],
  inputs: ["test/store/**/*.test.ts", "test/register/{traps,ledgers/orders}.test.ts"],
  register: ["test/{notices/read-notices,engine/call-offs}.test.ts"],
  engine: ["test/register/ledgers/alike-orders.test.ts"],
  commands: ["test/{cli,output,store,register/sheets}/**/*.test.ts"],
  cli: ["test/store/**/*.test.ts", "test/output/formats.test.ts"],
  output: ["test/cli/{audit,manual}.test.ts"],
  writers: ["test/register/sheets/suggest-map.test.ts"],
  records: ["test/{engine/call-offs,engine/expiring,notices/families,query/fields,register/quick-lines}.test.ts"],
};

const testsOf = (place) => {
  const room = place.split("/")[0];
  return [`test/${room}/**/*.test.ts`, ...(ELSEWHERE[room] ?? [])];
};

const draws = [];
for (const place of positionals) draws.push({ place, ...(await draw(place)) });
const { mutants, sources } = await withSwitches(draws.flatMap(({ drawn }) => drawn));

const left = [];
for (const { place, drawn } of draws) {
  const own = new Set(drawn.map(identity));
  left.push(
    ...(await survivorsOf(
      mutants.filter((mutant) => own.has(identity(mutant))),
      sources,
      testsOf(place),
    )),
  );
}
const missed = options.also === "" ? left : await survivorsOf(left, sources, options.also.split(" "));
const { refuses } = compilerOf(ROOT);
const survivors = missed.filter((mutant) => !refuses(mutant));
for (const mutant of survivors) process.stdout.write(`${told(mutant)}\n\n`);
for (const { place, drawn, all } of draws) {
  const own = new Set(drawn.map(identity));
  const of = (mutants) => mutants.filter((mutant) => own.has(identity(mutant))).length;
  const noticed = own.size - of(survivors);
  const refused = of(missed) - of(survivors);
  const rate = ((100 * noticed) / own.size).toFixed(1);
  process.stdout.write(
    `${place}: ${noticed} of ${own.size} noticed (${rate} %), ${refused} of them by the compiler alone; ` +
      `drawn of ${all} by seed ${options.seed}\n`,
  );
}
