import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import {
  awards,
  compare,
  contracts,
  DataError,
  FORMATS,
  lots,
  openRegister,
  type Register,
  sources,
  suppliers,
  total,
  why,
} from "../../src/index.ts";
import type { PlainMap } from "../../src/syntax/plain.ts";
import { randomRegister, SOURCE_IDS, type WrittenRegister } from "../random-register.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const rowsOf = async <Row>(report: Report<Row>): Promise<readonly string[]> => {
  const text = (await allOf(FORMATS.ndjson(arrange(report, {})))).join("");
  return text.split("\n");
};

/** Every answer of a register. The rows of listings come in the order of the files: that is no part of what they say. */
const answersOf = async (register: Register): Promise<unknown> => {
  const at = { year: 2017 };
  const listings = [
    rowsOf(lots(register)),
    rowsOf(awards(register)),
    rowsOf(contracts(register, { at })),
    rowsOf(compare(register, {}, { all: true })),
    rowsOf(why(register)),
  ];
  return {
    listings: (await Promise.all(listings)).map((rows) => [...rows].sort()),
    sums: await Promise.all([
      rowsOf(suppliers(register)),
      rowsOf(total(register)),
      rowsOf(total(register, {}, { by: "supplier", split: "equal" })),
      rowsOf(total(register, {}, { by: "buyer" })),
      rowsOf(sources(register)),
    ]),
  };
};

type ListName = keyof WrittenRegister;

interface Placed {
  readonly list: ListName;
  readonly record: PlainMap;
}

const LISTS: readonly ListName[] = ["sources", "suppliers", "contracts", "queries", "ignore"];
const placedIn = (register: WrittenRegister): readonly Placed[] =>
  LISTS.flatMap((list) => register[list].map((record) => ({ list, record })));

const FILES = ["b.yaml", "a.jsonl", "north/z.yml", "north/deeper/m.jsonl", "0.yaml"] as const;

/** One file with some of the records. */
const textOf = (file: string, placed: readonly Placed[], more: object): string => {
  if (file.endsWith(".jsonl")) return placed.map(({ record }) => `${JSON.stringify(record)}\n`).join("");
  const lists = LISTS.map((list) => [list, placed.filter((one) => one.list === list).map(({ record }) => record)]);
  return JSON.stringify({ ...Object.fromEntries(lists), ...more }, null, 1);
};

const scattered = randomRegister.chain((register) => {
  const records = placedIn(register);
  return fc.record({
    register: fc.constant(register),
    shuffled: fc.shuffledSubarray([...records], { minLength: records.length }),
    files: fc.array(fc.constantFrom(...FILES), { minLength: records.length, maxLength: records.length }),
    prefer: fc.shuffledSubarray(SOURCE_IDS, { minLength: SOURCE_IDS.length }),
  });
});

describe("a register in many files answers as it does in one", () => {
  test("in whatever order its records stand in whatever files, where it says which sources it prefers", async () => {
    await fc.assert(
      fc.asyncProperty(scattered, async ({ register, shuffled, files, prefer }) => {
        write("one.yaml", textOf("one.yaml", placedIn(register), { prefer }));
        rmSync(join(folder, "many"), { recursive: true, force: true });
        for (const file of FILES) {
          const own = shuffled.filter((_, index) => files[index] === file);
          write(`many/${file}`, textOf(file, own, file === "b.yaml" ? { prefer } : {}));
        }
        const one = await openRegister(join(folder, "one.yaml"));
        const many = await openRegister(join(folder, "many"));
        expect(await answersOf(many)).toEqual(await answersOf(one));
      }),
      seeded(25),
    );
  });
});

const CONTRACT = `contracts:
  - contract: c
    lots:
      - { lot: 1, ceiling: { a: EUR 1M, b: EUR 2M, c: EUR 3M } }
`;
const source = (id: string): string => `sources: [{ source: ${id}, title: ${id} }]\n`;

