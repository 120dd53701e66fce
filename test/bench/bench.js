/**
 * `npm run bench`: what lotbook costs, as ratios to bare loops and to other tools measured in the same run, beside the
 * targets. Options go after `--`:
 *   --quick         smaller sizes and fewer turns, within a minute; sizes being smaller, most targets do not apply
 *   --pairs N       measures starts in N pairs
 *   --page FILE     writes the figures as a page of the manual, too
 *   SECTION …       only these: starts, registers, notices, orders, store
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { versionOf } from "./measure.js";
import { measureNotices } from "./measure-notices.js";
import { measureOrders } from "./measure-orders.js";
import { measureRegisters } from "./measure-registers.js";
import { measureStarts } from "./measure-starts.js";
import { measureStore } from "./measure-store.js";
import { SHAPE } from "./registers.js";
import { sizesFor } from "./sizes.js";

const PARTS = {
  starts: measureStarts,
  registers: measureRegisters,
  notices: measureNotices,
  orders: measureOrders,
  store: measureStore,
};

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, pairs: { type: "string" }, page: { type: "string" } },
  allowPositionals: true,
});

const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(", ")}: there are ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}

const sizes = sizesFor({ quick: values.quick, pairs: values.pairs === undefined ? undefined : Number(values.pairs) });

const machine = () => {
  const [{ model }] = cpus();
  const peers = ["jq", "mlr", "recsel", "xmllint"].flatMap((name) => versionOf(name) ?? []);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${type()}, ${cpus().length} × ${model.trim()}, ${memory}; Node ${process.versions.node}; ${peers.join("; ")}`;
};

const INTRODUCTION = `# Benchmarks

What lotbook costs, by \`npm run bench\` in a clone: each figure beside that of a bare loop which does the least for the same
answer, or of another tool, taken in turns in one run. Ratios are what counts; times are those of the machine, which may have
had other work. A target that is missed says so. This page is the last full run.

Registers are made up: ${SHAPE}.`;

const pageOf = (sections) =>
  [INTRODUCTION, `Measured on ${machine()}.`, ...sections.map((section) => section.toMarkdown())].join("\n\n");

const folder = mkdtempSync(join(tmpdir(), "lotbook-bench-"));
const sections = [];
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const place = join(folder, name);
    mkdirSync(place);
    const measured = await measure(place, { ...sizes, otherNodes: !values.quick });
    for (const section of measured) console.log(`${section.toText()}\n`);
    sections.push(...measured);
    rmSync(place, { recursive: true, force: true });
  }
  if (values.page !== undefined) writeFileSync(values.page, `${pageOf(sections)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
