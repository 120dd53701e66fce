import { type Assessment, assessments } from "../engine/assessments.ts";
import { contracts } from "../engine/contracts.ts";
import { type LotRow, lots } from "../engine/lots.ts";
import { orders } from "../engine/orders/orders.ts";
import { type Column, column, type Report, reportOf } from "../engine/report.ts";
import { total } from "../engine/total.ts";
import { nameOf, organisationsOf } from "../engine/views.ts";
import type { Preference } from "../model/claim.ts";
import { allIn } from "../model/lists.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { StoredTable } from "../model/stored-table.ts";
import { MEANING } from "../query/fields.ts";
import type { Contract } from "../records/contract.ts";
import type { Register, SettledFigures } from "../records/register.ts";
import type { Source } from "../records/source.ts";
import type { Supplier } from "../records/supplier.ts";
import { CeilingsAlone, ceilings } from "./ceiling-table.ts";
import { keptTables } from "./kept-tables.ts";
import { LotEnds } from "./lot-ends.ts";
import { memberTable, partTables } from "./part-tables.ts";
import { Places } from "./places.ts";
import { besideSeats, seatTable } from "./seat-table.ts";
import { SettledTally, settledTables } from "./settled-tables.ts";
import type { StoreDraft } from "./store-draft.ts";
import { oneBatch, storedTable } from "./stored-table.ts";

/**
 * The answers that a store has as tables, in which each row belongs to one contract. All contracts must have been
 * assessed seat by seat.
 */
const contractTables = (
  register: Register,
  at: PartialDate,
  assessed: readonly Assessment[],
  places = new Places(),
): readonly StoredTable[] => {
  const asked = { at };
  const alone = new CeilingsAlone(assessed);
  const ends = new LotEnds(assessed, register.preference);
  // The order matters: which ceilings stand with their lots is known only once the ceilings have been written.
  return [
    storedTable(
      "contract",
      "A contract as it stands on the day of the store.",
      withColumns(without(contracts(register, asked), OF_COUNTED), ends.ofContracts()),
    ),
    storedTable(
      "ceiling",
      "A ceiling that does not stand with its lot alone, what is ordered under it, and what is left.",
      without(ceilings(register, at, alone), ["name", "title"]),
    ),
    storedTable(
      "lot",
      "A lot. Its ceiling may lie within one of a group or of the contract, of which ceiling tells.",
      ofStore(without(lots(register, asked), OF_OTHERS), {
        alone,
        places,
        ends,
      }),
    ),
    seatTable(assessed, places),
    storedTable("order", "An order; its amount may be added up.", without(orders(register, asked), ["origin"])),
    storedTable(
      "counted",
      "What a contract may cost, was awarded for and is ordered, each shared ceiling counted once: may be added up.",
      without(total(register, asked, { by: "contract" }), ["row"]),
    ),
    storedTable(
      "counted_beside_seats",
      "What a supplier holds alone and shared of a contract whose seats do not say: may be added up for one supplier.",
      without(total(besideSeats(register, assessed), asked, { by: ["contract", "supplier"] }), OF_TOTALS),
    ),
    ...partTables(register),
  ];
};

/** Columns of contracts that `counted` has. */
const OF_COUNTED: readonly string[] = ["ceiling", "awarded", "ordered"];

/** Columns of lots that the tables of contracts and seats have. A lot names its contract, and seats name their lot. */
const OF_OTHERS: readonly string[] = [
  ...["buyer", "buyerCountry", "procedureType", "directAward", "regime"],
  ...["nature", "callDate", "awardDate", "daysToAward", "suppliers"],
];

const withColumns = <Row>(report: Report<Row>, more: readonly Column<Row>[]): Report<Row> => ({
  ...report,
  columns: [...report.columns, ...more],
});

interface BesideLots {
  readonly alone: CeilingsAlone;
  readonly places: Places;
  readonly ends: LotEnds;
}

const ofStore = (report: Report<LotRow>, { alone, places, ends }: BesideLots): Report<LotRow> => ({
  ...report,
  columns: [
    places.column("lot"),
    ...report.columns,
    ...ends.ofLots(),
    column.count("suppliers", "How many hold it.", ({ suppliers }) => suppliers.length),
    column.text(
      "ceilingAlone",
      "yes where there is no more to be said of its ceiling, and ceiling has no row of it.",
      (row) => (alone.has(row.contract, row.lot) ? "yes" : undefined),
    ),
  ],
});

const OF_TOTALS: readonly string[] = ["row", "name", "ceiling"];

/** An answer without some of its columns. */
const without = <Row>(report: Report<Row>, names: readonly string[]): Report<Row> => ({
  ...report,
  columns: report.columns.filter(({ name }) => !names.includes(name)),
});

