import { describe, expect, test } from "vitest";
import { readOcdsLines } from "../../../src/notices/ocds/read-ocds.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import { award, contractIn, eur, lotLines, notesOf, read, readText, release } from "./reading.ts";

const awarded = release({ awards: [award("a", "Alder", { value: eur(5) })] });
const LINE = ["no-lot awarded: Alder; awarded EUR 5"];

describe("what a document may be", () => {
  test.each([
    ["a release", awarded],
    ["a list of releases", [awarded]],
    ["a package of releases", { uri: "https://example.org", version: "1.1", releases: [awarded] }],
    ["a list of packages", [{ releases: [awarded] }]],
    ["a record", { ocid: "ocds-1", compiledRelease: awarded }],
    ["a record of releases", { ocid: "ocds-1", releases: [awarded] }],
    ["a package of records", { version: "1.1", records: [{ ocid: "ocds-1", compiledRelease: awarded }] }],
  ])("%s", (_, document) => {
    expect(lotLines(contractIn(document))).toEqual(LINE);
    const pretty = readText(JSON.stringify(document, null, 2));
    expect(pretty.findings).toEqual([]);
    expect(pretty.notices.flatMap(({ contract }) => lotLines(contract))).toEqual(LINE);
    const mixed = readText(`${JSON.stringify(document)}\n${JSON.stringify(document, null, 2)}\n`);
    expect(mixed.findings).toEqual([]);
    expect(mixed.notices.flatMap(({ contract }) => lotLines(contract))).toEqual(LINE);
  });

  test.each([
    ["a line each", [awarded, { releases: [release({ ocid: "ocds-2" })] }]],
    ["with blank lines", [awarded, "", release({ ocid: "ocds-2" }), ""]],
  ])("JSON Lines: %s", (_, lines) => {
    const text = lines.map((line) => (line === "" ? "" : JSON.stringify(line))).join("\r\n");
    const { notices, findings } = readText(text);
    expect(findings).toEqual([]);
    expect(notices.map(({ contract }) => contract.id)).toEqual(["ocds-1", "ocds-2"]);
  });

  test("nothing at all", () => expect(readText(" \n")).toEqual({ notices: [], findings: [] }));

  test("a byte order mark is passed over", () =>
    expect(readText(`\uFEFF${JSON.stringify(awarded)}`).notices).toHaveLength(1));
});

describe("records", () => {
  const earlier = release({ id: "r0", date: "2024-04-01", awards: [award("a", "Alder", { value: eur(100) })] });

  test("a compiled release stands for all its releases", () => {
    const contract = contractIn({
      ocid: "ocds-1",
      releases: [earlier, awarded],
      compiledRelease: { ...awarded, id: "c" },
    });
    expect(lotLines(contract)).toEqual(LINE);
    expect(contract.publications.map(({ id }) => id)).toEqual(["ocds-1/r0", "ocds-1/r1", "ocds-1/c"]);
  });

  test("its releases may be linked only", () => {
    const links = [{ url: "https://example.org/r0", date: "2024-04-01", tag: ["award"] }];
    const contract = contractIn({ ocid: "ocds-1", releases: links, compiledRelease: awarded });
    expect(contract.publications).toMatchObject([
      { id: "https://example.org/r0", date: { year: 2024, month: 4, day: 1 }, kind: "award" },
      { id: "ocds-1/r1" },
    ]);
    expect(notesOf(contract)).toEqual([]);
  });

  test("without one its releases are merged, and those that are linked are said to be left out", () => {
    const { ocid: _, ...nameless } = awarded;
    const contract = contractIn({ ocid: "ocds-1", releases: [earlier, { url: "https://example.org/r0" }, nameless] });
    expect(lotLines(contract)).toEqual(LINE);
    expect(notesOf(contract)).toContain("O1 releases that its record only links to are left out");
  });

  test("a versioned release holds the last value of each by date", () => {
    const version = (releaseDate: string, value: unknown) => ({
      releaseID: "r",
      releaseDate,
      releaseTag: ["award"],
      value,
    });
    const versioned = {
      ocid: "ocds-1",
      initiationType: [version("2024-01-01T00:00:00Z", "tender")],
      awards: [
        {
          id: "a",
          status: [version("2024-03-01T00:00:00Z", "active"), version("2024-02-01T00:00:00Z", "pending")],
          suppliers: [
            version("2024-02-01T00:00:00Z", [{ name: "Birch" }]),
            version("2024-03-01T00:00:00Z", [{ name: "Alder" }]),
          ],
          value: {
            amount: [version("2024-02-01T00:00:00+00:00", 9), version("2024-02-01T00:00:00-02:00", 5)],
            currency: [version("2024-02-01T00:00:00Z", "EUR")],
          },
        },
      ],
    };
    expect(lotLines(contractIn(versioned))).toEqual(LINE);
    expect(lotLines(contractIn({ ocid: "ocds-1", versionedRelease: versioned }))).toEqual(LINE);
    expect(lotLines(contractIn({ ocid: "ocds-1", versionedRelease: versioned, compiledRelease: awarded }))).toEqual(
      LINE,
    );
  });
});

