/**
 * `npm run bench`: what lotbook costs, as ratios to bare Node and to other tools measured in the same run, beside the
 * targets. `npm run bench -- 50` measures starts in 50 pairs instead of 20. Other Nodes are measured where
 * LOTBOOK_NODE22 and LOTBOOK_NODE24 give their paths, or where npx has them (it never installs one).
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peakMemory, timeInTurns, versionOf } from "./measure.js";
import { NOTICES_SHAPE, noticeOf, writeNotices } from "./notices.js";
import { ORDERS_SHAPE, writeOrders } from "./orders.js";
import { queryCost } from "./query-cost.js";
import { lastLot, SHAPE, writeJsonLines, writeRec, writeYaml } from "./registers.js";
import { writeReleases } from "./releases.js";
import { JQ_RELEASES, rivals } from "./rivals.js";

const PAIRS = Math.max(20, Number(process.argv[2] ?? 20));
const ROUNDS = 5;
const SIZES = [1_000, 10_000, 100_000];
const LARGEST = 100_000;
const LOTBOOK = fileURLToPath(new URL("../../bin/lotbook.js", import.meta.url));
const BARE_SAXES = fileURLToPath(new URL("bare-saxes.js", import.meta.url));
const BARE_RELEASES = fileURLToPath(new URL("bare-releases.js", import.meta.url));
const BARE = fileURLToPath(new URL("bare.js", import.meta.url));

const lotbook = (...args) => ({ command: process.execPath, args: [LOTBOOK, ...args] });
const bare = (...args) => ({ command: process.execPath, args: [BARE, ...args] });

const rows = [];
/** One line of the table; `target` is how much the figure may be at most. */
const report = (what, figure, unit, target, detail = "") => {
  const kept = target === undefined ? "" : figure <= target ? "kept" : "MISSED";
  const digits = unit === "MB" || unit === "ms" ? 0 : 2;
  rows.push([
    what,
    `${figure.toFixed(digits)} ${unit}`,
    target === undefined ? "" : `≤ ${target} ${unit}`,
    kept,
    detail,
  ]);
};

const printRows = (heading) => {
  const all = [[heading, "figure", "target", "", ""], ...rows.splice(0)];
  const widths = all[0].map((_, index) => Math.max(...all.map((row) => row[index].length)));
  for (const row of all) {
    const cells = row.map((cell, index) => (index === 1 ? cell.padStart(widths[index]) : cell.padEnd(widths[index])));
    console.log(cells.join("  ").trimEnd());
  }
  console.log();
};

