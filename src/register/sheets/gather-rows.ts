import { MOST_FINDINGS, readNoFurther } from "../../inputs/text-blocks.ts";
import { FreeIds } from "../../model/company-name.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import { firstAndMore, plural } from "../../model/phrases.ts";
import { NO_LOT } from "../../notices/stated-values.ts";
import { type ImportField, importField } from "../../records/import-fields.ts";
import { headingKeysIn, type ImportMap, ROW_KINDS, type RowKind } from "../../records/import-map.ts";
import type { DateNotation } from "../../records/order.ts";
import type { PlainDocument } from "../../syntax/plain.ts";
import { cellName, type Sheet, type SheetRow } from "../../syntax/sheet.ts";
import { type Dialect, isRemark, isTotalRow } from "../ledgers/dialect.ts";
import { isAmbiguousDay, notationOf } from "../ledgers/written-day.ts";
import {
  type ContractDraft,
  Draft,
  importedDocument,
  type LotDraft,
  ModificationDrafts,
  type SheetSource,
} from "./drafts.ts";
import { ImportedSuppliers, suppliersOn } from "./import-suppliers.ts";
import { CellReader, type Said, type Seen, type Unusual, type UsedMap } from "./read-cells.ts";
import { type CellAt, type Columns, cellsWithMerged, columnsOf, type Heading, type Table, tableOf } from "./table.ts";

const fieldNamed = (name: string): ImportField => {
  const field = importField(name);
  if (field === undefined) throw new TypeError(`no column can be "${name}"`);
  return field;
};

const CEILING = fieldNamed("ceiling");
const AWARDED = fieldNamed("awarded");
const MODIFICATION_DATE = fieldNamed("modificationDate");
/**
 * Fields that say how to read a row, or that suppliers are made of. They are no facts of contracts and lots themselves.
 */
const APART: ReadonlySet<string> = new Set([
  "contract",
  "lot",
  "modification",
  "value",
  "share",
  "currency",
  "supplier",
  "legalId",
  "country",
]);

/** A row, and what its cells say of each field, column by column. */
interface Row {
  readonly reader: CellReader;
  readonly all: (name: string) => readonly (Said | undefined)[];
  /** The cell for a field, which may be empty. */
  readonly cellOf: (name: string) => Seen;
  /** Whether lotbook wrote the row with the most that its supplier may reach, from which the lot's ceiling follows. */
  readonly isOfSeats: boolean;
}

const saidIn = (row: Row, name: string): Said | undefined => row.all(name).find((said) => said !== undefined);

/**
 * An id. If several columns make one, they are put together, such as a buyer's number and the buyer's own number of a
 * contract. Without the last of them there is no id.
 */
const idIn = (row: Row, name: string): Said | undefined => {
  const parts = row.all(name).filter((said) => said !== undefined);
  const last = row.all(name).at(-1);
  return last && { ...last, text: parts.map(({ text }) => text).join("-") };
};

/**
 * Makes records of a register from the rows of sheets. Rows of one contract become one contract, and what they repeat
 * counts once (T1). What is wrong is added to the findings, and what else people must know to the notes.
 */
export class RowGatherer {
  readonly #used: UsedMap;
  readonly #map: ImportMap;
  readonly #findings: Finding[];
  readonly #contracts = new Map<string, ContractDraft>();
  readonly #sources: SheetSource[] = [];
  readonly #unusual: Unusual = new Map();
  /** Rows without a lot, although a column is for lots. They are right in contracts that no row divides into lots. */
  readonly #undivided: { readonly row: Row; readonly contract: ContractDraft; readonly id: Said }[] = [];
  readonly suppliers: ImportedSuppliers;
  readonly notes: string[] = [];
  #rows = 0;

  constructor(used: UsedMap, findings: Finding[]) {
    this.#used = used;
    this.#map = used.map;
    this.#findings = findings;
    this.suppliers = new ImportedSuppliers(used.map.otherNames);
  }

