import { isAbsolute, relative, resolve } from "node:path";
import type { Attribution } from "../model/claim.ts";
import { escapeHidden } from "../model/hidden-characters.ts";
import { addAll } from "../model/lists.ts";
import { Encoding, factsOf } from "../records/codec.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { ignoreCodec } from "../records/ignore.ts";
import type { Ledger, Order } from "../records/order.ts";
import { type ListName, queryCodec, type Register } from "../records/register.ts";
import { type Source, sourceCodec } from "../records/source.ts";
import { type Supplier, supplierCodec } from "../records/supplier.ts";
import type { Plain } from "../syntax/plain.ts";

/** A record as it is written, and the list of a register that it belongs to. */
export interface WrittenRecord {
  readonly list: Exclude<ListName, "prefer">;
  readonly plain: Plain;
  /**
   * For a contract, the sources and suppliers that it names and the register does not declare, by kind and id
   * (`supplier BE:0403.170.701`). For a source or supplier that a contract was the first to name, its own name.
   */
  readonly names?: readonly string[];
}

export interface WriteOptions {
  /**
   * The contracts to write; all of the register's by default. Suppliers that none of the given contracts names are left
   * out, too.
   */
  readonly contracts?: AsyncIterable<readonly Contract[]>;
  /**
   * The folder that the text will be in. Paths of ledgers are relative to it. If a ledger of a contract lies outside of
   * it, or there is no folder, the contract's orders are written out instead.
   */
  readonly folder: string | undefined;
  /** Whether a source or supplier is already declared where the records go. It is then left out. */
  readonly stands?: (list: "sources" | "suppliers", id: string) => boolean;
}

/**
 * The records of a register, with sources and suppliers before the records that name them, and sources in the order in
 * which they are believed. What notices state becomes sources, suppliers and contracts like any others. Reading the
 * records gives a register that answers the same.
 */
export async function* recordsOf(
  register: Register,
  { contracts = undefined, folder, stands = () => false }: WriteOptions,
): AsyncGenerator<readonly WrittenRecord[]> {
  const { preference } = register;
  const writer = new RecordWriter(register, folder, stands);
  const sources = register.sources.filter(({ id }) => !stands("sources", id));
  const ranked = sources.sort((a, b) => preference.rank(a.id) - preference.rank(b.id));
  yield ranked.map((source) => writer.source(source));
  const suppliers = register.suppliers.filter(({ id }) => !stands("suppliers", id));
  if (contracts === undefined) yield suppliers.map((supplier) => writer.supplierAlone(supplier));
  yield writer.queriesAndIgnores();
  for await (const batch of contracts ?? register.contracts()) {
    const records: WrittenRecord[] = [];
    for (const contract of batch) addAll(records, await writer.contract(contract));
    yield records;
  }
}

class RecordWriter {
  readonly #register: Register;
  readonly #folder: string | undefined;
  /** The ids of the sources and suppliers that need not be written again. */
  readonly #sources: Set<string>;
  readonly #suppliers: Set<string>;
  /** The names of the sources and suppliers that the register itself declares. */
  readonly #declared: ReadonlySet<string>;

