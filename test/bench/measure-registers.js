/** What registers of several sizes cost, to a bare loop over the same file and to other tools. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { peakMemory, timeInTurns } from "./measure.js";
import { lotbook, yardstick } from "./programs.js";
import { queryCost } from "./query-cost.js";
import { lastLot, writeJsonLines, writeRec, writeYaml } from "./registers.js";
import { rivals } from "./rivals.js";
import { Section } from "./section.js";

/** Both questions about one register: lotbook's way and bare Node's. */
const questionsOf = (file, { contract, lot }) => [
  {
    name: "total --by supplier",
    ours: lotbook("-d", file, "total", "--by", "supplier"),
    bare: yardstick("bare.js", "totals", file),
    target: 2,
    peerTarget: 0.25,
  },
  {
    name: "lots --lot X --json",
    ours: lotbook("-d", file, "lots", "--lot", `${contract}/${lot}`, "--json"),
    bare: yardstick("bare.js", "lot", file, contract, lot),
    target: 1.5,
    peerTarget: 1,
  },
];

/** The section, and by question the time and the memory at each size. */
const measureSizes = (folder, { lots, rounds, targetOf }) => {
  const section = new Section("Registers in JSON Lines", "to Node doing JSON.parse and a Map");
  const measured = new Map();
  for (const size of lots) {
    const file = join(folder, `${size}.jsonl`);
    for (const { name, ours, bare, target } of questionsOf(file, lastLot(size))) {
      const times = timeInTurns([ours, bare], rounds);
      const memory = peakMemory(ours);
      section.ratio(`${name}, ${size} lots`, times, size === lots.at(-1) ? targetOf(target) : undefined);
      section.figure("  peak memory", memory, "MB", { detail: `bare Node ${peakMemory(bare).toFixed(0)} MB` });
      measured.set(name, [...(measured.get(name) ?? []), { size, time: times[0], memory }]);
    }
  }
  return { section, measured };
};

/** How time and memory grow between the sizes, the time of an empty register's start aside. */
const measureGrowth = (measured, { pairs, targetOf }) => {
  const section = new Section("Growth, less the time of a start");
  const [start] = timeInTurns([lotbook("contracts")], pairs);
  for (const [name, steps] of measured) {
    steps.slice(1).forEach((step, index) => {
      const before = steps[index];
      const factor = step.size / before.size;
      const what = `${name}, ${before.size} → ${step.size} lots`;
      section.figure(`${what}: time`, (step.time - start) / (before.time - start), "×", {
        target: targetOf(factor * 1.1),
      });
      section.figure(`${what}: memory`, step.memory / before.memory, "×");
    });
  }
  return section;
};

/** What a query costs where no file has to be read for it. */
const measureQuery = async (folder, { lots, targetOf }) => {
  const section = new Section("A query, read and asked", "to a loop that does the same comparisons");
  const size = lots.at(-1);
  const { query, byHand, asked } = await queryCost(folder, join(folder, `${size}.jsonl`), 40);
  section.ratio(`${asked}, ${size} lots in memory`, [query, byHand], targetOf(1.5));
  return section;
};

const measureYaml = (folder, { lots: [size], rounds, targetOf }) => {
  const section = new Section("YAML", "to the same register in JSON Lines");
  const [yaml, lines] = ["yaml", "jsonl"].map((ending) =>
    questionsOf(join(folder, `${size}.${ending}`), lastLot(size)),
  );
  yaml.forEach(({ name, ours }, index) => {
    section.ratio(`${name}, ${size} lots`, timeInTurns([ours, lines[index].ours], rounds), targetOf(2));
    section.figure("  peak memory", peakMemory(ours), "MB");
  });
  return section;
};

const measurePeers = (folder, { lots, rounds, targetOf }) => {
  const size = lots.at(-1);
  const section = new Section(`Other tools on the same ${size} lots`);
  const files = { lines: join(folder, `${size}.jsonl`), records: join(folder, `${size}.rec`) };
  writeRec(files.records, size);
  const questions = questionsOf(files.lines, lastLot(size));
  for (const { command, totals, oneLot } of rivals(files, lastLot(size))) {
    if (!section.hasPeer(command)) continue;
    [totals, oneLot].forEach((args, index) => {
      const { name, ours, peerTarget } = questions[index];
      const times = timeInTurns([ours, { command, args }], Math.min(rounds, 3));
      section.ratio(`${name}, to ${command}`, times, targetOf(peerTarget));
    });
  }
  return section;
};

const measureLongTable = (folder, { lots }) => {
  const section = new Section("A long table into a file");
  const output = join(folder, "table.txt");
  const table = { ...lotbook("-d", join(folder, `${lots.at(-1)}.jsonl`), "lots"), output };
  const [time] = timeInTurns([table], 3);
  const detail = `${(statSync(output).size / 1e6).toFixed(0)} MB of text`;
  section.figure(`lots as a table of ${lots.at(-1)} lots`, time / 1000, "s", { detail });
  section.figure("  peak memory", peakMemory(table), "MB");
  return section;
};

export const measureRegisters = async (folder, sizes) => {
  for (const size of sizes.lots) writeJsonLines(join(folder, `${size}.jsonl`), size);
  writeYaml(join(folder, `${sizes.lots[0]}.yaml`), sizes.lots[0]);
  const { section, measured } = measureSizes(folder, sizes);
  return [
    section,
    measureGrowth(measured, sizes),
    await measureQuery(folder, sizes),
    measureYaml(folder, sizes),
    measurePeers(folder, sizes),
    measureLongTable(folder, sizes),
  ];
};
