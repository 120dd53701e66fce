import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import type * as Library from "../../src/index.ts";
import { type Codec, Encoding } from "../../src/records/codec.ts";
import { CONTRACT, contractCodec } from "../../src/records/contract.ts";
import { fact, lost } from "../../src/records/field.ts";
import { groupCodec } from "../../src/records/group.ts";
import { settledCodec } from "../../src/records/history.ts";
import type { ValueKind, ValueKinds } from "../../src/records/kinds.ts";
import { LOT, lotCodec } from "../../src/records/lot.ts";
import { releaseRecord, type Table } from "../../src/records/record.ts";
import { type SUPPLIER, supplierCodec } from "../../src/records/supplier.ts";
import { text } from "../../src/records/values.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { releasePackage } from "../../src/writers/ocds/release-package.ts";
import { registerLines } from "../../src/writers/register-records.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { linesOfLists, RECORD_FIELDS, type RecordField, registerAround } from "./format-records.ts";

/** One field more in the table of lots, as somebody would add it. */
const PLACE = `  place: fact(text, {
    says: "Where the work is done.",
    example: "Bremen",
    column: { title: "Place", shown: "known" },
    asked: { example: "place:bremen" },
    ocds: lost("places of lots"),
  }),
`;

const REGISTER = (place: string): string => `
contracts:
  - contract: k
    lots:
      - { lot: 1, place: ${place}, ceiling: EUR 5M }
      - { lot: 2, ceiling: EUR 1M }
`;

describe("a field that is added to the table of lots", () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-table-"));
  let library: typeof Library;
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    cpSync("src", join(folder, "src"), { recursive: true });
    for (const name of ["node_modules", "docs"]) symlinkSync(join(process.cwd(), name), join(folder, name), "dir");
    const table = join(folder, "src/records/lot.ts");
    const written = readFileSync(table, "utf8");
    expect(written).toContain("  awardCriteria: fact(");
    writeFileSync(table, written.replace("  awardCriteria: fact(", `${PLACE}  awardCriteria: fact(`));
    const outfile = join(folder, "library.mjs");
    const entry = { entryPoints: [join(folder, "src/index.ts")], outfile };
    const options = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" } as const;
    await build({ ...entry, ...options, loader: { ".md": "text" } });
    library = await import(pathToFileURL(outfile).href);
  });

  const open = (place: string) =>
    library.openRegister(["-"], {
      async *stdin() {
        yield new TextEncoder().encode(REGISTER(place));
      },
    });

  const rowsIn = async <Row extends object>(report: Library.Report<Row>): Promise<readonly string[]> =>
    (await allOf(report)).map((row) =>
      JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    );

  test("is in the JSON Schema", () => {
    const lots = library.registerSchema().properties?.["contracts"]?.items?.properties?.["lots"];
    expect(lots?.items?.properties?.["place"]?.description).toBe("Where the work is done. Example: Bremen");
  });

  test("is a column of lots and a field of queries", async () => {
    const register = await open("Bremen");
    const query = library.parseQuery("place:bremen");
    const report = library.lots(register, { query });
    expect(report.columns.map(({ name }) => name)).toContain("place");
    expect((await allOf(report)).map((row) => [row.lot, Reflect.get(row, "place")])).toEqual([["1", "Bremen"]]);
    expect(library.queryFieldNamed("place")).toMatchObject({ type: "text", meaning: "Where the work is done." });
  });

  test("is on cards, and in what differs", async () => {
    expect(await rowsIn(library.show(await open("Bremen"), "k/1"))).toContainEqual(expect.stringContaining("Bremen"));
    const [row] = await rowsIn(library.diff(await open("Bremen"), await open("Emden")));
    expect(row).toMatch(/"place".*Bremen.*Emden/);
  });

  test("is written, and its loss told where there is no place for it", async () => {
    const yaml = await library.registerYaml(await open("Bremen"), { folder: "." });
    expect(yaml).toContain("place: Bremen");
    const notes: string[] = [];
    const at = { year: 2026 };
    await allOf(library.releasePackage(await open("Bremen"), { at, tell: (note) => notes.push(note) }));
    expect(notes.join("\n")).toContain("places of lots (1)");
  });
});

