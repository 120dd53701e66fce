import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOfJson } from "../../src/inputs/bytes.ts";
import { OCDS_LISTS } from "../../src/inputs/content.ts";
import { type ItemLists, ListPieces, TablePieces } from "../../src/inputs/list-pieces.ts";
import { readDecp, rowsOfTable } from "../../src/notices/decp/read-decp.ts";

import type { NoticesRead } from "../../src/notices/notice.ts";
import { readOcds, readOcdsPiece } from "../../src/notices/ocds/read-ocds.ts";
import { SupplierPool } from "../../src/notices/supplier-pool.ts";
import { mutantBytes } from "../fuzz/mutants.ts";
import { DECP_DOCUMENTS } from "../notices/decp/documents.ts";
import { seeded } from "../seeded.ts";

const DECP_LISTS = {
  names: new Set(["marches", "marche", "contrat-concession", "results", "data"]),
  ofItems: new Set<string>(),
};

/** Pieces of a text that comes in chunks of so many bytes, all in one buffer. */
const piecesOf = (bytes: Buffer, size: number, lists: ItemLists = DECP_LISTS) => {
  const pieces = new ListPieces(lists);
  const reused = Buffer.alloc(size);
  const cut = [];
  let most = 0;
  for (let at = 0; at < bytes.length; at += size) {
    for (const piece of pieces.add(reused.subarray(0, bytes.copy(reused, 0, at, at + size)))) cut.push(piece);
    most = Math.max(most, pieces.held);
  }
  for (const piece of pieces.finish()) cut.push(piece);
  return { cut, most };
};

/** Each contract with where it stands, and each finding with its place. */
const toldBy = (reads: readonly NoticesRead[]): readonly string[] =>
  reads
    .flatMap(({ notices, findings }) => [
      ...notices.map(({ contract: { id, origin } }) => ({ what: id, position: origin.locate([]) })),
      ...findings.map(({ message, position }) => ({ what: message, position })),
    ])
    .map(({ what, position }) => `${position?.line}:${position?.column} ${what}`)
    .sort();

const whole = (bytes: Buffer): NoticesRead => readDecp(textOfJson(bytes).text, "f", new SupplierPool());
const inPieces = (bytes: Buffer, size: number): readonly NoticesRead[] =>
  piecesOf(bytes, size).cut.map((piece) => readDecp(textOfJson(piece.bytes).text, "f", new SupplierPool(), piece));

const sizes = fc.integer({ min: 1, max: 400 });
const documents = fc.constantFrom(...DECP_DOCUMENTS);

