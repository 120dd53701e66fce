/** What it takes to start and to answer a small question, to Node doing nothing. */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { peakMemory, timeInTurns, versionOf } from "./measure.js";
import { LOTBOOK, PACKAGE } from "./programs.js";
import { Section } from "./section.js";

const LOTS_TARGETS = { 20: 1.45, 22: 1.4, 24: 1.45 };

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

/** An installation in whose folder the program may keep nothing, as others may write there, too. */
const readOnlyInstallation = (folder) => {
  const [copy, caches] = [join(folder, "read-only"), join(folder, "caches")];
  const isWanted = (path) => !/\.cache(\.\d+)?$/.test(path) && !/[\\/]node_modules[\\/]?$/.test(path);
  for (const part of ["bin", "data", "dist", "package.json"])
    cpSync(join(PACKAGE, part), join(copy, part), { recursive: true, filter: isWanted });
  chmodSync(join(copy, "dist", "cli"), 0o777);
  mkdirSync(caches, { mode: 0o700 });
  return { args: [join(copy, "bin", "lotbook.js"), "lots"], environment: { XDG_CACHE_HOME: caches } };
};

const questionsOn = (major, folder) => {
  const own = join(PACKAGE, "examples", "harbour.yaml");
  return [
    { what: "lots", args: [LOTBOOK, "lots"], target: LOTS_TARGETS[major] },
    { what: "--version", args: [LOTBOOK, "--version"], target: 1.1 },
    { what: "total", args: [LOTBOOK, "total"], target: 1.55 },
    { what: "show cloud-i", args: [LOTBOOK, "show", "cloud-i"], target: 1.55 },
    { what: "--help", args: [LOTBOOK, "--help"], target: 1.55 },
    { what: "lots of one's own small YAML", args: [LOTBOOK, "lots", own], target: 1.8 },
    { what: "lots, where nothing may be kept beside the program", ...readOnlyInstallation(folder), target: 1.55 },
  ];
};

const measureStart = (section, { node, major, pairs, folder }) => {
  const nothing = { command: node, args: ["-e", "0"] };
  for (const { what, target, ...question } of questionsOn(major, folder)) {
    const ours = { command: node, ...question };
    timeInTurns([nothing, ours], 2);
    const [least, time] = timeInTurns([nothing, ours], pairs);
    section.ratio(`${what}, Node ${major}`, [time, least], target);
  }
  const lots = { command: node, args: [LOTBOOK, "lots"] };
  section.figure(`lots, peak memory over bare Node ${major}`, peakMemory(lots) - peakMemory(nothing), "MB", {
    target: 25,
  });
};

/** Other Nodes are measured where LOTBOOK_NODE22 and LOTBOOK_NODE24 give their paths, or where npx has them. */
export const measureStarts = (folder, { pairs, otherNodes }) => {
  const section = new Section("Start-up", `to \`node -e 0\`, medians of ${pairs} pairs`);
  const own = Number(process.versions.node.split(".")[0]);
  const majors = otherNodes ? [20, 22, 24].filter((major) => major !== own) : [];
  const nodes = [[own, process.execPath], ...majors.map((major) => [major, otherNode(major)])];
  for (const [major, node] of nodes) {
    if (node === undefined || versionOf(node) === undefined)
      section.absent(`Node ${major}`, `LOTBOOK_NODE${major} gives its path`);
    else {
      const place = join(folder, `node-${major}`);
      mkdirSync(place);
      measureStart(section, { node, major, pairs, folder: place });
    }
  }
  return [section];
};