const otherNode = (major) => {
  const named = process.env[`LOTBOOK_NODE${major}`];
  if (named !== undefined && named !== "") return named;
  try {
    return execFileSync("npx", ["--no", "-p", `node@${major}`, "node", "-p", "process.execPath"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
};

const measureStart = (node, target) => {
  const nothing = { command: node, args: ["-e", "0"] };
  const lots = { command: node, args: [LOTBOOK, "lots"] };
  timeInTurns([nothing, lots], 2);
  const [least, time] = timeInTurns([nothing, lots], PAIRS);
  const version = versionOf(node);
  report(`lots, Node ${version}`, time / least, "×", target, `${time.toFixed(1)} ms to ${least.toFixed(1)} ms`);
  report(`lots, peak memory over bare Node, ${version}`, peakMemory(lots) - peakMemory(nothing), "MB", 25);
};

const measureStarts = () => {
  measureStart(process.execPath, process.version.startsWith("v20.") ? 1.6 : 1.4);
  for (const major of [22, 24].filter((other) => !process.version.startsWith(`v${other}.`))) {
    const node = otherNode(major);
    if (node === undefined)
      rows.push([`lots, Node ${major}`, "not found", "", "", `LOTBOOK_NODE${major} gives its path`]);
    else measureStart(node, 1.4);
  }
  printRows(`Start-up to \`node -e 0\`, median of ${PAIRS} pairs`);
};

/** Both questions about one register: lotbook's way and bare Node's. */
const questionsOf = (file, { contract, lot }) => [
  {
    name: "total --by supplier",
    ours: lotbook("-d", file, "total", "--by", "supplier"),
    bare: bare("totals", file),
  },
  {
    name: "lots --lot X --json",
    ours: lotbook("-d", file, "lots", "--lot", `${contract}/${lot}`, "--json"),
    bare: bare("lot", file, contract, lot),
  },
];

/** Gives, by question, the time and the memory at each size. */
const measureSizes = (folder) => {
  const measured = new Map();
  for (const size of SIZES) {
    const file = join(folder, `${size}.jsonl`);
    for (const { name, ours, bare: theirs } of questionsOf(file, lastLot(size))) {
      const [time, least] = timeInTurns([ours, theirs], ROUNDS);
      const memory = peakMemory(ours);
      const detail = `${time.toFixed(0)} ms to ${least.toFixed(0)} ms`;
      report(`${name}, ${size} lots`, time / least, "×", size === LARGEST ? 2 : undefined, detail);
      report("  peak memory", memory, "MB", undefined, `bare Node ${peakMemory(theirs).toFixed(0)} MB`);
      measured.set(name, [...(measured.get(name) ?? []), { size, time, memory }]);
    }
  }
  printRows("JSON Lines, to Node doing JSON.parse and a Map");
  return measured;
};

/** How time and memory grow between the sizes, the time of an empty register's start aside. */
const reportGrowth = (measured, start) => {
  for (const [name, steps] of measured) {
    steps.slice(1).forEach((step, index) => {
      const before = steps[index];
      const factor = step.size / before.size;
      const what = `${name}, ${before.size} → ${step.size} lots`;
      report(`${what}: time`, (step.time - start) / (before.time - start), "×", factor * 1.1);
      report(`${what}: memory`, step.memory / before.memory, "×", undefined);
    });
  }
  printRows("Growth");
};

/** What a query costs where no file has to be read for it. */
const measureQuery = async (folder) => {
  const { query, byHand, asked } = await queryCost(folder, join(folder, `${LARGEST}.jsonl`), 40);
  const detail = `${query.toFixed(1)} ms to ${byHand.toFixed(1)} ms`;
  report(`${asked}, ${LARGEST} lots in memory`, query / byHand, "×", 1.5, detail);
  printRows("A query, read and asked, to a loop that does the same comparisons");
};

const measureYaml = (folder) => {
  const size = SIZES[0];
  const [yaml, lines] = ["yaml", "jsonl"].map((ending) => join(folder, `${size}.${ending}`));
  questionsOf(yaml, lastLot(size)).forEach(({ name, ours }, index) => {
    const [time, least] = timeInTurns([ours, questionsOf(lines, lastLot(size))[index].ours], ROUNDS);
    report(`${name}, ${size} lots`, time / least, "×", undefined, `${time.toFixed(0)} ms to ${least.toFixed(0)} ms`);
    report("  peak memory", peakMemory(ours), "MB", undefined);
  });
  printRows("YAML, to the same register in JSON Lines");
};

const measureRivals = (folder) => {
  const files = { lines: join(folder, `${LARGEST}.jsonl`), records: join(folder, `${LARGEST}.rec`) };
  writeRec(files.records, LARGEST);
  const wanted = lastLot(LARGEST);
  const questions = questionsOf(files.lines, wanted);
  for (const { command, totals, oneLot } of rivals(files, wanted)) {
    if (versionOf(command) === undefined) {
      rows.push([command, "not found", "", "", ""]);
      continue;
    }
    [totals, oneLot].forEach((args, index) => {
      const { name, ours } = questions[index];
      const [time, theirs] = timeInTurns([ours, { command, args }], 3);
      const detail = `${time.toFixed(0)} ms to ${theirs.toFixed(0)} ms: ${(theirs / time).toFixed(1)} times as fast`;
      report(`${name}, to ${command}`, time / theirs, "×", index === 0 ? 0.25 : 1, detail);
    });
  }
  printRows(`Other tools on the same ${LARGEST} lots`);
};

const measureLongTable = (folder) => {
  const output = join(folder, "table.txt");
  const table = { ...lotbook("-d", join(folder, `${LARGEST}.jsonl`), "lots"), output };
  const [time] = timeInTurns([table], 3);
  report(`lots as a table of ${LARGEST} lots`, time, "ms", undefined, `${(statSync(output).size / 1e6).toFixed(0)} MB`);
  report("  peak memory", peakMemory(table), "MB", undefined);
  printRows("A long table into a file");
};

const NOTICES = 1000;

/** The same notices, read by lotbook and by what only parses them. */
const measureNotices = (folder) => {
  const notices = join(folder, "notices");
  writeNotices(notices, NOTICES);
  const ours = lotbook("lots", "--json", "-d", notices);
  const saxes = { command: process.execPath, args: [BARE_SAXES, notices] };
  const [time, least] = timeInTurns([ours, saxes], ROUNDS);
  const detail = `${time.toFixed(0)} ms to ${least.toFixed(0)} ms`;
  report(`lots --json of ${NOTICES} notices, to saxes alone`, time / least, "×", 1.6, detail);
  report("  peak memory", peakMemory(ours), "MB", undefined, `saxes ${peakMemory(saxes).toFixed(0)} MB`);
  if (versionOf("xmllint") === undefined) rows.push(["xmllint", "not found", "", "", ""]);
  else {
    const files = readdirSync(notices).map((name) => join(notices, name));
    const [lint] = timeInTurns([{ command: "xmllint", args: ["--noout", ...files] }], ROUNDS);
    report("  to one xmllint --noout", time / lint, "×", undefined, `${lint.toFixed(0)} ms`);
  }
  measureLargeNotice(folder);
  printRows(`Published notices (${NOTICES_SHAPE})`);
};

/** One notice of the size that users call unmanageable. */
const measureLargeNotice = (folder) => {
  const alone = join(folder, "large-notice");
  mkdirSync(alone);
  writeFileSync(join(alone, "notice.xml"), noticeOf(1, 34, 100));
  const ours = lotbook("lots", "--json", "-d", alone);
  const [time, least] = timeInTurns([ours, { command: process.execPath, args: [BARE_SAXES, alone] }], PAIRS);
  const detail = `${time.toFixed(0)} ms to ${least.toFixed(0)} ms`;
  report("one notice of 34 lots with 100 winners each, to saxes alone", time / least, "×", 1.5, detail);
  report("  peak memory", peakMemory(ours), "MB", undefined);
};

const GIGABYTE = 1e9;

/** Totals by supplier of a gigabyte of OCDS in JSON Lines, to Node doing JSON.parse and a Map, and to jq. */
const measureReleases = (folder) => {
  const [few, all] = [GIGABYTE / 10, GIGABYTE].map((bytes) => {
    const file = join(folder, `releases-${bytes}.jsonl`);
    writeReleases(file, bytes);
    return { file, ours: lotbook("total", "--by", "supplier", "-d", file) };
  });
  const bareNode = { command: process.execPath, args: [BARE_RELEASES, all.file] };
  const [ours, least] = timeInTurns([all.ours, bareNode], 3);
  const detail = (time, other) => `${(time / 1000).toFixed(1)} s to ${(other / 1000).toFixed(1)} s`;
  report("total --by supplier, to JSON.parse by line", ours / least, "×", 1.8, detail(ours, least));
  if (versionOf("jq") === undefined) rows.push(["jq", "not found", "", "", ""]);
  else {
    const [jq] = timeInTurns([{ command: "jq", args: ["-n", "-c", JQ_RELEASES, all.file] }], 1);
    report("  to jq", ours / jq, "×", 0.6, detail(ours, jq));
  }
  const memory = `${peakMemory(few.ours).toFixed(0)} MB for a tenth`;
  report("  peak memory", peakMemory(all.ours), "MB", undefined, memory);
};

const ORDERS = 1_000_000;

/** What is left of ceilings under a million orders, to Miller adding up the same file. */
const measureOrders = (folder) => {
  const measured = [ORDERS / 10, ORDERS].map((count) => {
    const [register, ledger] = ["jsonl", "csv"].map((ending) => join(folder, `orders-${count}.${ending}`));
    writeOrders(register, ledger, count);
    return { ledger, ours: lotbook("headroom", "--at", "2025-01-01", "-d", register) };
  });
  const [few, all] = measured;
  const miller = (...by) => ({
    command: "mlr",
    args: ["--icsv", "--ojson", "stats1", "-a", "sum", "-f", "amount", ...by, all.ledger],
  });
  if (versionOf("mlr") === undefined) rows.push(["mlr", "not found", "", "", ""]);
  else {
    for (const [what, rival] of [
      ["by lot", miller("-g", "lot")],
      ["in all", miller()],
    ]) {
      const [time, theirs] = timeInTurns([all.ours, rival], ROUNDS);
      const detail = `${time.toFixed(0)} ms to ${theirs.toFixed(0)} ms`;
      report(`headroom of ${ORDERS} orders, to mlr adding up ${what}`, time / theirs, "×", 1, detail);
    }
  }
  report("  peak memory", peakMemory(all.ours), "MB", undefined, `${peakMemory(few.ours).toFixed(0)} MB for a tenth`);
  printRows(`Orders in CSV (${ORDERS_SHAPE})`);
};

const folder = mkdtempSync(join(tmpdir(), "lotbook-bench-"));
try {
  measureStarts();
  console.log(`Registers: ${SHAPE}.\n`);
  for (const size of SIZES) writeJsonLines(join(folder, `${size}.jsonl`), size);
  writeYaml(join(folder, `${SIZES[0]}.yaml`), SIZES[0]);
  const measured = measureSizes(folder);
  const [start] = timeInTurns([lotbook("contracts")], PAIRS);
  reportGrowth(measured, start);
  await measureQuery(folder);
  measureYaml(folder);
  measureRivals(folder);
  measureLongTable(folder);
  measureNotices(folder);
  measureOrders(folder);
  measureReleases(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