  addSheet(sheet: Sheet, source: SheetSource): void {
    this.#sources.push(source);
    const wanted = headingKeysIn(this.#map);
    const table = tableOf(sheet, (key) => Number(wanted.has(key)), Number(this.#map.skip ?? 0));
    const columns = columnsOf(table, this.#map, this.#findings);
    this.#tellOf(table, columns);
    const isFound = (columns.byField.get("contract")?.length ?? 0) > 0 || this.#map.always?.has("contract") === true;
    // Nothing can be said of rows without their contracts.
    if (!isFound) return;
    const cellAt = cellsWithMerged(table);
    for (const note of swappedDays(table, columns, cellAt)) this.notes.push(`${sheet.file}: ${note}`);
    const dialect = this.#dialectOf(table, columns, cellAt);
    const reader = new CellReader(this.#used, source.id, dialect, this.#findings, this.#unusual);
    const totals: number[] = [];
    const remarks: number[] = [];
    for (const row of table.rows) {
      if (this.#givesUp(row)) break;
      if (isTotal(row, columns, cellAt)) totals.push(row.number);
      else if (isRemark(textsOf(row), table.headings.length)) remarks.push(row.number);
      else this.#addRow(row, columns, cellAt, reader, table);
    }
    const tell = (which: string, numbers: readonly number[]) => {
      if (numbers.length > 0) this.notes.push(`${sheet.file}: rows that ${which} are not read: ${listed(numbers)}`);
    };
    tell("repeat the headings", table.repeated);
    tell("sum up others", totals);
    tell("say no more than a remark does", remarks);
  }

  #givesUp({ place }: SheetRow): boolean {
    if (this.#findings.length <= MOST_FINDINGS) return false;
    const position = place(0);
    this.#findings.push(readNoFurther(position.file, position));
    return true;
  }

  #addRow(row: SheetRow, columns: Columns, cellAt: CellAt, reader: CellReader, table: Table): void {
    const fault = row.fault ?? widthFault(row, table);
    if (fault !== undefined) {
      this.#findings.push(findingOf("F1", fault.message, row.place(0), fault.hint));
      return;
    }
    const kind = this.#kindOf(row, columns, cellAt, reader);
    if (kind === undefined) return;
    this.#rows++;
    const read = rowOf(row, columns, cellAt, reader);
    if (kind === "order") this.#addOrder(read);
    else if (kind === "modification") this.#addChange(read);
    else this.#addFacts(read, kind);
  }

  /** What a row is, as the map says, or a column that the map names. */
  #kindOf(row: SheetRow, { rowsBy }: Columns, cellAt: CellAt, reader: CellReader): RowKind | undefined {
    const { rows = "contract" } = this.#map;
    if (typeof rows === "string") return rows;
    if (rowsBy === undefined) return "contract";
    const word = cellAt(row, rowsBy.column)?.text ?? "";
    const kind = ROW_KINDS.find((one) => rows[one]?.some((other) => fold(other) === fold(word)));
    if (kind !== undefined) return kind;
    const message = word === "" ? "nothing says what this row is" : `the map does not say what a row of "${word}" is`;
    const hint = `say in the map: rows: { column: ${rowsBy.text}, contract: ${word || "…"} }`;
    reader.report(reader.seenAt(row, rowsBy), "F6", message, hint);
    return undefined;
  }

  #contract(id: Said, reader: CellReader): ContractDraft {
    return madeUnder(this.#contracts, id.text, () => {
      const own = new Draft(`contract ${id.text}`);
      const modifications = new ModificationDrafts(id.text);
      const settledIds = new FreeIds();
      return { seen: id, own, lots: new Map(), orders: [], settled: [], settledIds, modifications, reader };
    });
  }

  #addFacts(row: Row, kind: RowKind): void {
    const isDivided = this.#map.columns?.has("lot") === true;
    const lot = isDivided ? idIn(row, "lot") : undefined;
    const id = this.#id(row, "contract", idIn(row, "contract"));
    if (isDivided && (kind === "lot" || kind === "seat") && this.#id(row, "lot", lot) === undefined) return;
    if (id === undefined) return;
    const contract = this.#contract(id, row.reader);
    if (isDivided && lot === undefined) this.#undivided.push({ row, contract, id });
    else this.#addTo(contract, id, row, lot);
  }

  /**
   * Adds the rows without a lot, each as the whole of its contract. If other rows tell of its lots, it is a finding.
   */
  #addUndivided(): void {
    for (const { row, contract, id } of this.#undivided.splice(0)) {
      const isDivided = [...contract.lots.keys()].some((lot) => lot !== NO_LOT);
      if (!isDivided) this.#addTo(contract, id, row, undefined);
      else this.#id(row, "lot", undefined);
    }
  }

  #addTo(contract: ContractDraft, id: Said, row: Row, lotId: Said | undefined): void {
    const { reader } = row;
    const values = valueFields(row);
    const suppliers = this.#suppliersOf(row);
    const ofLot = [...statedOf(row, "lot"), ...values].filter(([{ name }]) => name !== CEILING.name || !row.isOfSeats);
    for (const [field, said] of statedOf(row, "contract")) contract.own.add(field, said, reader);
    // If a column says which rows are modifications, the others are none.
    const stated = typeof this.#map.rows === "object" ? [] : statedOf(row, "modification");
    const [first] = stated;
    if (first !== undefined)
      contract.modifications.add({ id: idIn(row, "modification"), lot: lotId?.text, stated, seen: first[1] }, reader);
    if (lotId === undefined && ofLot.length === 0 && suppliers.length === 0) return;
    const lot = lotOf(contract, lotId, id);
    for (const [field, said] of ofLot) lot.own.add(field, said, reader);
    for (const [supplier, seen] of suppliers) if (!lot.suppliers.has(supplier)) lot.suppliers.set(supplier, seen);
    this.#addShares(row, contract, lotId?.text ?? NO_LOT, suppliers);
  }

