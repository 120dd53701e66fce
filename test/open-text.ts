import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cell, Report, SupplierCell } from "../src/engine/report.ts";
import { type Amount, formatMoney, isKnown } from "../src/model/money.ts";
import { formatDate } from "../src/model/partial-date.ts";
import { formatPercent } from "../src/model/ratio.ts";
import { cellLines } from "../src/output/cell-text.ts";
import type { Register } from "../src/records/register.ts";
import { openRegister } from "../src/register/open-register.ts";

/** Opens one register from the texts of one or more files; standard input is read once, so several are files. */
export const openText = async (...texts: readonly string[]): Promise<Register> => {
  if (texts.length > 1) return openFiles(texts);
  return openRegister("-", {
    async *stdin() {
      for (const text of texts) yield new TextEncoder().encode(text);
    },
  });
};

/** Lines of JSON are read again with each answer, so the files stay until all tests end. */
const openFiles = async (texts: readonly string[]): Promise<Register> => {
  const folder = await mkdtemp(join(tmpdir(), "register-"));
  const paths = texts.map((_, index) => join(folder, `${index}.txt`));
  await Promise.all(paths.map((path, index) => writeFile(path, texts[index] ?? "")));
  return openRegister(paths);
};

export const rowsOf = async <Row>(report: Report<Row>): Promise<Row[]> => {
  const rows: Row[] = [];
  for await (const row of report) rows.push(row);
  return rows;
};

export const amountText = (amount: Amount): string => (isKnown(amount) ? formatMoney(amount) : amount);

const supplierText = ({ name }: SupplierCell): string => name;

export const cellText = (cell: Cell | undefined): string => {
  if (cell === undefined) return "-";
  switch (cell.type) {
    case "money":
      return amountText(cell.value);
    case "moneys":
      return cell.value.map(amountText).join(", ");
    case "percent":
      return `${formatPercent(cell.value)} %`;
    case "decimal":
      return cellLines(cell).join();
    case "date":
      return formatDate(cell.value);
    case "texts":
      return cell.value.join(", ");
    case "notes":
      return cell.value.map(({ rule, text }) => `${rule}: ${text}`).join(", ");
    case "flag":
      return cell.value ? "yes" : "no";
    case "composite":
      return cell.value.text;
    case "composites":
      return cell.value.map(({ text }) => text).join(", ");
    case "suppliers":
      return cell.value.map(supplierText).join(", ");
    default:
      return String(cell.value);
  }
};

/** A report's rows as lines of text, the named columns (or all but those that have tests of their own) divided by bars; `-` where a row has no value. */
export const linesOf = async <Row>(report: Report<Row>, ...fields: readonly string[]): Promise<string[]> => {
  const columns =
    fields.length === 0
      ? report.columns.filter(
          ({ name }) => !["sources", "state", "renewalsLeft", "awarded", "ordered", "callOffOf"].includes(name),
        )
      : fields.map((name) => {
          const found = report.columns.find((column) => column.name === name);
          if (found === undefined) throw new Error(`no column ${name}`);
          return found;
        });
  return (await rowsOf(report)).map((row) => columns.map((column) => cellText(column.cell(row))).join(" | "));
};

/** What a report says below its rows: the summed amounts, then its notes. */
export const closingOf = async <Row>(report: Report<Row>): Promise<string[]> => {
  await rowsOf(report);
  const { summaries, notes } = report.closing();
  return [
    ...summaries.map(
      ({ label, amounts, remark }) =>
        `${label}: ${amounts.map(formatMoney).join(" + ")}${remark === undefined ? "" : ` (${remark})`}`,
    ),
    ...notes,
  ];
};
