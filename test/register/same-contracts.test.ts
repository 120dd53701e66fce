import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compare, openRegister, total, writeStore } from "../../src/index.ts";
import { type Claim, UNATTRIBUTED } from "../../src/model/claim.ts";
import { type Contract, contractCodec } from "../../src/records/contract.ts";
import { type Lot, lotCodec } from "../../src/records/lot.ts";
import type { Supplier } from "../../src/records/supplier.ts";
import { besideNotice, sameContracts } from "../../src/register/same-contracts.ts";
import { times } from "../long.ts";
import { closingOf, linesOf } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

const NOTICE = "examples/award-notice.xml";
const NUMBER = "00000042-2024";
const PROCEDURE = "0a7f2c1e-0000-4000-9000-000000000042";

const folder = mkdtempSync(join(tmpdir(), "lotbook-beside-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const fileOf = (text: string, ending = "yaml"): string => {
  mkdirSync(join(folder, `${++made}`));
  const file = join(folder, `${made}`, `register.${ending}`);
  writeFileSync(file, text);
  return file;
};

const opened = (paths: readonly string[], prefer?: string) =>
  openRegister(paths, { besideNotices: true, ...(prefer !== undefined && { prefer }) });

const compared = async (...paths: readonly string[]): Promise<string[]> => {
  const report = compare(await opened(paths), {}, { all: true });
  return await linesOf(report, "record", "fact", "source", "value", "otherSource", "otherValue", "verdict");
};

const told = async (...paths: readonly string[]): Promise<string[]> => {
  const register = await opened(paths);
  await allOf(register.contracts());
  return register.assumptions().flatMap(({ rule, first }) => (rule === "T12" ? first.map(({ text }) => text) : []));
};

const SHEET = `
sources: [{ source: sheet, title: A sheet }]
suppliers: [{ supplier: nord, name: Nordlicht GmbH }]
contracts:
  - contract: OO-7
    title: Lights of the port
    procedure: ${PROCEDURE}
    source: sheet#B2
    lots:
      - { lot: LOT-0001, ceiling: EUR 0.8M, suppliers: [nord] }
      - { lot: LOT-0002, ceiling: EUR 145k, suppliers: [nord] }
`;

const ROWS = [
  `OO-7/LOT-0001 | ceiling | sheet | EUR 0.8M | ${NUMBER} | EUR 800,000 | agrees`,
  `OO-7/LOT-0001 | suppliers | sheet | Nordlicht GmbH | ${NUMBER} | Quay and Mast, Nordlicht GmbH | contradicts`,
  `OO-7/LOT-0002 | ceiling | sheet | EUR 145k | ${NUMBER} | EUR 150,000 | contradicts`,
  `OO-7/LOT-0002 | suppliers | sheet | Nordlicht GmbH | ${NUMBER} | Nordlicht GmbH | agrees`,
];

const JSON_LINES = [
  { source: "sheet", title: "A sheet" },
  { supplier: "nord", name: "Nordlicht GmbH" },
  {
    contract: "OO-7",
    title: "Lights of the port",
    procedure: PROCEDURE,
    source: "sheet#B2",
    lots: [
      { lot: "LOT-0001", ceiling: "EUR 0.8M", suppliers: ["nord"] },
      { lot: "LOT-0002", ceiling: "EUR 145k", suppliers: ["nord"] },
    ],
  },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

describe("a register beside a notice of the same procedure", () => {
  test("is held against it, whichever is named first, in YAML, JSON Lines and a store", async () => {
    const yaml = fileOf(SHEET);
    const lines = fileOf(JSON_LINES, "jsonl");
    const store = join(folder, "sheet.store");
    const day = { year: 2026, month: 1, day: 2 };
    await writeStore(store, { register: await openRegister(yaml), paths: [yaml], day, version: "1.2.3" });
    for (const file of [yaml, lines, store]) {
      expect(await compared(file, NOTICE)).toEqual(ROWS);
      expect(await compared(NOTICE, file)).toEqual(ROWS);
    }
  });

  test("is believed, unless the notice is preferred", async () => {
    const report = compare(await opened([fileOf(SHEET), NOTICE], NUMBER));
    expect(await linesOf(report, "record", "fact", "source", "otherSource", "difference")).toEqual([
      `OO-7/LOT-0001 | suppliers | ${NUMBER} | sheet | -`,
      `OO-7/LOT-0002 | ceiling | ${NUMBER} | sheet | EUR -5k`,
    ]);
  });

  test("is one contract, and what both say otherwise without sources, or alone, is told", async () => {
    const text = SHEET.replace("Lights of the port", "Harbour lights").replace("lot: LOT-0002", "lot: B");
    const register = await opened([fileOf(text), NOTICE]);
    const contracts = (await allOf(register.contracts())).flat();
    expect(contracts.map(({ id, lots }) => [id, lots.map((lot) => lot.id)])).toEqual([
      ["OO-7", ["LOT-0001", "B", "LOT-0002"]],
    ]);
    expect(await told(fileOf(text), NOTICE)).toEqual([
      expect.stringMatching(
        /^tells of the contract "OO-7" of .*; not compared: title, in which they differ; LOT-0002, which only the notice has; B, which only the register has$/,
      ),
    ]);
  });

  test("has the lots of the notice, whose numbers people write in other ways, which is told", async () => {
    for (const [first, second] of [
      ["1", "2"],
      ["Lot 1", "Los-02"],
      ["lot no 1", "0002"],
    ]) {
      const text = SHEET.replaceAll("LOT-0001", `"${first}"`).replaceAll("LOT-0002", `"${second}"`);
      expect(await compared(fileOf(text), NOTICE)).toEqual(
        ROWS.map((row) => row.replace("LOT-0001", `${first}`).replace("LOT-0002", `${second}`)),
      );
      expect(await told(fileOf(text), NOTICE)).toEqual([
        expect.stringMatching(`; taken by their numbers: lot ${first} for LOT-0001, lot ${second} for LOT-0002$`),
      ]);
    }
    const twice = SHEET.replace("lot: LOT-0001", "lot: 2").replace("lot: LOT-0002", 'lot: "02"');
    expect(await told(fileOf(twice), NOTICE)).toEqual([expect.stringContaining("2, 02, which only the register has")]);
  });

  test("of which the register says as a whole what the notice divides is compared as a whole", async () => {
    const whole = `contracts: [{ contract: ${NUMBER}, lots: [{ lot: all, ceiling: EUR 900k }] }]`;
    expect(await compared(fileOf(whole), NOTICE)).toEqual([
      `${NUMBER} | ceiling | - | EUR 900k | ${NUMBER} | EUR 950,000 | contradicts`,
    ]);
  });

  test("is told where nothing is the same, for no procedure is anybody's alone", async () => {
    const other = SHEET.replace("contracts:", `contracts:\n  - { contract: OO-9, procedure: ${PROCEDURE}, lots: [] }`);
    expect(await compared(fileOf(other), NOTICE)).toEqual([]);
    expect(await told(fileOf(other), NOTICE)).toEqual([expect.stringContaining("they are not compared")]);
  });

  test("still stands twice for all else, and so does what two registers declare", async () => {
    const own = fileOf(`contracts: [{ contract: ${NUMBER}, lots: [{ lot: 1, ceiling: EUR 1k }] }]`);
    const register = await openRegister([own, NOTICE]);
    expect(await closingOf(total(register))).toEqual(["Total: EUR 1k (each shared ceiling counted once)"]);
    expect(register.findings().map(({ rule, message }) => [rule, message])).toEqual([
      ["F7", `the contract "${NUMBER}" stands twice`],
    ]);
    const again = fileOf(`contracts: [{ contract: ${NUMBER}, lots: [] }]`);
    await expect(opened([own, again, NOTICE])).rejects.toThrow("stands twice");
  });
});

const origin = { locate: () => ({ file: "", line: 1, column: 1, text: "" }) };

async function* streamed(contracts: readonly Contract[]) {
  for (const contract of contracts) yield [contract];
}

type Identity = Pick<Contract, "id" | "procedure" | "callOffOf">;

const identities = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("a", "b", "c", "d", "e"),
    procedure: fc.constantFrom(undefined, "p", "q", "r"),
    callOffOf: fc.constantFrom(undefined, undefined, "f"),
  }),
  { selector: ({ id }) => id, maxLength: 5 },
);

