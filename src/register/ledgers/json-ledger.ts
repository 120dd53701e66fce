import type { TextBlock } from "../../inputs/text-blocks.ts";
import { type Finding, findingOf, type Origin } from "../../model/errors.ts";
import { ORDER_FIELDS, type Order } from "../../records/order.ts";
import { isMap, type Plain } from "../../syntax/plain.ts";
import { readLines } from "../json-lines.ts";
import type { PlainRecord } from "../records.ts";
import { decodeOrder, type LedgerFile } from "./ledger-order.ts";

/** The orders of a ledger in JSON Lines, some at a time. What is wrong with it is added to the findings. */
export function* readJsonLedger(
  blocks: Iterable<TextBlock>,
  from: LedgerFile,
  findings: Finding[],
): Generator<readonly Order[]> {
  yield* readLines(blocks, from.file, findings, (record) => orderOf(record, from, findings));
}

const orderOf = ({ plain, origin }: PlainRecord, from: LedgerFile, findings: Finding[]): Order | undefined => {
  const columns: Readonly<Record<string, string | undefined>> = from.ledger.columns ?? {};
  if (!isMap(plain)) {
    findings.push(findingOf("F2", "this line is no order", origin.locate([]), "a line is one object, { … }"));
    return undefined;
  }
  const parts = ORDER_FIELDS.flatMap((field): readonly (readonly [string, Plain])[] => {
    const value = plain[columns[field] ?? field];
    return value === undefined || value === null || value === "" ? [] : [[field, value]];
  });
  const mapped: Origin = {
    locate: (path, part) =>
      origin.locate(
        path.map((step) => (typeof step === "string" ? (columns[step] ?? step) : step)),
        part,
      ),
  };
  return decodeOrder(Object.fromEntries(parts), from, mapped, findings);
};
