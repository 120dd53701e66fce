import { contracts } from "../engine/contracts.ts";
import { headroom } from "../engine/headroom/headroom.ts";
import { lots } from "../engine/lots.ts";
import { orders } from "../engine/orders/orders.ts";
import { type Report, reportOf } from "../engine/report.ts";
import { seats } from "../engine/seats.ts";
import { sources } from "../engine/sources.ts";
import { suppliers } from "../engine/suppliers.ts";
import { total } from "../engine/total.ts";
import { indexedInputs } from "../inputs/store/indexed-inputs.ts";
import { type Manifest, STORE_FORMAT, STORE_VERSION } from "../inputs/store/manifest.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import type { Assumption } from "../model/publication.ts";
import type { StoredTable } from "../model/stored-table.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { openRegister } from "../register/open-register.ts";
import { recordTable } from "./record-table.ts";
import { StoreDraft } from "./store-draft.ts";
import { storedTable } from "./stored-table.ts";

/** What a store is made of. */
export interface StoreContents {
  readonly register: Register;
  /** Some of its contracts; all where it is left out. */
  readonly contracts?: AsyncIterable<readonly Contract[]>;
  /** What was read, by the names that the user gave. */
  readonly paths: readonly string[];
  /** The day of which its figures are. */
  readonly day: PartialDate;
  readonly version: string;
}

/**
 * Writes a store: first all records, in one reading of the inputs; then, from these, the answers as tables, which other
 * programs read.
 */
export const writeStore = async (name: string, contents: StoreContents): Promise<Manifest> => {
  const { register, paths, day, version } = contents;
  const inputs = indexedInputs(paths);
  const draft = await StoreDraft.begin(name);
  try {
    const counts = { contracts: 0, lots: 0 };
    let mayCallOff = false;
    const onContract = (contract: { readonly lots: number; readonly isCallOff: boolean }) => {
      counts.contracts++;
      counts.lots += contract.lots;
      mayCallOff ||= contract.isCallOff;
    };
    const some = contents.contracts && { contracts: contents.contracts };
    await draft.write(recordTable(register, { folder: draft.folder, ...some }, onContract));
    const manifest = (): Omit<Manifest, "tables"> => ({
      format: STORE_FORMAT,
      version: STORE_VERSION,
      lotbook: version,
      day: formatPartialDate(day),
      inputs,
      counts,
      mayCallOff,
    });
    await draft.write(noteTable([]));
    await draft.writeManifest(manifest());
    const stored = await openRegister(draft.folder);
    for (const table of answersOf(stored, day)) await draft.write(table);
    await draft.write(noteTable(toldOf(register, stored)));
    await draft.writeManifest(manifest());
    draft.commit();
    return { ...manifest(), tables: draft.counts };
  } finally {
    draft.discard();
  }
};

/** The answers that a store has as tables, each read from the records when it is written. */
function* answersOf(register: Register, at: PartialDate): Generator<StoredTable> {
  const asked = { at };
  yield storedTable("contract", "A contract as it stands on the day of the store.", contracts(register, asked));
  yield storedTable(
    "lot",
    "A lot. Its ceiling may lie within one of a group or of the contract.",
    lots(register, asked),
  );
  yield storedTable(
    "seat",
    "A supplier of a lot. Each repeats what the lot's suppliers share: nothing here may be added up.",
    seats(register, asked),
  );
  yield storedTable(
    "supplier",
    "A supplier with the ceilings that it holds alone and shares: those of several must not be added up.",
    suppliers(register, asked),
  );
  yield storedTable("ceiling", "A ceiling, what is ordered under it, and what is left.", headroom(register, asked));
  yield storedTable("order", "An order; its amount may be added up.", orders(register, asked));
  yield storedTable("source", "Who states what.", sources(register));
  yield storedTable(
    "counted",
    "What a contract may cost, was awarded for and is ordered, each shared ceiling counted once: may be added up.",
    byContract(register, (some) => total(some, asked, { by: "contract" })),
  );
  yield storedTable(
    "counted_by_supplier",
    "What a supplier holds of a contract alone and shared: may be added up for one supplier, never over several.",
    byContract(register, (some) => total(some, asked, { by: ["contract", "supplier"] })),
  );
}

/** The tables of a store, with whatever rows. */
export const storeTables = (register: Register): readonly StoredTable[] => [...answersOf(register, { year: 1 })];

/**
 * An answer whose rows are each of one contract, batch by batch: asked of all contracts at once, it would hold all its rows
 * in memory.
 */
const byContract = <Row>(register: Register, ask: (some: Register) => Report<Row>): Report<Row> => {
  const { columns, closing, summarised } = ask(register);
  const batches = async function* () {
    for await (const batch of register.contracts()) yield* ask({ ...register, contracts: () => one(batch) }).batches;
  };
  return reportOf(columns, batches(), closing, summarised);
};

/** What was told of the inputs and does not follow from the records, as JSON. */
const toldOf = (register: Register, stored: Register): readonly object[] => {
  const again = new Map(stored.assumptions().map(({ rule, count }) => [rule, count]));
  const once = register.assumptions().flatMap((assumption): readonly Assumption[] => {
    const count = assumption.count - (again.get(assumption.rule) ?? 0);
    return count > 0 ? [{ ...assumption, count }] : [];
  });
  return [...once, ...register.passedOver(), ...register.findings()];
};

const noteTable = (told: readonly object[]): StoredTable => ({
  name: "note",
  says: "What was assumed, passed over or found wrong when the inputs were read, as JSON.",
  columns: [
    { name: "line", type: "count", says: "Its place." },
    { name: "json", type: "text", says: "What was told." },
  ],
  rows: one(told.map((each, index) => [String(index + 1), JSON.stringify(each)])),
});

async function* one<T>(batch: T): AsyncGenerator<T> {
  yield batch;
}