describe("a table of what OCDS has records for", () => {
  test("says of each field where it stands there, or what is lost", () => {
    releaseRecord({ place: fact(text, { says: "Where.", example: "Bremen", ocds: lost("places") }) });
    // @ts-expect-error a field that is neither mapped nor declared lost does not compile
    releaseRecord({ place: fact(text, { says: "Where.", example: "Bremen" }) });
  });

  const told = async (lines: string) => {
    const notes: string[] = [];
    const written = await allOf(
      releasePackage(await openText(lines), { at: { year: 2026 }, tell: (note) => notes.push(note) }),
    );
    return { written: written.join(""), notes: notes.join("\n") };
  };

  const TABLES = {
    contracts: contractCodec,
    "contracts.lots": lotCodec,
    "contracts.groups": groupCodec,
    suppliers: supplierCodec,
  };

  /** The fields of registers with what the tables say of them; those that only say how to read others have no place. */
  const PLACED = RECORD_FIELDS.flatMap((field) => {
    const table = Object.entries(TABLES).find(([name]) => name === field.kind.name)?.[1];
    const own = table?.fields.find(({ key }) => key === field.key);
    return own?.ocds === undefined || own.presence === "aside" ? [] : [{ field, place: own.ocds }];
  });

  /** What is written of a register around a field, and told of it. */
  const around = async (field: RecordField): Promise<{ readonly written: string; readonly notes: string }> => {
    const lists = registerAround(field, field.example, "as texts");
    // A supplier is written where a lot names it.
    const contracts = lists["contracts"] ?? [{ contract: "c", lots: [{ lot: "1", suppliers: ["bt"] }] }];
    return told(linesOfLists({ ...lists, contracts }));
  };

  test.each(
    PLACED.flatMap(({ field, place }) =>
      "lost" in place ? [[`${field.kind.name}.${field.key}`, field, place.lost] as const] : [],
    ),
  )("tells the loss of %s", async (_, field, words) => {
    expect((await around(field)).notes).toContain(words);
  });

  /** The same within a contract that was awarded: much stands in awards, and nowhere without one. */
  const awarded = (field: RecordField): ReturnType<typeof registerAround> => {
    // OCDS has no moments of a month.
    const lists = registerAround(field, field.example.replace(/^\d{4}-\d{2}$/, "$&-10"), "as texts");
    const [contract = { contract: "c" }] = lists["contracts"] ?? [];
    const written = Array.isArray(contract["lots"]) ? contract["lots"] : [{ lot: "1" }];
    const ceiling = field.key !== "ceilingPerSupplier" && { ceiling: "EUR 5M" };
    const lots = written.map((lot) => ({ status: "awarded", suppliers: ["bt"], ...ceiling, ...lot }));
    const usual = { buyer: "City", awardDate: "2016-01-02", startDate: "2016-02-01", estimate: "EUR 9M" };
    const callOff = field.key !== "framework" && { callOffOf: "f" };
    const suppliers = (lists["suppliers"] ?? []).map((one) => ({ ...one, members: [{ name: "A member" }] }));
    return { ...lists, suppliers, contracts: [{ ...usual, ...callOff, ...contract, lots }] };
  };

  /** Whether something stands at the end of a path, in whatever item of the lists on the way. */
  const stands = (value: unknown, [key, ...below]: readonly string[]): boolean => {
    if (Array.isArray(value)) return value.some((item) => stands(item, key === undefined ? [] : [key, ...below]));
    if (key === undefined) return value !== undefined;
    return typeof value === "object" && value !== null && stands(Reflect.get(value, key), below);
  };

  test.each(
    PLACED.flatMap(({ field, place }) =>
      "at" in place ? [[`${field.kind.name}.${field.key}`, field, place.at] as const] : [],
    ),
  )("writes %s where it says", async (_, field, path) => {
    const { releases } = JSON.parse((await told(linesOfLists(awarded(field)))).written);
    expect(path).not.toBe("");
    expect({ path, stands: stands(releases, path.split("/")) }).toEqual({ path, stands: true });
  });
});

/** The names of fields whose values are of another type than their kind says. */
type Mislabelled<F extends Table> = {
  [Name in keyof F]: F[Name] extends { readonly kind: infer K extends ValueKind; readonly codec: Codec<infer T> }
    ? F[Name] extends { readonly fact: ValueKind }
      ? never
      : T extends ValueKinds[K]
        ? never
        : Name
    : never;
}[keyof F];

test("the kinds of fields are those of their values", () => {
  expectTypeOf<Mislabelled<typeof CONTRACT>>().toEqualTypeOf<never>();
  expectTypeOf<Mislabelled<typeof LOT>>().toEqualTypeOf<never>();
  expectTypeOf<Mislabelled<typeof SUPPLIER>>().toEqualTypeOf<never>();
});

