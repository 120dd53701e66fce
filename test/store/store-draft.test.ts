import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { StoreDraft } from "../../src/store/store-draft.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-draft-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a table of any length, with rows of any length, is written within the memory that DuckDB may take", async () => {
  const draft = await StoreDraft.begin(join(folder, "wide.store"));
  const columns = [
    { name: "id", type: "text", says: "" },
    { name: "json", type: "text", says: "" },
  ] as const;
  const table = await draft.open({ name: "record", columns });
  const ROWS = 6000;
  for (let row = 0; row < ROWS; row++) await table.add([[String(row), `${row} `.repeat(5_000)]]);
  await table.close();
  expect(draft.counts).toEqual({ record: ROWS });
  const found = await draft.rows(
    `SELECT count(*), min(length(json)), max(CAST(id AS INT)) FROM ${draft.read("record")} WHERE json LIKE id || ' %'`,
  );
  expect(found.flat().map(Number)).toEqual([ROWS, 10_000, ROWS - 1]);
  expect(readdirSync(draft.folder)).toEqual(["record.parquet"]);
  draft.discard();
  expect(readdirSync(folder)).toEqual([]);
});