  constructor(register: Register, folder: string | undefined, stands: NonNullable<WriteOptions["stands"]>) {
    this.#register = register;
    this.#folder = folder;
    const { sources, suppliers } = register;
    this.#sources = new Set(sources.flatMap(({ id }) => (stands("sources", id) ? id : [])));
    this.#suppliers = new Set(suppliers.flatMap(({ id }) => (stands("suppliers", id) ? id : [])));
    this.#declared = new Set([
      ...sources.map(({ id }) => sourceName(id)),
      ...suppliers.map(({ id }) => supplierName(id)),
    ]);
  }

  #record(list: "sources" | "suppliers", name: string, plain: Plain): WrittenRecord {
    return this.#declared.has(name) ? { list, plain } : { list, plain, names: [name] };
  }

  source(source: Source): WrittenRecord {
    this.#sources.add(source.id);
    return this.#record("sources", sourceName(source.id), sourceCodec.encode(source, new Encoding()));
  }

  /** A supplier and those that took it over, except those already written. */
  supplier(supplier: Supplier): WrittenRecord[] {
    if (this.#suppliers.has(supplier.id)) return [];
    const written = this.supplierAlone(supplier);
    const successors = supplier.successions.flatMap((one) => (one.kind === "merged" ? (one.successor() ?? []) : []));
    return [written, ...successors.flatMap((one) => this.supplier(one))];
  }

  supplierAlone(supplier: Supplier): WrittenRecord {
    this.#suppliers.add(supplier.id);
    return this.#record("suppliers", supplierName(supplier.id), plainSupplier(supplier));
  }

  queriesAndIgnores(): WrittenRecord[] {
    const { queries, ignores } = this.#register;
    return [
      ...Array.from(
        queries.values(),
        (query): WrittenRecord => ({ list: "queries", plain: queryCodec.encode(query, new Encoding()) }),
      ),
      ...ignores.map(
        (ignore): WrittenRecord => ({
          list: "ignore",
          plain: ignoreCodec.encode(ignore, new Encoding()),
        }),
      ),
    ];
  }

  /** A contract, preceded by the sources and suppliers that it is the first to name. */
  async contract(contract: Contract): Promise<WrittenRecord[]> {
    const holders = [...new Set(suppliersIn(contract))];
    const suppliers = holders.flatMap((supplier) => this.supplier(supplier));
    const named = [...attributionsIn(contract), ...holders.flatMap(attributionsOf)];
    const sources = [...new Set(named.map(({ source }) => source))].flatMap((id) =>
      id === undefined || this.#sources.has(id) ? [] : [this.source(publicationAsSource(id, contract))],
    );
    const plain = contractCodec.encode(await this.#withOrders(contract), new Encoding());
    const names = [
      ...holders.map(({ id }) => supplierName(id)),
      ...named.flatMap(({ source }) => (source === undefined ? [] : [sourceName(source)])),
    ].filter((name) => !this.#declared.has(name));
    return [...sources, ...suppliers, { list: "contracts", plain, names: [...new Set(names)] }];
  }

  /**
   * The contract with the paths of its ledgers relative to the folder that it is written to. If a ledger lies outside
   * of it, all orders are written out instead.
   */
  async #withOrders(contract: Contract): Promise<Contract> {
    const ledgers = this.#ledgersOf(contract);
    if (ledgers.length === contract.ledgers.length) return { ...contract, ledgers };
    const orders: Order[] = [];
    for await (const batch of this.#register.orders(contract)) addAll(orders, batch);
    return { ...contract, ledgers: [], orders };
  }

  #ledgersOf(contract: Contract): readonly Ledger[] {
    const folder = this.#folder;
    if (folder === undefined) return [];
    return contract.ledgers.flatMap((ledger) => {
      const path = this.#register.ledgerPath(contract, ledger);
      const file = path && relative(folder, resolve(path));
      return file === undefined || isAbsolute(file) || /^\.\.[/\\]/.test(file) ? [] : [{ ...ledger, file }];
    });
  }
}

const sourceName = (id: string): string => `source ${id}`;
export const supplierName = (id: string): string => `supplier ${id}`;

export const plainSupplier = (supplier: Supplier): Plain => supplierCodec.encode(supplier, new Encoding());

export const attributionsOf = (record: object): readonly Attribution[] =>
  factsOf(record).flatMap((fact) => fact.map(({ by }) => by));

const attributionsIn = (contract: Contract): readonly Attribution[] => [
  ...[contract, ...contract.lots, ...contract.groups].flatMap(attributionsOf),
  ...contract.modifications.map(({ by }) => by),
];

const suppliersIn = ({ lots, settledContracts, modifications }: Contract): readonly Supplier[] => [
  ...lots.flatMap(({ suppliers = [] }) => suppliers.flatMap(({ value }) => value)),
  ...[...settledContracts, ...modifications].flatMap(({ suppliers = [] }) => suppliers),
];

/** A notice as the source of what it states. */
const publicationAsSource = (id: string, { publications, origin }: Contract): Source => ({
  id,
  title: `Notice ${id}`,
  date: publications.find((one) => one.id === id)?.date,
  origin,
});

/** A register as JSON Lines, piece by piece. Memory grows with its sources and suppliers, not with its contracts. */
export async function* registerLines(register: Register, options: WriteOptions): AsyncGenerator<string> {
  for await (const records of recordsOf(register, options))
    yield records.map(({ plain }) => `${escapeHidden(JSON.stringify(plain))}\n`).join("");
}
