/**
 * What a query itself costs: reading it and asking it of lots that are in memory already, beside a loop that does the
 * same three comparisons by hand on the same objects.
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { median } from "./measure.js";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const QUERY = "service:paas ceiling:10M.. awardDate:2015..2019";
const AT = { year: 2020, month: 1, day: 1 };

/** The parts of lotbook that read and ask a query, without the command line around them. */
const loadParts = async (folder) => {
  const outfile = join(folder, "query-parts.mjs");
  const contents = `
    export { openRegister } from "./register/open-register.ts";
    export { parseQuery } from "./query/parse-query.ts";
    export { select } from "./query/selection.ts";`;
  await build({
    stdin: { contents, resolveDir: SOURCES, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["@duckdb/node-api"],
    outfile,
    logLevel: "error",
  });
  return await import(pathToFileURL(outfile));
};

const askQuery = async ({ parseQuery, select }, register) => {
  let found = 0;
  for await (const batch of select(register, { query: parseQuery(QUERY), at: AT })) {
    for (const { lots } of batch) found += lots.length;
  }
  return found;
};

const askByHand = async (register) => {
  let found = 0;
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      const { year } = contract.awardDate[0].value;
      for (const lot of contract.lots) {
        const { minor, currency } = lot.ceiling[0].value;
        const paas = lot.service[0].value.toLowerCase().includes("paas");
        if (paas && currency === "EUR" && minor >= 1_000_000_000n && year >= 2015 && year <= 2019) found++;
      }
    }
  }
  return found;
};

const timed = async (ask) => {
  const begin = performance.now();
  const found = await ask();
  return { milliseconds: performance.now() - begin, found };
};

/** Gives the median time of each in milliseconds; they take turns, and both find the same lots. */
export const queryCost = async (folder, file, rounds) => {
  const parts = await loadParts(folder);
  const opened = await parts.openRegister(file);
  const batches = [];
  for await (const batch of opened.contracts()) batches.push(batch);
  const register = {
    ...opened,
    async *contracts() {
      yield* batches;
    },
  };
  const ways = [() => askQuery(parts, register), () => askByHand(register)];
  const times = ways.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const answers = [];
    for (const [index, ask] of ways.entries()) {
      const { milliseconds, found } = await timed(ask);
      times[index].push(milliseconds);
      answers.push(found);
    }
    if (answers[0] !== answers[1] || answers[0] === 0) throw new Error(`${QUERY} finds ${answers.join(" and ")} lots`);
  }
  const [query, byHand] = times.map((all) => median(all.slice(rounds >> 2)));
  return { query, byHand, asked: QUERY };
};