describe("what is no release is reported where it stands, and the others are read", () => {
  const findingsOf = (...values: unknown[]) =>
    read(...values).findings.map(({ message, position }) => `${position?.line}:${position?.column}: ${message}`);

  test.each([
    [{ hello: "world" }, "1:1: this is no OCDS data"],
    [["text"], "1:2: this is no release"],
    [{ releases: [{ url: "https://example.org" }] }, "1:14: this only links to a release"],
    [{ ocid: "ocds-1", releases: [{ url: "https://example.org" }] }, "1:1: this record only links to its releases"],
    [{ ocid: "ocds-1", releases: [] }, "1:1: this record holds no release"],
  ])("%j", (value, finding) => expect(findingsOf(value)).toEqual([finding]));

  test("on a line of many", () => {
    const text = [
      JSON.stringify(awarded),
      '{"ocid": "ocds-2", ]',
      "[1]",
      JSON.stringify(release({ ocid: "ocds-3" })),
    ].join("\n");
    const { notices, findings } = readText(text);
    expect(notices.map(({ contract }) => contract.id)).toEqual(["ocds-1", "ocds-3"]);
    expect(findings.map(({ position }) => position && [position.file, position.line, position.column])).toEqual([
      ["releases.json", 2, 20],
      ["releases.json", 3, 2],
    ]);
  });

  test("on the first of many, for whoever knows that they are lines", () => {
    const lines = Buffer.from(`\uFEFF{"ocid": \n${JSON.stringify(awarded)}`);
    const { notices, findings } = readOcdsLines(lines, "a.jsonl", new SupplierPool(), 1);
    expect(notices.map(({ contract }) => contract.id)).toEqual(["ocds-1"]);
    expect(findings.map(({ position }) => position?.line)).toEqual([1]);
    expect(readOcdsLines(lines.subarray(3), "a.jsonl", new SupplierPool(), 7).findings[0]?.position?.line).toBe(7);
  });

  test("broken JSON", () => {
    const { notices, findings } = readText(`${JSON.stringify(awarded, null, 1).slice(0, -2)},\n}`);
    expect(notices).toEqual([]);
    expect(findings).toMatchObject([{ rule: "F1", hint: "a file of OCDS is JSON throughout" }]);
  });

  test("a key that stands twice", () => {
    const { findings } = readText('{"ocid": "ocds-1", "awards": [], "ocid": "ocds-2"}');
    expect(findings).toMatchObject([{ rule: "F4", message: 'the key "ocid" stands twice in one map' }]);
  });
});

describe("where things stand", () => {
  test("a lot's place is that of the lot, or of the award that names it", () => {
    const contract = contractIn({
      releases: [release({ tender: { lots: [{ id: "1" }] }, awards: [award("a", "Alder", { relatedLots: ["9"] })] })],
    });
    const columnOf = (...path: (string | number)[]) => contract.origin.locate(path).column;
    const text = contract.origin.locate([]).text;
    expect(text.slice(columnOf() - 1).startsWith('{"ocid"')).toBe(true);
    expect(text.slice(columnOf("lots", 0, "ceiling") - 1).startsWith('{"id":"1"}')).toBe(true);
    expect(text.slice(columnOf("lots", 1, "ceiling") - 1).startsWith('{"id":"a"')).toBe(true);
  });
});
