import type { TextBlock } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { readHead } from "./csv-head.ts";
import { CsvRows } from "./csv-rows.ts";
import type { LedgerFile } from "./ledger-order.ts";

/** The orders of a ledger in CSV, some at a time. What is wrong with it is added to the findings. */
export function* readCsvLedger(
  blocks: Iterable<TextBlock>,
  from: LedgerFile,
  findings: Finding[],
): Generator<readonly Order[]> {
  const before = findings.length;
  let rows: CsvRows | undefined;
  for (const block of blocks) {
    if (rows !== undefined) yield rows.read(block);
    else if (block.text.trim() !== "") {
      const head = readHead(block, from, findings);
      if (head === undefined) return;
      rows = new CsvRows(head, from, findings);
      yield rows.read(head.below);
    }
    if (rows?.stopped) return;
  }
  if (rows !== undefined) return rows.finish();
  if (findings.length > before) return;
  const position = { file: from.file, line: 1, column: 1, text: "" };
  findings.push({ rule: "F5", severity: "error", message: "the ledger is empty", hint: "it needs headings", position });
}
