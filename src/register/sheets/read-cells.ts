import { unitOfHeading } from "../../model/amount-unit.ts";
import { betweenCompanies } from "../../model/company-name.ts";
import { beginningOf, type Finding, findingOf, type Position } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import { currencyIn } from "../../model/money.ts";
import { remembered } from "../../model/once.ts";
import type { RuleId } from "../../model/rule.ts";
import { SERIAL_DAY } from "../../model/serial-day.ts";
import { Decoding } from "../../records/codec.ts";
import { contractCodec } from "../../records/contract.ts";
import { type ImportField, importField } from "../../records/import-fields.ts";
import { headingKey, type ImportMap } from "../../records/import-map.ts";
import { lotCodec } from "../../records/lot.ts";
import { modificationCodec } from "../../records/modification.ts";
import { orderCodec } from "../../records/order.ts";
import type { NamedField } from "../../records/record.ts";
import { supplierCodec } from "../../records/supplier.ts";
import { amount as amountCodec, duration as durationCodec } from "../../records/values.ts";
import { type Cell, cellName, type SheetRow } from "../../syntax/sheet.ts";
import { type Dialect, isAmbiguousFigure, mayHaveThousands } from "../ledgers/dialect.ts";
import { hasShortYear, isAmbiguousDay } from "../ledgers/written-day.ts";
import { NO_REFERENCES } from "../references.ts";
import {
  amountIn,
  beforeEndIn,
  countryIn,
  cpvIn,
  dayIn,
  durationBeforeMore,
  durationIn,
  flagIn,
  periodIn,
  renewalsIn,
  termIn,
  timeUnitIn,
} from "./notations.ts";
import type { Heading } from "./table.ts";

export interface Seen {
  /** The source and the cell: `register-2026#B17`, or the source alone for what the map says of all rows. */
  readonly by: string;
  readonly heading: string;
  readonly at: () => Position;
}

export interface Said extends Seen {
  readonly text: string;
  /** The values of a cell that has several. Otherwise the text alone. */
  readonly texts: readonly string[];
}

/** The first cell that was read in an unusual way, and the number of such cells, by what was done. */
export type Unusual = Map<string, { first: string; count: number }>;

/** The map that says what the columns are: as somebody wrote it, or otherwise as headings and cells suggest. */
export interface UsedMap {
  readonly map: ImportMap;
  readonly isSuggested: boolean;
}

const tellOnce = (unusual: Unusual, what: string, where: string): void => {
  madeUnder(unusual, what, () => ({ first: where, count: 0 })).count++;
};

const keysOf = (words: readonly string[] | undefined): ReadonlySet<string> => new Set((words ?? []).map(fold));

const MEASURED: ReadonlySet<ImportField["kind"]> = new Set(["amount", "amounts", "date", "duration", "months"]);
const LISTS: ReadonlySet<ImportField["kind"]> = new Set(["texts", "quantities", "name", "legalId"]);

const RECORDS = {
  contract: contractCodec,
  lot: lotCodec,
  supplier: supplierCodec,
  order: orderCodec,
  modification: modificationCodec,
};

const codecOf = ({ of, key, kind }: ImportField): NamedField["codec"] | undefined => {
  if (kind === "months" || kind === "duration") return durationCodec;
  if (key === undefined) return kind === "amount" ? amountCodec : undefined;
  return RECORDS[of].fields.find((field) => field.key === key)?.codec;
};

/**
 * Reads the cells of one sheet as its map says. What is wrong with them is added to the findings, each with its cell.
 */
export class CellReader {
  readonly #map: ImportMap;
  readonly #source: string;
  readonly #dialect: Dialect;
  readonly #findings: Finding[];
  readonly #unusual: Unusual;
  readonly #missing: ReadonlySet<string>;
  readonly #withheld: ReadonlySet<string>;
  readonly #gross: ReadonlySet<string>;
  /** The headings of columns with begin and end in one cell. */
  readonly #periods: ReadonlySet<string>;
  readonly #words: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #unitOf = remembered(unitOfHeading);
  readonly #timeUnitOf = remembered(timeUnitIn);
  readonly #isSuggested: boolean;

