import { type Column, column } from "../engine/report.ts";
import type { SharedTable } from "../inputs/store/shared-texts.ts";

/**
 * Numbers the rows of the tables that share texts with records, so that their reading order is known in whatever order
 * they were loaded.
 */
export class Places {
  readonly #last: Record<SharedTable, number>;

  constructor(last: Readonly<Record<SharedTable, number>> = { lot: 0, seat: 0 }) {
    this.#last = { ...last };
  }

  /** A column that gives each row the next place. */
  column(table: SharedTable): Column<unknown> {
    return column.count("place", "Its place in reading order.", () => ++this.#last[table]);
  }
}