  #id(row: Row, name: string, said: Said | undefined): Said | undefined {
    if (said !== undefined) return said;
    const hint = "give it one; a row that sums up others is called Total";
    return row.reader.report(row.cellOf(name), "F5", `this row has no ${name}`, hint);
  }

  #suppliersOf(row: Row): readonly (readonly [string, Seen])[] {
    const named = suppliersOn(row.all("supplier"), row.all("legalId"), row.all("country"), row.reader);
    return named.flatMap((one): (readonly [string, Seen])[] => {
      const id = this.suppliers.find(one);
      const seen = one.name ?? one.number;
      return id === undefined || seen === undefined ? [] : [[id, seen]];
    });
  }

  /** Adds what was signed with a supplier, which is a contract of its own under this one. */
  #addShares(row: Row, contract: ContractDraft, lot: string, suppliers: readonly (readonly [string, Seen])[]): void {
    const share = saidIn(row, "share");
    if (share === undefined) return;
    const seats = suppliers.map(([id]) => id);
    const settled = contract.settledIds.of(seats.join(" "));
    const plain = { settled, lots: [lot], ...(seats.length > 0 && { suppliers: seats }), value: share.text };
    contract.settled.push({ plain, seen: share });
  }

  /**
   * Adds an order. If a column is for orders, it has the order's id, and the row names its contract. Otherwise the
   * row's contract id is the order's, and `callOffOf` names the contract that it is under.
   */
  #addOrder(row: Row): void {
    const { reader } = row;
    const known = this.#findings.length;
    const own = this.#map.columns?.has("order") === true;
    const id = this.#id(row, own ? "order" : "contract", idIn(row, own ? "order" : "contract"));
    const parent = own ? this.#id(row, "contract", idIn(row, "contract")) : parentOf(row);
    if (id === undefined || parent === undefined) return;
    const contract = this.#contract(parent, reader);
    const [supplier, ...others] = this.#suppliersOf(row);
    if (others.length > 0 && supplier !== undefined)
      reader.report(supplier[1], "T2-count", "an order has one supplier, and here are several", "divide the row");
    const parts: Record<string, Said | undefined> = {
      lot: idIn(row, "lot"),
      buyer: saidIn(row, "buyer"),
      date: saidIn(row, "date") ?? saidIn(row, "awardDate") ?? saidIn(row, "startDate"),
      amount: saidIn(row, "amount") ?? saidIn(row, "value"),
      description: saidIn(row, "orderDescription") ?? saidIn(row, "title"),
    };
    const stated = Object.entries(parts).flatMap(([key, said]) =>
      said === undefined ? [] : [[key, said.text] as const],
    );
    // What cannot be read has been told already, and need not be reported as missing, too.
    if (this.#findings.length > known) return;
    const plain = { order: id.text, ...(supplier && { supplier: supplier[0] }), ...Object.fromEntries(stated) };
    contract.orders.push({ plain, seen: id });
  }

  /**
   * Adds a row that is a modification. If a column is for modifications, it has the modification's id, and the row
   * names its contract. Otherwise, if `callOffOf` names the contract, the row's contract id is the modification's.
   */
  #addChange(row: Row): void {
    const { reader } = row;
    const [own, under] = [this.#map.columns?.has("modification") === true, idIn(row, "callOffOf")];
    const parent = this.#id(row, "contract", (own ? undefined : under) ?? idIn(row, "contract"));
    if (parent === undefined) return;
    const id = own ? idIn(row, "modification") : under && idIn(row, "contract");
    const stated = statedOf(row, "modification");
    const day = saidIn(row, "date") ?? saidIn(row, "awardDate") ?? saidIn(row, "startDate");
    const isDated = stated.some(([{ name }]) => name === "modificationDate");
    const all = isDated || day === undefined ? stated : [...stated, [MODIFICATION_DATE, day] as const];
    if (!stated.some(([{ name }]) => name === "change" || name === "changedTo")) this.#isUnsaid(row);
    const seen = id ?? parent;
    const suppliers = this.#suppliersOf(row).map(([supplier]) => supplier);
    const lot = idIn(row, "lot")?.text;
    this.#contract(parent, reader).modifications.add({ id, lot, stated: all, suppliers, seen }, reader);
  }

  #isUnsaid({ reader, cellOf }: Row): void {
    const hint = "map a column: change: HEADING (by how much), or changedTo: HEADING (what it comes to)";
    reader.report(cellOf("change"), "F5", "this modification does not say what it changes", hint);
  }

  /**
   * How figures and days are written. If the map says nothing of days, those decide that can be read in one way only.
   */
  #dialectOf({ rows, sheet }: Table, { byField }: Columns, cellAt: CellAt): Dialect {
    const { decimal, dates } = this.#map;
    if (dates !== undefined) return { decimal, dates };
    const columns = dateColumns(byField);
    const shown = new Map<DateNotation, string>();
    let inDoubt = 0;
    for (const row of rows) {
      for (const { column } of columns) {
        const cell = cellAt(row, column);
        if (cell === undefined || cell.kind !== "text") continue;
        const notation = notationOf(cell.text);
        if (notation?.includes("/"))
          shown.set(notation, shown.get(notation) ?? `${cell.text} (${cellName(row.number, column)})`);
        if (isAmbiguousDay(cell.text, {})) inDoubt++;
      }
    }
    const [only, ...others] = shown;
    if (only === undefined || others.length > 0) return { decimal, dates };
    if (inDoubt > 0)
      this.notes.push(`${sheet.file}: days are read as ${only[0]}, because ${only[1]} can be nothing else`);
    return { decimal, dates: only[0] };
  }

  #tellOf({ sheet, titles, rows, head }: Table, { leftOut }: Columns): void {
    const tell = (text: string) => this.notes.push(`${sheet.file}: ${text}`);
    for (const note of sheet.notes) tell(note);
    if (head === undefined) tell("the sheet is empty");
    if (titles > 0) tell(`${plural(titles, "row")} above the headings ${titles === 1 ? "is" : "are"} not read`);
    const hidden = rows.filter((row) => row.hidden).map(({ number }) => number);
    if (hidden.length > 0) tell(`hidden rows are read like all others: ${listed(hidden)}`);
    const merged = sheet.merged.filter(({ lastRow }) => lastRow > (head?.number ?? 0));
    if (merged.length > 0)
      tell(
        `merged cells count for each of their rows: ${firstAndMore(
          merged.map(
            ({ firstRow, firstColumn, lastRow, lastColumn }) =>
              `${cellName(firstRow, firstColumn)}:${cellName(lastRow, lastColumn)}`,
          ),
          MOST_LISTED,
        )}`,
      );
    const names = leftOut.flatMap(({ name, filled }) => (filled === 0 ? [] : [`${name} (${filled} filled)`]));
    const empty = leftOut.length - names.length;
    const all = [...names, ...(empty === 0 ? [] : [plural(empty, "empty column")])];
    if (all.length > 0) tell(`columns that the map does not name are left out: ${all.join(", ")}`);
  }

  document(): PlainDocument {
    this.#addUndivided();
    const [map, sources, suppliers, contracts] = [this.#map, this.#sources, this.suppliers, this.#contracts];
    return importedDocument({ map, sources, suppliers, contracts });
  }

  closingNotes(): readonly string[] {
    const unusual = [...this.#unusual].map(
      ([what, { first, count }]) => `${what}: ${first}${count > 1 ? ` and ${count - 1} more` : ""}`,
    );
    const fillers = [...this.suppliers.fillers].map(([number, by]) => `${number} (${by})`);
    const restored = [...this.suppliers.restored].map(([full, written]) => `${written} is ${full}`);
    const orders = [...this.#contracts.values()].reduce((sum, contract) => sum + contract.orders.length, 0);
    const came = [
      plural(this.#contracts.size, "contract"),
      plural(this.suppliers.count, "supplier"),
      ...(orders > 0 ? [plural(orders, "order")] : []),
    ];
    const { unlike } = this.suppliers;
    const alone = [...this.suppliers.byNameAlone].flatMap(([name, cells]) => (cells.length > 1 ? [name] : []));
    return [
      ...this.notes,
      ...unusual,
      ...toldOf("numbers that stand for none are no company's", fillers),
      ...toldOf("company numbers have the zeros again that spreadsheets drop", restored),
      ...toldOf("suppliers without a number are one where they are called alike", alone),
      ...toldOf("one number stands beside different names", unlike),
      `${plural(this.#rows, "row")}: ${came.join(", ")}`,
    ];
  }
}

const MOST_LISTED = 8;

const listed = (numbers: readonly number[]): string => firstAndMore(numbers.map(String), MOST_LISTED);

const toldOf = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what}: ${firstAndMore(names, MOST_LISTED)}`];

const widthFault = ({ width }: SheetRow, { head }: Table): SheetRow["fault"] =>
  width === undefined || head?.width === undefined || width === head.width
    ? undefined
    : {
        message: `this row has ${width} fields, and there are ${head.width} headings`,
        hint: "quote a field that has the separator in it",
      };

const dateColumns = (byField: Columns["byField"]): readonly Heading[] =>
  [...byField].flatMap(([name, headings]) => (importField(name)?.kind === "date" ? headings : []));

/** With this many days, it means something that none is after the twelfth of a month. */
const FEW_DAYS = 3;

/**
 * Notes on columns that have texts of days, beside cells that are days but never after the twelfth of a month. A
 * program that expects the month first has made days of the texts that it could read, with the wrong months, and left
 * the rest as texts.
 */
const swappedDays = ({ rows }: Table, { byField }: Columns, cellAt: CellAt): readonly string[] =>
  dateColumns(byField).flatMap(({ text, column }) => {
    const cells = rows.flatMap((row) => cellAt(row, column) ?? []);
    const days = cells.filter(({ kind }) => kind === "day");
    const other = cells.find((cell) => cell.kind === "text" && notationOf(cell.text)?.includes("/"));
    if (other === undefined || days.length < FEW_DAYS || days.some((day) => Number(day.text.slice(-2)) > 12)) return [];
    return [`${text} has texts such as ${other.text} beside days, none after the 12th: were days and months swapped?`];
  });

const textsOf = ({ cells }: SheetRow): readonly string[] => [...cells.values()].map(({ text }) => text);

/** Whether a row sums up others: it calls itself a total, and has no id that could be a contract's. */
const isTotal = (row: SheetRow, { byField }: Columns, cellAt: CellAt): boolean => {
  const ids = (byField.get("contract") ?? []).map(({ column }) => cellAt(row, column)?.text ?? "");
  return isTotalRow(textsOf(row)) && ids.every((id) => id === "" || isTotalRow([id]));
};

const rowOf = (row: SheetRow, { byField, besides }: Columns, cellAt: CellAt, reader: CellReader): Row => {
  const known = new Map<string, readonly (Said | undefined)[]>();
  const read = (name: string): readonly (Said | undefined)[] => {
    const field = fieldNamed(name);
    const currency = name === "currency" ? undefined : all("currency").find((one) => one !== undefined)?.text;
    const headings = byField.get(name) ?? [];
    const said = headings.map((heading) => {
      const beside = besides.get(heading.column);
      const [own, bound, state] = [beside?.currency, beside?.bound, beside?.state].map(
        (column = -1) => cellAt(row, column)?.text,
      );
      if (state === "withheld") return reader.read(field, { kind: "text", text: state }, row, heading);
      if (bound !== undefined && bound !== "exactly") return reader.leaveOut(row, heading);
      return reader.read(field, cellAt(row, heading.column), row, heading, own ?? currency);
    });
    if (name === "currency") refuseSeveral(said, reader);
    return said.some((one) => one !== undefined) ? said : [...said.slice(1), reader.always(field)];
  };
  const all = (name: string): readonly (Said | undefined)[] => madeUnder(known, name, () => read(name));
  const cellOf = (name: string) => reader.seenAt(row, byField.get(name)?.[0] ?? { text: name, column: 0 });
  const [own] = byField.get("ceilingPerSupplier") ?? [];
  const isOfSeats =
    own !== undefined && besides.has(own.column) && all("ceilingPerSupplier").some((said) => said !== undefined);
  return { reader, all, cellOf, isOfSeats };
};

/** Refuses several currencies in one row, because nobody knows which of them its amounts are in. */
const refuseSeveral = (said: readonly (Said | undefined)[], reader: CellReader): void => {
  const [first, ...others] = said.filter((one) => one !== undefined);
  const other = others.find(({ text }) => text !== first?.text);
  if (first === undefined || other === undefined) return;
  const hint =
    "amounts of a row have one currency, unless they say their own: name one column of currencies in the map";
  reader.report(other, "N2-currency", `this row names two currencies, ${first.text} and ${other.text}`, hint);
};

const statedOf = (row: Row, subject: "contract" | "lot" | "modification"): readonly (readonly [ImportField, Said])[] =>
  row.reader.fieldsOf(subject).flatMap((field) => {
    if (APART.has(field.name)) return [];
    const said = field.kind === "id" ? [idIn(row, field.name)] : row.all(field.name);
    return said.flatMap((one) => (one === undefined ? [] : [[field, one] as const]));
  });

/**
 * A value is what was awarded, if the row says that its contract is no framework agreement, and otherwise a ceiling.
 */
const valueFields = (row: Row): readonly (readonly [ImportField, Said])[] => {
  const field = saidIn(row, "framework")?.text === "no" ? AWARDED : CEILING;
  return row.all("value").flatMap((said) => (said === undefined ? [] : [[field, said] as const]));
};

/** The contract that an order is under, if the order has no id but its contract's. Reports it if no cell names one. */
const parentOf = (row: Row): Said | undefined =>
  idIn(row, "callOffOf") ??
  row.reader.report(
    row.cellOf("callOffOf"),
    "F5",
    "this order does not say under which contract it is",
    "map a column: callOffOf: HEADING",
  );

const lotOf = (contract: ContractDraft, id: Said | undefined, contractId: Said): LotDraft => {
  const key = id?.text ?? NO_LOT;
  const called = id === undefined ? `contract ${contractId.text}` : `lot ${contractId.text}/${key}`;
  return madeUnder(contract.lots, key, () => ({
    seen: id ?? contractId,
    own: new Draft(called),
    suppliers: new Map(),
  }));
};