  constructor({ map, isSuggested }: UsedMap, source: string, dialect: Dialect, findings: Finding[], unusual: Unusual) {
    this.#map = map;
    this.#isSuggested = isSuggested;
    this.#source = source;
    this.#dialect = dialect;
    this.#findings = findings;
    this.#unusual = unusual;
    this.#missing = keysOf(map.missing);
    this.#withheld = keysOf(map.withheld);
    this.#gross = new Set((map.gross ?? []).map(headingKey));
    const [begins = [], ends = []] = ["startDate", "endDate"].map((name) => map.columns?.get(name)?.map(headingKey));
    this.#periods = new Set(begins.filter((heading) => ends.includes(heading)));
    this.#words = new Map(
      [...(map.words ?? [])].map(([heading, words]) => [
        headingKey(heading),
        new Map([...words].map(([word, meaning]) => [fold(word), meaning])),
      ]),
    );
  }

  fieldsOf(subject: ImportField["of"]): readonly ImportField[] {
    const { columns, always } = this.#map;
    const names = new Set([...(columns?.keys() ?? []), ...(always?.keys() ?? [])]);
    return [...names].flatMap((name) => importField(name) ?? []).filter(({ of }) => of === subject);
  }

  /** A cell of the sheet, which may be empty. */
  seenAt(row: SheetRow, { text, column }: Heading): Seen {
    const by = `${this.#source}#${cellName(row.number, column)}`;
    return { by, heading: text, at: () => row.place(column) };
  }

  always(field: ImportField): Said | undefined {
    const text = this.#map.always?.get(field.name);
    if (text === undefined) return undefined;
    const at = () => beginningOf(this.#source);
    return { text, texts: this.#parts(field, text), by: this.#source, heading: field.name, at };
  }

  /** What a cell says of a field. Undefined where it says nothing, or, with a finding, nothing that can be read. */
  read(
    field: ImportField,
    cell: Cell | undefined,
    row: SheetRow,
    heading: Heading,
    currency?: string,
  ): Said | undefined {
    if (cell === undefined) return undefined;
    const said = this.seenAt(row, heading);
    if (cell.kind === "fault")
      return this.report(said, "F2", `here is ${cell.text}`, "correct the cell, or leave the column out");
    const meant = this.#words.get(headingKey(heading.text))?.get(fold(cell.text));
    const text = meant ?? cell.text;
    if (text === "") return undefined;
    if (this.#missing.has(fold(text))) {
      // Whoever wrote a map knows this.
      if (this.#isSuggested) tellOnce(this.#unusual, `"${text}" counts as not known, for there is no map`, said.by);
      return undefined;
    }
    const written = this.#inRegister(
      field,
      { ...cell, text, ...(meant !== undefined && { kind: "text" }) },
      said,
      currency,
    );
    if (written === undefined || written === "") return undefined;
    if (!this.#isOne(field, written, said)) return undefined;
    const texts = this.#parts(field, written).map((part) => (field.key === "cpv" ? cpvIn(part) : part));
    return this.#isSound(field, written, texts, said) ? { text: written, texts, ...said } : undefined;
  }

  /** Leaves out a bound, because registers state exact figures, and no figure is made of a bound (T8). */
  leaveOut(row: SheetRow, heading: Heading): undefined {
    tellOnce(this.#unusual, "bounds are left out, because a register has exact figures", this.seenAt(row, heading).by);
    return undefined;
  }

  report({ by, heading, at }: Seen, rule: RuleId, message: string, hint?: string): undefined {
    const cell = by.slice(this.#source.length + 1);
    this.#findings.push(findingOf(rule, `${message} (${cell}, ${heading})`, at(), hint));
    return undefined;
  }

  #parts({ kind, key }: ImportField, text: string): readonly string[] {
    // No CPV code has a semicolon in it, but names may.
    const { split = key === "cpv" ? ";" : undefined } = this.#map;
    if (!LISTS.has(kind) || split === undefined) return [text];
    return text.split(split).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
  }

  /**
   * Whether a cell can be read as it is, because it names one supplier, or the map says what stands between several.
   * What may be several is refused if the map was only suggested. With a map that somebody wrote it is one supplier,
   * and that is told.
   */
  #isOne({ kind }: ImportField, text: string, said: Seen): boolean {
    if ((kind !== "name" && kind !== "legalId") || this.#map.split !== undefined) return true;
    const sign = betweenCompanies(text);
    if (sign === undefined) return true;
    const split = JSON.stringify(sign);
    const hint = `say in a map what stands between suppliers: split: ${split}; by a map without it they are one (import FILE --suggest writes one)`;
    if (this.#isSuggested)
      this.report(said, "T2-count", `"${text.replace(/\s+/g, " ")}" may be one supplier, or several`, hint);
    else tellOnce(this.#unusual, `suppliers with ${split} in them are one each, for the map has no split`, said.by);
    return !this.#isSuggested;
  }

  #inRegister(field: ImportField, cell: Cell, said: Seen, currency: string | undefined): string | undefined {
    switch (field.kind) {
      case "amount":
      case "amounts":
        return this.#amount(cell, said, currency);
      case "date":
        return this.#dayOf(field, cell, said);
      case "flag":
        return flagIn(cell.text);
      case "duration":
        return beforeEndIn(cell.text, this.#timeUnitOf(said.heading));
      case "months":
        return durationIn(cell.text, this.#timeUnitOf(said.heading) ?? "month");
      case "term":
        return termIn(cell.text, this.#timeUnitOf(said.heading));
      case "renewals":
        return (
          renewalsIn(cell.text, this.#timeUnitOf(said.heading)) ??
          this.report(
            said,
            "D1-term",
            `"${cell.text}" says of no renewals how long they are`,
            "write 1 year, 2 x 12 months, tacit 1 year, say in the map what the words mean (words: …), or leave the column out",
          )
        );
      default:
        return field.name === "country" ? countryIn(cell.text) : cell.text;
    }
  }

  #amount(cell: Cell, said: Seen, currency: string | undefined): string | undefined {
    if (this.#withheld.has(fold(cell.text)) || cell.text === "withheld") return "withheld";
    const { scale, ...own } = this.#unitOf(said.heading);
    const named = own.currency ?? currency ?? this.#map.currency;
    const { currency: ofUnit, vat } = named === undefined ? NO_UNIT : currencyIn(named);
    const unit = { currency: ofUnit, scale };
    const amount = amountIn(cell, unit, this.#dialect);
    if (amount === undefined)
      return this.report(
        said,
        "N2-currency",
        `the amount "${cell.text}" has no currency`,
        "say in the map which: currency: EUR",
      );
    if (cell.kind === "text" && isAmbiguousFigure(amount, this.#dialect))
      return this.report(said, "N2-amount", `"${cell.text}" may have decimals, or thousands`, DECIMAL_HINT);
    if (scale !== "")
      tellOnce(
        this.#unusual,
        `amounts under "${said.heading}" are read as ${SCALE_WORDS.get(scale)}, because the heading says so`,
        said.by,
      );
    if (amount.endsWith(")"))
      tellOnce(this.#unusual, "amounts with more decimals than their currency are rounded", said.by);
    return vat !== undefined || this.#gross.has(headingKey(said.heading)) ? `${amount} incl. VAT` : amount;
  }

  /** The day in a cell. Of a period, it is the one that the field is about. */
  #dayOf({ key = "" }: ImportField, cell: Cell, said: Seen): string | undefined {
    const [first, last] = (cell.kind === "text" ? periodIn(cell.text) : undefined) ?? [];
    const text = { startDate: first, endDate: last, latestEndDate: last }[key];
    if (text !== undefined) return this.#day({ ...cell, text }, said);
    if (!this.#periods.has(headingKey(said.heading))) return this.#day(cell, said);
    const hint = "write both, 01/04/2024 - 31/03/2026, or say in the map which of the two its column has";
    return this.report(said, "N4-date", `"${cell.text}" is not a begin and an end`, hint);
  }

  #day(cell: Cell, said: Seen): string | undefined {
    if (cell.kind === "day") return cell.text;
    if (SERIAL_DAY.test(cell.text)) tellOnce(this.#unusual, "numbers are read as Excel's days", said.by);
    const day = dayIn(cell.text, this.#dialect);
    if (day !== cell.text && hasShortYear(cell.text))
      tellOnce(this.#unusual, "years of two digits are read as 1970 to 2069", said.by);
    if (!isAmbiguousDay(day, this.#dialect)) return day;
    const hint = "say in the map how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY";
    return this.report(said, "N4-date", `"${cell.text}" may be one of two days`, hint);
  }

  /** Whether a register can say what a cell does. If not, the reason is told here, where the cell is known. */
  #isSound(field: ImportField, text: string, texts: readonly string[], said: Seen): boolean {
    const codec = codecOf(field);
    if (codec === undefined || field.kind === "name" || field.kind === "legalId") return true;
    const decoding = new Decoding(NO_REFERENCES, { locate: said.at });
    codec.decode(LISTS.has(field.kind) ? texts : text, decoding);
    const isWord = MEASURED.has(field.kind) && !/\d/.test(text);
    const usual = isWord ? WORDS_HINT : (endHint(field, text, said) ?? decimalHint(text, this.#dialect));
    for (const { rule, message, hint } of decoding.issues)
      this.report(said, rule, message, usual ?? (rule === "N2-amount" ? figureHint(text, said) : hint));
    return decoding.issues.length === 0;
  }
}

const NO_UNIT = { currency: undefined, vat: undefined };

const DECIMAL_HINT = 'say in the map what stands before its decimals: decimal: ".", or decimal: ","';

const decimalHint = (text: string, dialect: Dialect): string | undefined =>
  mayHaveThousands(text, dialect) ? DECIMAL_HINT : undefined;

/** A hint for notice periods to the end of a month, a quarter or a year, which registers have no way to say. */
const endHint = ({ kind }: ImportField, text: string, { heading }: Seen): string | undefined => {
  const duration = kind === "duration" ? durationBeforeMore(text) : undefined;
  const words = `words: { ${heading}: { ${text}: ${duration} } }`;
  return (
    duration &&
    `if that is the end of the contract, say so in the map: ${words}; else leave the column out, or take it for a note`
  );
};

/** A hint for amounts a year, in a range, or at most. Only somebody who knows the contract can say what it comes to. */
const figureHint = (text: string, { heading }: Seen): string =>
  `correct it, or say in the map what it comes to: words: { ${JSON.stringify(heading)}: { ${JSON.stringify(text)}: "10000" } }`;

const SCALE_WORDS: ReadonlyMap<string, string> = new Map([
  ["k", "thousands"],
  ["M", "millions"],
  ["bn", "billions (thousands of millions)"],
]);

const WORDS_HINT = "if it is a word for nothing, or for a secret, say so in the map: missing: […], withheld: […]";
