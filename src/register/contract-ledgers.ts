import type { Surroundings } from "../inputs/surroundings.ts";
import type { Finding } from "../model/errors.ts";
import type { Contract } from "../records/contract.ts";
import type { BesideOrders, Ledger, Order } from "../records/order.ts";
import type { Register } from "../records/register.ts";

export class ContractLedgers {
  readonly #surroundingsOf: (file: string) => Surroundings;
  readonly #skipBad: boolean;
  /** Of each contract, what the last reading of its ledgers left out. */
  readonly #unread = new Map<string, readonly Finding[]>();

  constructor(surroundingsOf: (file: string) => Surroundings, skipBad: boolean) {
    this.#surroundingsOf = surroundingsOf;
    this.#skipBad = skipBad;
  }

  /** Has archives and pipes hold the ledgers of a contract ready, which are read later. */
  expect(contract: Contract): void {
    const around = this.#around(contract);
    for (const { file } of contract.ledgers) around.expect(file);
  }

  orders(contract: Contract, { onUnread, ...beside }: BesideOrders = {}): AsyncIterable<readonly Order[]> {
    if (!this.#skipBad) return this.#read(contract, beside);
    const unread: Finding[] = [];
    this.#unread.set(contract.id, unread);
    return this.#read(contract, {
      ...beside,
      onUnread: (finding) => {
        unread.push(finding);
        onUnread?.(finding);
      },
    });
  }

  /** What reads orders is loaded only where there are any. */
  async *#read(contract: Contract, beside: BesideOrders): AsyncGenerator<readonly Order[]> {
    if (contract.orders === undefined && contract.ledgers.length === 0) return;
    const { readOrders } = await import("./orders.ts");
    yield* readOrders(contract, this.#around(contract), beside);
  }

  async open(contract: Contract, { file }: Ledger): ReturnType<Register["openLedger"]> {
    const around = this.#around(contract);
    const opened = await around.open(file);
    return "refused" in opened ? undefined : { file: around.expect(file), chunks: opened.chunks };
  }

  path(contract: Contract, { file }: Ledger): string | undefined {
    return this.#around(contract).onDisk?.(file);
  }

  findings(): readonly Finding[] {
    return [...this.#unread.values()].flat();
  }

  #around({ origin }: Contract): Surroundings {
    return this.#surroundingsOf(origin.locate([]).file);
  }
}