describe("a text of JSON in pieces", () => {
  test("says the same as the whole, at the same places, in whatever chunks it comes", () => {
    const forms: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => JSON.stringify(JSON.parse(text), undefined, 2),
      (text) =>
        JSON.stringify([JSON.parse(text)])
          .replaceAll("},{", "} , \r\n{")
          .replaceAll(":", ": "),
      (text) => `\uFEFF${text.replaceAll('"objet":"', '"objet":"Fähre \u{1f6a2} ] } \\" ')}`,
    ];
    fc.assert(
      fc.property(documents, fc.constantFrom(...forms), sizes, (text, form, size) => {
        const bytes = Buffer.from(form(text));
        expect(toldBy(inPieces(bytes, size))).toEqual(toldBy([whole(bytes)]));
      }),
      seeded(300),
    );
  });

  test("goes on where the piece before it ended, whatever lines end there", () => {
    const between = fc.constantFrom(",", "\n,", ",\n", " , ");
    const items = fc.array(fc.tuple(fc.constantFrom('{"a":1}', '{"b":"é"}', '{"c":[\n]}'), between), { minLength: 1 });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 30 }), (list, size) => {
        const text = `[${list.flat().slice(0, -1).join("")}]`;
        const { cut } = piecesOf(Buffer.from(text), size);
        // The last piece has what stands around the items, and empty lines for these.
        for (const { bytes, line, column } of cut.slice(0, -1)) {
          const [, prefix = "", inside = ""] = /^(\[\[\]|\[)(.*)\]$/s.exec(bytes.toString()) ?? [];
          const before = text.split("\n").slice(0, line - 1);
          const start = before.join("\n").length + (before.length > 0 ? 1 : 0) + column - 1 + prefix.length;
          expect(text.slice(start, start + inside.length)).toBe(inside);
        }
      }),
      seeded(300),
    );
  });

  test("is refused where the whole is", () => {
    fc.assert(
      fc.property(fc.nat(), sizes, (seed, size) => {
        const bytes = mutantBytes(
          DECP_DOCUMENTS.map((text) => Buffer.from(text)),
          seed,
        );
        const isRefused = (reads: readonly NoticesRead[]) => reads.some(({ findings }) => findings.length > 0);
        expect(isRefused(inPieces(bytes, size))).toBe(isRefused([whole(bytes)]));
      }),
      seeded(600),
    );
  });

  test("an end that is missing is told where the text ends", () => {
    expect(toldBy(inPieces(Buffer.from('{"marches":\n{"marche":[\n{},\n{"id":"1",'), 7)).at(-1)).toMatch(/^4:11 /);
    expect(toldBy(inPieces(Buffer.from('{"marches":\n{"marche":[\n{}\n'), 7)).at(-1)).toMatch(/^4:1 /);
  });

  test("holds no more than an item and a chunk, and a byte a line", () => {
    const item = JSON.stringify({ id: "1", text: "x".repeat(500) });
    const text = `{"marches":{"marche":[\n${Array.from({ length: 2000 }, () => item).join(",\n")}\n]}}`;
    expect(piecesOf(Buffer.from(text), 1000).most).toBeLessThan(1000 + 600 + 2000);
  });

  /** Releases of processes of their own, in all the forms that they are published in. */
  const FORMS: readonly ((releases: readonly object[]) => string)[] = [
    (releases) => JSON.stringify({ uri: "u", extensions: ["e"], releases, version: "1.1" }),
    (releases) => JSON.stringify({ releases, publisher: { name: "] }" } }, undefined, 2),
    (releases) => `${JSON.stringify(releases, undefined, 1)}\n`,
    (releases) => JSON.stringify({ total: 2, data: { releases: [], records: releases } }),
    (releases) => JSON.stringify({ results: releases.map((release) => ({ releases: [release] })) }, undefined, 3),
    (releases) =>
      JSON.stringify({ records: releases.map((release) => ({ ...release, compiledRelease: release })) }, undefined, 1),
    (releases) => releases.map((release) => JSON.stringify(release, undefined, 2)).join("\n"),
    (releases) => releases.map((release) => JSON.stringify({ releases: [release] }, undefined, 2)).join("\n\n"),
    // A record by itself is an item, whatever lists it has.
    ([release = {}, ...others]) =>
      JSON.stringify({ ocid: "ocds-1", releases: [release, ...others], compiledRelease: release }, undefined, 1),
    ([release = {}]) => JSON.stringify({ ...release, items: [release], data: [release] }),
  ];
  const releases = fc.array(fc.record({ title: fc.constantFrom("a", 'Fähre ] } \\" \u{1f6a2}'), ocid: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  });
  const told = (reads: readonly NoticesRead[]) => toldBy(reads).map((line) => line.replace(/^\d+:\d+ /, ""));

  test("releases in pieces are those of the whole, whatever they stand in", () => {
    fc.assert(
      fc.property(releases, fc.constantFrom(...FORMS), sizes, (plans, form, size) => {
        const written = plans.map(({ title, ocid }, index) =>
          ocid ? { ocid: `ocds-${index + 1}`, tender: { title } } : { tender: title },
        );
        const bytes = Buffer.from(form(written));
        const { cut } = piecesOf(bytes, size, OCDS_LISTS);
        const inParts = cut.map((piece) => readOcdsPiece(piece, "f", new SupplierPool()));
        const whole = [readOcds(bytes.toString(), "f", new SupplierPool())];
        expect(new Set(told(inParts))).toEqual(new Set(told(whole)));
        if (!form(written).includes("}\n{") && !form(written).includes("}\n\n{"))
          expect(new Set(toldBy(inParts))).toEqual(new Set(toldBy(whole)));
      }),
      seeded(600),
    );
  });

  test("one release after the other is held no longer than it is, and of a list of packages each", () => {
    const release = { ocid: "ocds-1", tender: { title: "x".repeat(500) } };
    for (const one of [release, { releases: [release] }]) {
      const text = Array.from({ length: 2000 }, () => JSON.stringify(one, undefined, 1)).join("\n");
      expect(piecesOf(Buffer.from(text), 1000, OCDS_LISTS).most).toBeLessThan(1000 + 600 + 2000 * 25);
    }
  });

  test("UTF-16 is not cut", () => {
    const bytes = Buffer.from(`\uFEFF${DECP_DOCUMENTS[0]}`, "utf16le");
    expect(piecesOf(bytes, 50).cut.map((piece) => piece.bytes)).toEqual([bytes]);
  });
});

const fields = fc.constantFrom("a", "", '"b, c"', '"one\nother ""line"""', 'in "it"', "é", '"\r\n"');
const tables = fc.record({
  heading: fc.constantFrom("id", '"id\nof it"'),
  rows: fc.array(fc.tuple(fields, fields, fields), { maxLength: 8 }),
  separator: fc.constantFrom(",", ";"),
  end: fc.constantFrom("\n", "\r\n"),
  isClosed: fc.boolean(),
  tail: fc.constantFrom("", 'x,"never closed'),
});

test("rows in pieces are those of the whole, on the same lines, in whatever chunks they come", () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 60 }), ({ heading, rows, separator, end, isClosed, tail }, size) => {
      const lines = [[heading, "acheteur_id", "montant"], ...rows].map((row) => row.join(separator));
      const text = lines.join(end) + (isClosed || tail !== "" ? end : "") + tail;
      const bytes = Buffer.from(text);
      const pieces = new TablePieces();
      const cut = [];
      for (let at = 0; at < bytes.length; at += size)
        for (const piece of pieces.add(bytes.subarray(at, at + size))) cut.push(piece);
      for (const piece of pieces.finish()) cut.push(piece);
      const told = (table: string, line: number) => {
        const findings: Parameters<typeof rowsOfTable>[2] = [];
        const read = [...rowsOfTable(table, "f", findings, line)].map(({ plain, offset }) => [
          plain,
          line + table.slice(0, offset).split("\n").length - 1,
        ]);
        return [...read, ...findings.map(({ message, position }) => [message, position?.line])];
      };
      const inPieces = cut.flatMap((piece) => told(piece.bytes.toString(), piece.line));
      expect(new Set(inPieces)).toEqual(new Set(told(text, 1)));
      expect(inPieces).toHaveLength(told(text, 1).length);
    }),
    seeded(500),
  );
});

test("holds no more than a row and a chunk", () => {
  const pieces = new TablePieces();
  const row = Buffer.from(`1,"${"x\n".repeat(100)}",2\n`);
  let most = 0;
  for (let index = 0; index < 500; index++) {
    for (const piece of pieces.add(index === 0 ? Buffer.from("id,text,n\n") : row))
      most = Math.max(most, piece.bytes.length);
    expect(pieces.held).toBeLessThanOrEqual(2 * row.length);
  }
  expect(most).toBeLessThan(4 * row.length);
});