describe("every field of a register is written as it is read, or by what it says where its name goes without saying", () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-fields-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(RECORD_FIELDS.map((field) => [`${field.kind.name}.${field.key}`, field] as const))(
    "%s",
    async (_, field) => {
      // Ledgers are named from where their register lies.
      const file = join(folder, "register.jsonl");
      writeFileSync(file, linesOfLists(registerAround(field, field.example, "as texts")));
      const written = (await allOf(registerLines(await openRegister(file), { folder }))).join("");
      const value = JSON.stringify(field.example);
      if (![`:${value}`, `[${value}]`].some((alone) => written.includes(alone)))
        expect(written).toContain(`"${field.key}":`);
      writeFileSync(file, written);
      expect((await allOf(registerLines(await openRegister(file), { folder }))).join("")).toBe(written);
    },
  );
});

test("a record that is put together has what goes without saying, and nothing that is not stated", () => {
  const stated = lotCodec.of({ id: "1", title: undefined });
  expect(stated).toEqual({ id: "1", status: "no-result" });
  expect(Object.keys(stated)).not.toContain("title");
  expect(settledCodec.encode(settledCodec.of({ id: "S" }), new Encoding())).toEqual({ settled: "S" });
});

test("a lot that says no status was awarded where any source says who holds it", async () => {
  const lots = ["[]", "{ s: [] }", "{ s: [], t: [b] }", "{ s: [b], t: [] }", "[b]"].map(
    (suppliers, index) => `{ lot: ${index}, suppliers: ${suppliers} }`,
  );
  const register = await openText(
    `sources: [{ source: s, title: S }, { source: t, title: T }]
suppliers: [{ supplier: b, name: Beta }]
contracts: [{ contract: c, lots: [${lots.join(", ")}] }]`,
  );
  const [contract] = (await allOf(register.contracts())).flat();
  expect(contract?.lots.map(({ status }) => status)).toEqual([
    "no-result",
    "no-result",
    "awarded",
    "awarded",
    "awarded",
  ]);
});

test("what a notice calls suppliers is written where their records call them otherwise, whether they hold the lot or only its orders", async () => {
  const register = await openText(
    `suppliers:
  - { supplier: a, name: A, successions: [{ merged: 2020, into: b }, { left: 2024 }] }
  - { supplier: b, name: B, successions: [{ merged: 2021, into: c }] }
  - { supplier: c, name: C }
  - { supplier: d, name: D, successions: [{ merged: 2021, into: a }] }
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a], calledHere: { a: A plc, b: B plc, c: C, d: D plc } }] }]`,
  );
  expect((await allOf(registerLines(register, { folder: "." }))).join("")).toContain(
    '"calledHere":{"a":"A plc","b":"B plc","d":"D plc"}',
  );
});

test("of very many keys that a record does not have, the first thousand are told each, and the rest by their number", async () => {
  const keys = Array.from({ length: 1_003 }, (_, index) => `"x${index}":1`).join(",");
  const { stdout } = await runInProcess(["check", "-f", "json", "-"], {
    input: Buffer.from(`{"contract":"c","lots":[{"lot":"1",${keys}}]}\n`),
  });
  const messages: string[] = JSON.parse(stdout).map(({ message }: { readonly message: string }) => message);
  expect(messages.filter((message) => message.startsWith("unknown key"))).toHaveLength(1_000);
  expect(messages).toContain("3 more unknown keys");
});

test("every column has a heading", () => {
  for (const table of [CONTRACT, LOT]) {
    const titles = Object.values(table).flatMap((field) =>
      "column" in field && typeof field.column === "object" ? [field.column.title] : [],
    );
    expect(titles.length).toBeGreaterThan(1);
    for (const title of titles) expect(title).toMatch(/^[A-Z]\S*( \S+)*$/);
  }
});

test("a field that packages of OCDS leave out has words by which its loss is told", () => {
  const fields = [contractCodec, lotCodec, groupCodec, supplierCodec].flatMap((codec) => codec.fields);
  const lost = fields.flatMap(({ name, ocds }) =>
    ocds !== undefined && "lost" in ocds ? [{ name, words: ocds.lost }] : [],
  );
  expect(lost.length).toBeGreaterThan(20);
  expect(lost.filter(({ words }) => words.trim() === "")).toEqual([]);
});