const ceilingOf = async (): Promise<string> => {
  const [row = ""] = await rowsOf(lots(await openRegister(folder)));
  return /"ceiling": \{"amount": (\d)/.exec(row)?.[1] ?? "";
};

const findingsOf = async (): Promise<readonly string[]> => {
  try {
    await allOf((await openRegister(folder)).contracts());
    return [];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.findings.map(({ message, hint, position }) => {
      const at = `${position?.file.slice(folder.length + 1)}:${position?.line}`;
      return `${at}: ${message}; ${hint?.replaceAll(`${folder}/`, "")}`;
    });
  }
};

describe("which source is believed first", () => {
  beforeEach(() => {
    write("1.yaml", CONTRACT);
    write("2.yaml", source("c"));
    write("3.yaml", source("a"));
    write("4.yaml", source("b"));
  });

  test("the one that is listed first, file by file", async () => {
    expect(await ceilingOf()).toBe("3");
  });

  test("the one that the register prefers; those that it does not name come after", async () => {
    write("5.yaml", "prefer: [b]\n");
    expect(await ceilingOf()).toBe("2");
    const listed = (await openRegister(folder)).sources.map(({ id }) => id);
    expect(listed).toEqual(["b", "c", "a"]);
  });

  test("it must exist", async () => {
    write("5.yaml", "prefer: [b, d]\n");
    expect(await findingsOf()).toEqual([
      '5.yaml:1: there is no source "d"; declare it: sources: [{ source: d, title: … }]',
    ]);
  });

  test("one list says it, and names each once", async () => {
    write("5.yaml", "prefer:\n  - b\n  - a\n  - b\n");
    write("6.yaml", "prefer: [c]\n");
    const message = "one list says which sources are preferred, each once; it begins at 5.yaml:2";
    expect(await findingsOf()).toEqual([`5.yaml:4: ${message}`, `6.yaml:1: ${message}`]);
  });
});

describe("what stands twice is shown at both places", () => {
  test("sources, suppliers, contracts and queries, in files of any kind", async () => {
    write(
      "a.yaml",
      `${source("s")}suppliers: [{ supplier: a, name: A }]\n${CONTRACT.replace(/, ceiling: .*$/m, " }")}`,
    );
    write("b.yaml", 'queries: [{ query: q, find: "lot:1" }]\n');
    const lines = [
      { contract: "d", lots: [{ lot: "1" }] },
      { contract: "c", lots: [{ lot: "1" }] },
      { source: "s", title: "S" },
      { supplier: "a", name: "Other" },
      { query: "q", find: "lot:2" },
    ];
    write("c/d.jsonl", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    write("e.jsonl", `\n${JSON.stringify(lines[0])}\n`);
    expect(await findingsOf()).toEqual([
      'c/d.jsonl:2: the contract "c" stands twice; the other one is at a.yaml:4',
      'c/d.jsonl:3: the source "s" stands twice; the other one is at a.yaml:1',
      'c/d.jsonl:4: the supplier "a" stands twice; the other one is at a.yaml:2',
      'c/d.jsonl:5: the query "q" stands twice; the other one is at b.yaml:1',
      'e.jsonl:2: the contract "d" stands twice; the other one is at c/d.jsonl:1',
    ]);
  });
});

test("of files in a folder that nobody named, those of which none is a register are left out where one says so", async () => {
  write("a.yaml", "contracts: [{ contract: c, lots: [{ lot: 1 }] }]\n");
  write("b.yml", "services:\n  web: { image: x }\n");
  write("c.json", '{"suppliers": []}');
  const register = await openRegister(folder, { skipBad: true });
  expect((await allOf(register.contracts())).flat().map(({ id }) => id)).toEqual(["c"]);
  expect(register.findings().map(({ position, message }) => `${position?.file} ${message}`)).toEqual([
    `${join(folder, "b.yml")} this is not a register`,
  ]);
});
