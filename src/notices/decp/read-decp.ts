import { beginningOf, type Finding, findingOf, type Origin, type Position } from "../../model/errors.ts";
import { addAll, addUnder } from "../../model/lists.ts";
import { otherDocument, otherKind } from "../../model/publication.ts";
import { headingsIn } from "../../syntax/csv-row.ts";
import { readJson, readJsonQuickly } from "../../syntax/json.ts";
import { isList, isMap, type Path, type Plain, type PlainMap, positionsIn } from "../../syntax/plain.ts";
import type { Notice, NoticesRead } from "../notice.ts";
import { originAt } from "../notice.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { decpContract, decpId } from "./decp-contract.ts";
import { type DecpRecord, decpRecordOf } from "./decp-record.ts";

interface Placed {
  readonly record: DecpRecord;
  readonly origin: Origin;
}

/** A notice of this format keeps its records, because they are put together anew with those of other documents. */
interface DecpNotice extends Notice {
  readonly placed: readonly Placed[];
}

const isDecp = (notice: Notice): notice is DecpNotice => "placed" in notice;

/**
 * Reads France's essential data on public contracts (DECP) in JSON: the package, a list of its records, or one record.
 */
export const readDecp = (text: string, file: string, suppliers: SupplierPool, begin = BEGIN): NoticesRead => {
  const read = readJson(text, { file, ...begin }, "the file is JSON throughout");
  if ("findings" in read) return { notices: [], findings: read.findings };
  const findings: Finding[] = [];
  const placed = recordsIn(read.value, [], (path) => read.locate(path, "value"), findings);
  return readOf(placed, findings, suppliers, file);
};

const BEGIN: Pick<Position, "line" | "column"> = { line: 1, column: 1 };

/** Reads the same in JSON Lines, with one record on each line. */
export const readDecpLines = (text: string, file: string, suppliers: SupplierPool, firstLine: number): NoticesRead => {
  const findings: Finding[] = [];
  const placed: Placed[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readJson(line, { file, line: firstLine + index });
    if ("findings" in read) addAll(findings, read.findings);
    else
      addAll(
        placed,
        recordsIn(read.value, [], (path) => read.locate(path, "value"), findings),
      );
  }
  return readOf(placed, findings, suppliers, file);
};

/** Reads the same as a table. It has a row for each contract, or for each holder and modification of a contract. */
export const readDecpTable = (text: string, file: string, suppliers: SupplierPool, firstLine = 1): NoticesRead => {
  const findings: Finding[] = [];
  const positionAt = positionsIn(text, file, firstLine);
  const placed = [...rowsOfTable(text, file, findings, firstLine)].flatMap(({ plain, offset }) =>
    placedOf(plain, () => positionAt(offset), findings),
  );
  return readOf(placed, findings, suppliers, file);
};

const readOf = (
  placed: readonly Placed[],
  findings: readonly Finding[],
  suppliers: SupplierPool,
  file: string,
): NoticesRead => {
  const read = { notices: noticesOf(placed, suppliers), findings };
  if (placed.length + findings.length > 0) return read;
  return { ...read, other: otherDocument(EMPTY, "is it the right file?", beginningOf(file)) };
};

const EMPTY = otherKind("a file of DECP without contracts", "files of DECP without contracts");

/**
 * The ids of the contracts in a document, by which they belong together with those of others. They are found by reading
 * it.
 */
export const decpIdsIn = (text: string, isTable: boolean): readonly string[] => {
  const position = beginningOf("");
  const rows = isTable ? [...rowsOfTable(text, "", [])].map(({ plain }) => plain) : (readJsonQuickly(text) ?? []);
  return recordsIn(rows, [], () => position, []).map(({ record }) => decpId(record.buyer, record.id));
};

const LISTS = ["marches", "results", "data", "marche", "contrat-concession"] as const;

type Locate = (path: Path) => Position;

const recordsIn = (plain: Plain, path: Path, locate: Locate, findings: Finding[]): readonly Placed[] => {
  if (isList(plain)) return plain.flatMap((item, index) => recordsIn(item, [...path, index], locate, findings));
  const lists = isMap(plain) ? LISTS.filter((key) => plain[key] !== undefined) : [];
  if (isMap(plain) && lists.length > 0)
    return lists.flatMap((key) => recordsIn(plain[key] ?? null, [...path, key], locate, findings));
  return placedOf(plain, () => locate(path), findings);
};

const placedOf = (plain: Plain, position: () => Position, findings: Finding[]): readonly Placed[] => {
  const record = decpRecordOf(plain);
  if (record !== undefined) return [{ record, origin: originAt(position()) }];
  const hint = "a contract has an id, and the number of its buyer";
  findings.push(findingOf("F2", "this is not a contract of DECP", position(), hint));
  return [];
};

const noticesOf = (placed: readonly Placed[], suppliers: SupplierPool): readonly Notice[] => {
  const contracts = new Map<string, [Placed, ...Placed[]]>();
  for (const one of placed) addUnder(contracts, decpId(one.record.buyer, one.record.id), one);
  return Array.from(contracts.values(), (all) => noticeOf(all, suppliers));
};

const noticeOf = (placed: readonly [Placed, ...Placed[]], pool: SupplierPool): Notice => {
  const [first, ...others] = placed;
  const read = decpContract([first.record, ...others.map(({ record }) => record)], first.origin, pool);
  const notice: DecpNotice = {
    ...read,
    procedure: read.contract.id,
    role: "award",
    placed,
    together: (notices) => {
      const [one, ...more] = notices.filter(isDecp).flatMap((each) => each.placed);
      return one === undefined ? [] : [noticeOf([one, ...more], pool).contract];
    },
  };
  return notice;
};

interface TableRow {
  readonly plain: PlainMap;
  readonly offset: number;
}

/** The rows of a table below its headings. A row that cannot be read is a finding. */
export function* rowsOfTable(text: string, file: string, findings: Finding[], firstLine = 1): Generator<TableRow> {
  const { row, next, headings } = headingsIn(text);
  const positionAt = positionsIn(text, file, firstLine);
  const problem = (offset: number, message: string, hint: string): void => {
    findings.push(findingOf("F1", message, positionAt(offset), hint));
  };
  for (let at = next, end: number | undefined; at < text.length; at = end) {
    end = row.read(text, at);
    if (end === undefined) return problem(at, "a quote on this row is never closed", "is the file complete?");
    if (row.blank) continue;
    if (row.stray !== undefined) {
      problem(row.stray, "nothing may follow a closing quote", "double a quote that is meant");
      continue;
    }
    // Some programs end rows with separators that nothing follows.
    if (row.width > headings.length && row.fields.slice(headings.length).some((field) => field !== "")) {
      problem(
        at,
        `this row has ${row.width} fields, and there are ${headings.length} headings`,
        "quote separators in fields",
      );
      continue;
    }
    yield { plain: Object.fromEntries(headings.map((heading, index) => [heading, row.field(index)])), offset: at };
  }
}
