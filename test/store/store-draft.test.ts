import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { STORE_FORMAT, STORE_VERSION } from "../../src/inputs/store/manifest.ts";
import { partFile } from "../../src/inputs/store/parts.ts";
import type { StoredValue } from "../../src/model/stored-table.ts";
import { StoreDraft } from "../../src/store/store-draft.ts";
import { withFaults } from "../faults/faults.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-draft-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sum = (numbers: readonly number[] = []): number => numbers.reduce((all, each) => all + each, 0);

const columns = [
  { name: "id", type: "text", says: "" },
  { name: "json", type: "text", says: "" },
] as const;

const writeRows = async (draft: StoreDraft, rows: readonly (readonly StoredValue[])[]): Promise<void> => {
  const table = await draft.open({ name: "record", columns });
  for (const row of rows) await table.add([row]);
  await table.close();
};

const idsIn = async (draft: StoreDraft): Promise<readonly unknown[]> =>
  // A text that is only a mark of the order of bytes is none on its way out of DuckDB.
  (await draft.rows(`SELECT to_base64(encode(id)) FROM ${draft.read("record")}`))
    .flat()
    .map((text) => (text === null ? undefined : Buffer.from(String(text), "base64").toString()));

const numbered = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(from + index));

test("a table of any length, with rows of any length, is written within the memory that DuckDB may take", async () => {
  const draft = await StoreDraft.begin(join(folder, "wide.store"));
  const ROWS = 6000;
  await writeRows(
    draft,
    numbered(ROWS).map((id) => [id, `${id} `.repeat(5_000)]),
  );
  expect(sum(draft.parts["record"])).toBe(ROWS);
  const found = await draft.rows(
    `SELECT count(*), min(length(json)), max(CAST(id AS INT)) FROM ${draft.read("record")} WHERE json LIKE id || ' %'`,
  );
  expect(found.flat().map(Number)).toEqual([ROWS, 10_000, ROWS - 1]);
  expect(readdirSync(draft.folder)).toEqual(["record"]);
  draft.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test("texts come back as they went in, whatever signs they have", async () => {
  const texts = [
    "",
    "\u001d",
    "\u001e\u001d\u001d",
    "a\nb\r\nc\r",
    "\ufeff",
    "\0",
    "NULL",
    '"',
    "\\",
    " x ",
    "#",
    undefined,
  ];
  const draft = await StoreDraft.begin(join(folder, "odd.store"));
  await writeRows(
    draft,
    texts.map((text, row) => [text, String(row)]),
  );
  expect(await idsIn(draft)).toEqual(texts);
  draft.discard();
});

test("what is added leaves parts as they are, but for rows that go, and puts small ones together", async () => {
  const store = join(folder, "parts.store");
  const wide = "x".repeat(2048);
  const first = await StoreDraft.begin(store);
  await writeRows(
    first,
    numbered(10_000).map((id) => [id, wide]),
  );
  const { record: before = [] } = first.parts;
  expect(before).toHaveLength(3);
  const manifest: Parameters<StoreDraft["writeManifest"]>[0] = {
    format: STORE_FORMAT,
    version: STORE_VERSION,
    lotbook: "1.2.3",
    day: "2026-01-02",
    inputs: [],
    counts: { contracts: 0, lots: 0 },
    mayCallOff: false,
    hasNotices: false,
    isWhole: true,
  };
  await first.writeManifest(manifest);
  first.commit();
  const filesIn = (where: string, count: number) =>
    numbered(count).map((part) => partFile(where, "record", Number(part)));
  const inodes = filesIn(store, 3).map((file) => statSync(file).ino);

  const added = await StoreDraft.begin(store, first.parts);
  expect(added.keep("record")).toBe(3);
  await added.drop("record", "id = '5000' OR id = '5001' OR id IS NULL");
  await writeRows(added, [["news", "short"]]);
  await added.joinSmallParts();
  const { record: after = [] } = added.parts;
  expect(after).toEqual([before[0], (before[1] ?? 0) - 2, (before[2] ?? 0) + 1]);
  expect(await idsIn(added)).toEqual([...numbered(5000), ...numbered(4998, 5002), "news"]);
  await added.writeManifest(manifest);
  added.commit();
  const [untouched, ...others] = filesIn(store, 3).map((file) => statSync(file).ino);
  expect(untouched).toBe(inodes[0]);
  expect(others.filter((inode) => inodes.includes(inode))).toEqual([]);
  expect(readdirSync(join(store, "record"))).toHaveLength(3);

  const copied = await StoreDraft.begin(store, added.parts);
  const noLinks = { folder, only: "linkSync", at: 1, code: "EPERM" };
  await withFaults(noLinks, () => copied.keep("record"));
  const kept = filesIn(copied.folder, 3).map((file) => statSync(file).ino);
  expect([kept[0] === untouched, kept[1] === others[0]]).toEqual([false, true]);
  expect(await idsIn(copied)).toHaveLength(9999);
  copied.discard();
  expect(readdirSync(folder)).toEqual(["parts.store"]);
});