const contractsOf = (all: readonly Identity[]): readonly Contract[] =>
  all.map((one) => contractCodec.of({ ...one, lots: [], origin }));

/** By the definition, each against each. */
const pairsByDefinition = (mine: readonly Identity[], theirs: readonly Identity[]): readonly string[] => {
  const byId = (a: Identity, b: Identity) =>
    a.id === b.id && (a.procedure === b.procedure || a.procedure === undefined || b.procedure === undefined);
  const isAlone = (one: Identity, all: readonly Identity[]) =>
    all.filter(({ procedure }) => procedure === one.procedure).length === 1;
  const byProcedure = (a: Identity, b: Identity) =>
    a.procedure !== undefined &&
    a.procedure === b.procedure &&
    (a.callOffOf === undefined) === (b.callOffOf === undefined) &&
    isAlone(a, mine) &&
    isAlone(b, theirs) &&
    !theirs.some((other) => byId(a, other)) &&
    !mine.some((other) => byId(other, b));
  return mine.flatMap((a) => theirs.flatMap((b) => (byId(a, b) || byProcedure(a, b) ? [`${a.id} is ${b.id}`] : [])));
};

test("contracts are the same by one id or by a procedure of theirs alone, in whatever order they come", async () => {
  const pairs = async (mine: readonly Identity[], theirs: readonly Identity[]) => {
    const { same } = await sameContracts(streamed(contractsOf(mine)), streamed(contractsOf(theirs)));
    return [...same].map(([id, contract]) => `${id} is ${contract.id}`).sort();
  };
  await fc.assert(
    fc.asyncProperty(identities, identities, async (mine, theirs) => {
      const expected = [...pairsByDefinition(mine, theirs)].sort();
      expect(await pairs(mine, theirs)).toEqual(expected);
      expect(await pairs(mine.toReversed(), theirs.toReversed())).toEqual(expected);
    }),
    seeded(times(2000, 300)),
  );
});

