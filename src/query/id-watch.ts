import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import type { Contract } from "../records/contract.ts";
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

/** Notes which of the ids asked for exist, to tell a wrong id from an empty answer. */
export class IdWatch {
  readonly #what: "contract" | "lot" | "source";
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();

  constructor(what: "contract" | "lot" | "source", query: Query, known: Iterable<string> = []) {
    this.#what = what;
    this.#unseen = new Set(idsAskedFor(query, what));
    for (const id of known) this.#note(id);
  }

  get watching(): boolean {
    return this.#unseen.size > 0;
  }

  /** Wrong ids are told once all is read: the answer is only empty there. */
  readonly refuses = false;

  see(contract: Contract): void {
    for (const id of this.#idsIn(contract)) this.#note(id);
  }

  #idsIn({ id, lots, publications }: Contract): readonly string[] {
    switch (this.#what) {
      case "contract":
        return [id];
      case "lot":
        return lots.flatMap((lot) => [lot.id, `${id}/${lot.id}`]);
      case "source":
        return publications.map((publication) => publication.id);
    }
  }

  #note(id: string): void {
    this.#unseen.delete(id);
    // Names to suggest: a few thousand are plenty.
    if (this.#seen.size < 5000) this.#seen.add(id);
  }

  finish(): void {
    const [missing] = this.#unseen;
    if (missing !== undefined) throw noSuchId(this.#what, missing, this.#seen);
  }
}
