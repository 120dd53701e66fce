import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import type { Contract } from "../records/contract.ts";
import { contractsNamedIn } from "./lot-ids.ts";
import type { Query } from "./query.ts";

/** The ids that a query asks for in a field, wherever they stand in it. */
const idsAskedFor = (query: Query, field: string): readonly string[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap((part) => idsAskedFor(part, field));
    case "not":
    case "any":
    case "all":
      return idsAskedFor(query.part, field);
    case "texts":
      return query.field === field ? query.values : [];
    default:
      return [];
  }
};

const noSuchId = (what: string, missing: string, known: Iterable<string>): UsageError => {
  const names = [...known];
  const near = nearest(missing, names);
  const some = names.slice(0, 5).join(", ");
  const otherwise = some === "" ? `the data name no ${what}` : `for example: ${some}`;
  return new UsageError(
    `there is no ${what} "${missing}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : otherwise,
  );
};

/** So many names to suggest are plenty. */
const MOST_SEEN = 5000;

/** Notes which of the ids asked for exist, to tell a wrong id from an empty answer. */
export class IdWatch {
  readonly #what: "contract" | "lot" | "source";
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();
  /** The contracts that ids of lots may name. */
  readonly #contracts: ReadonlySet<string>;

  constructor(what: "contract" | "lot" | "source", query: Query, known: Iterable<string> = []) {
    this.#what = what;
    this.#unseen = new Set(idsAskedFor(query, what));
    this.#contracts = contractsNamedIn(what === "lot" ? this.#unseen : []);
    for (const id of known) this.#note(id);
  }

  get watching(): boolean {
    return this.#unseen.size > 0;
  }

  /** Wrong ids are told once all is read: the answer is only empty there. */
  readonly refuses = false;

  see(contract: Contract): void {
    if (this.#unseen.size === 0) return;
    if (this.#what === "contract") this.#note(contract.id);
    else if (this.#what === "lot") this.#seeLots(contract);
    else for (const { id } of contract.publications) this.#note(id);
  }

  /** By their ids, and by those of the contract and theirs where these may be asked for or suggested. */
  #seeLots({ id, lots }: Contract): void {
    const isNamed = this.#contracts.has(id) || this.#seen.size < MOST_SEEN;
    for (const lot of lots) {
      this.#note(lot.id);
      if (isNamed) this.#note(`${id}/${lot.id}`);
    }
  }

  #note(id: string): void {
    this.#unseen.delete(id);
    if (this.#seen.size < MOST_SEEN) this.#seen.add(id);
  }

  finish(): void {
    const [missing] = this.#unseen;
    if (missing !== undefined) throw noSuchId(this.#what, missing, this.#seen);
  }
}
