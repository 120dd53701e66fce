import { type Column, column } from "../engine/report.ts";
import type { SharedTable } from "../inputs/store/shared-texts.ts";

/** The places of rows in the tables that records share: with them, rows are in reading order wherever they were loaded. */
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