/** The sources and suppliers that contracts refer to, as tables. */
const referenceTables = (register: Register): readonly StoredTable[] => {
  const { suppliers, sources, preference, namedInStores } = register;
  return [
    storedTable(
      "supplier",
      "A supplier.",
      reportOf(supplierColumns(preference), oneBatch([...suppliers, ...namedInStores.suppliers])),
    ),
    storedTable(
      "source",
      "Who states what; the history of contracts says more of notices.",
      reportOf(SOURCE_COLUMNS, oneBatch([...sources, ...namedInStores.sources])),
    ),
    memberTable([...suppliers, ...namedInStores.suppliers], register),
  ];
};

const SOURCE_COLUMNS: readonly Column<Source>[] = [
  column.id("source", "The source's id.", ({ id }) => id),
  column.text("title", "Its title.", ({ title }) => title),
  column.text("publisher", "Who published it.", ({ publisher }) => publisher),
  column.date("date", MEANING.published, ({ date }) => date),
];

const supplierColumns = (preference: Preference): readonly Column<Supplier>[] => [
  column.id("supplier", MEANING.supplier, ({ id }) => id, "Id"),
  column.text("name", "Its name, as the preferred source writes it.", (one) => nameOf(one, preference)),
  column.text("kind", "Company or grouping.", ({ kind }) => kind),
  column.text("country", "Where it comes from.", ({ country }) => preference.value(country)),
  column.text("legalId", "Its number in a register of companies.", ({ legalId }) => legalId),
  column.texts("aliases", MEANING.aliases, ({ aliases }) => aliases),
  column.texts("organisations", "The companies behind it.", (one) => organisationsOf(one, preference)),
];

/**
 * All tables of a store, to describe them for other engines: the answers, and what lotbook itself answers from. Their
 * rows do not matter.
 */
export const storeTables = (register: Register): readonly StoredTable[] => [
  ...contractTables(register, { year: 1 }, []),
  ...referenceTables(register),
  ...settledTables(),
  ...keptTables(register),
];

/** What stays as it was when something is added to a store: the rows of all contracts except those that are gone. */
export interface Standing {
  /** The contracts that are new or were put together anew. */
  readonly fresh: () => AsyncIterable<readonly Contract[]>;
  /** The store as it was, with only those of its contracts that are gone. Undefined where none is. */
  readonly before?: Register;
  /**
   * The figures that the store had settled, if they are to be put together with the new ones. Otherwise what is added
   * gets rows of its own.
   */
  readonly figures: SettledFigures | undefined;
  /** Whether contracts still refer to the same sources and suppliers as before, and to no others. */
  readonly areReferencesSame: boolean;
}

/** The condition, in SQL, for rows of contracts that are gone or have changed. */
export const IS_GONE = "contract IN (SELECT id FROM gone)";

/** How many contracts are turned into rows at once. With few, what has been written is soon forgotten. */
const AT_ONCE = 32;

/**
 * Writes the answers of a register as tables. It reads the contracts once, and holds no more than a batch of them in
 * memory.
 */
export const writeAnswers = async (
  draft: StoreDraft,
  register: Register,
  at: PartialDate,
  standing?: Standing,
): Promise<void> => {
  const settled = new SettledTally(register.preference, await register.callOffs(), at);
  const assess = (of: Register) => assessments(of, { at }, "seat");
  if (standing !== undefined) {
    if (standing.figures === undefined) draft.keep("settled");
    else settled.addFigures(standing.figures);
    if (standing.before !== undefined) for await (const batch of assess(standing.before)) settled.take(batch);
  }
  const tables = contractTables(register, at, []);
  if (standing !== undefined)
    for (const name of [...tables.map((table) => table.name), "unsettled"]) {
      draft.keep(name);
      if (standing.before !== undefined) await draft.drop(name, IS_GONE);
    }
  const places = new Places({ lot: await draft.lastPlace("lot"), seat: await draft.lastPlace("seat") });
  const open = await Promise.all(tables.map((table) => draft.open(table)));
  for await (const batch of standing?.fresh() ?? register.contracts())
    for (let start = 0; start < batch.length; start += AT_ONCE) {
      const some = { ...register, contracts: () => oneBatch(batch.slice(start, start + AT_ONCE)) };
      const assessed = await allIn(assess(some));
      settled.add(assessed);
      for (const [index, { rows }] of contractTables(some, at, assessed, places).entries())
        for await (const each of rows) await open[index]?.add(each);
    }
  for (const table of open) await table.close();
  await draft.write(settled.unsettled());
  await draft.write(settled.table());
  for (const table of referenceTables(register))
    if (standing?.areReferencesSame) draft.keep(table.name);
    else await draft.write(table);
};