const supplierOf = (id: string, legalId: string | undefined): Supplier => ({
  id,
  name: [{ value: "Nord", by: UNATTRIBUTED }],
  kind: "company",
  aliases: [],
  legalId,
  successions: [],
  origin,
});

describe("the lots of one contract", () => {
  const held = (lot: string, supplier: Supplier) =>
    contractCodec.of({
      id: "x",
      origin,
      lots: [lotCodec.of({ id: lot, suppliers: [{ value: [supplier], by: UNATTRIBUTED }] })],
    });
  const holders = (mine: Supplier, theirs: Supplier) => {
    const { lots } = besideNotice(held("no-lot", mine), held("LOT-0001", theirs)).contract;
    return lots.map(({ id, suppliers = [] }) => [id, suppliers.map(({ value }) => value.map((one) => one.id))]);
  };

  test("are one where each has one, and who is called alike on it is one", () => {
    expect(holders(supplierOf("a", undefined), supplierOf("n:1", "HRB 1"))).toEqual([["no-lot", [["a"], ["a"]]]]);
    expect(holders(supplierOf("a", "HRB 1"), supplierOf("n:1", "HRB 1"))).toEqual([["no-lot", [["a"], ["a"]]]]);
  });

  test("are held by two companies where their legal ids differ", () => {
    expect(holders(supplierOf("a", "HRB 2"), supplierOf("n:1", "HRB 1"))).toEqual([["no-lot", [["a"], ["n:1"]]]]);
  });
});

const claims = (source: string) =>
  fc.array(
    fc.integer({ min: 1, max: 30 }).map((day) => ({
      value: { year: 2024, month: 4, day },
      by: { source, locator: `${day}` },
    })),
    { maxLength: 2 },
  );

const factIn = <T>([first, ...others]: readonly Claim<T>[]) => first && ([first, ...others] as const);

const stated = (source: string) =>
  fc
    .record({
      awardDate: claims(source),
      lots: fc.uniqueArray(fc.record({ id: fc.constantFrom("1", "2", "3"), startDate: claims(source) }), {
        selector: ({ id }) => id,
        minLength: 2,
      }),
    })
    .map(({ awardDate, lots }) =>
      contractCodec.of({
        id: "x",
        origin,
        awardDate: factIn(awardDate),
        lots: lots.map(({ id, startDate }): Lot => lotCodec.of({ id, startDate: factIn(startDate) })),
      }),
    );

test("no claim of either goes missing, the register's stand first, and each lot stands once", () => {
  fc.assert(
    fc.property(stated("sheet"), stated("notice"), (mine, theirs) => {
      const { contract } = besideNotice(mine, theirs);
      expect(contract.awardDate ?? []).toEqual([...(mine.awardDate ?? []), ...(theirs.awardDate ?? [])]);
      const ids = new Set([...mine.lots, ...theirs.lots].map(({ id }) => id));
      expect(contract.lots.map(({ id }) => id)).toEqual([...ids]);
      const said = ({ lots }: Contract, id: string) => lots.find((lot) => lot.id === id)?.startDate ?? [];
      for (const id of ids) expect(said(contract, id)).toEqual([...said(mine, id), ...said(theirs, id)]);
    }),
    seeded(times(1000, 200)),
  );
});
