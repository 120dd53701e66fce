/** What a store costs to write, to add to and to ask, to the files that it is made of and to DuckDB asked by itself. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf, peakMemory, timeInTurns } from "./measure.js";
import { lotbook, yardstick } from "./programs.js";
import { lastLot, writeJsonLines } from "./registers.js";
import { Section } from "./section.js";

const DAYS = 365;

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

/** Each question, and the SQL that gives the same figures. */
const questionsOf = (size) => {
  const { contract, lot } = lastLot(size);
  return [
    { what: "total", args: ["total"], sql: "SELECT * FROM counted_once" },
    { what: "total --by supplier", args: ["total", "--by", "supplier"], sql: "SELECT * FROM by_supplier" },
    {
      what: "suppliers --limit 10",
      args: ["suppliers", "--sort", "-lots", "--limit", "10"],
      sql: "SELECT supplier, count(*) AS lots FROM seat GROUP BY supplier ORDER BY lots DESC LIMIT 10",
    },
    {
      what: "one lot",
      args: ["lots", "--lot", `${contract}/${lot}`],
      sql: `SELECT * FROM lot WHERE contract = '${contract}' AND lot = '${lot}'`,
    },
  ];
};

const measureWriting = (section, { file, store, news }, { targetOf }) => {
  const index = lotbook("index", file, "-o", store);
  const [time] = timeInTurns([index], 1);
  section.figure("index", time / 1000, "s");
  const size = bytesIn(store) / statSync(file).size;
  section.figure("  size, to the JSON Lines", size, "×", { target: targetOf(0.15) });
  section.figure("  peak memory", peakMemory(lotbook("index", file, "-o", `${store}-again`)), "MB", {
    target: targetOf(300),
  });
  const [adding] = timeInTurns([lotbook("index", "--add", news, "-o", `${store}-again`)], 1);
  section.ratio(`index --add of 1/${DAYS}, to index`, [adding, time], targetOf(0.02));
};

const measureAsking = (section, { file, store, views }, { stored, rounds, targetOf }) => {
  writeFileSync(views, outputOf(lotbook("sql", store)));
  for (const { what, args, sql } of questionsOf(stored)) {
    const [ours, fromFile, bare] = timeInTurns(
      [lotbook(...args, store), lotbook(...args, file), yardstick("bare-store.js", views, sql)],
      rounds,
    );
    section.ratio(`${what}, to DuckDB asked bare SQL`, [ours, bare], targetOf(1.3));
    section.ratio("  to the same from the JSON Lines", [ours, fromFile]);
  }
};

/** Contracts that the store has not, as many as a day brings of a year's, by suppliers that it knows. */
const writeNews = (news, stored) => {
  writeJsonLines(news, Math.ceil(stored / DAYS));
  const contracts = readFileSync(news, "utf8")
    .split("\n")
    .filter((line) => line.startsWith('{"contract":"'));
  writeFileSync(news, contracts.map((line) => `${line.replace('"contract":"', '"contract":"news-')}\n`).join(""));
};

export const measureStore = async (folder, sizes) => {
  const section = new Section(`A store of ${sizes.stored} lots`);
  try {
    await import("@duckdb/node-api");
  } catch {
    section.absent("@duckdb/node-api");
    return [section];
  }
  const [file, news, store, views] = ["stored.jsonl", "news.jsonl", "store", "views.sql"].map((name) =>
    join(folder, name),
  );
  writeJsonLines(file, sizes.stored);
  writeNews(news, sizes.stored);
  measureWriting(section, { file, store, news }, sizes);
  measureAsking(section, { file, store, views }, sizes);
  return [section];
};
