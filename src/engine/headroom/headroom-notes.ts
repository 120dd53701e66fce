import { addAll } from "../../model/add-all.ts";
import type { Finding } from "../../model/errors.ts";
import { firstAndMore } from "../../model/first-few.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Closing } from "../report.ts";
import { plural } from "../views.ts";
import type { OrderDates } from "./contract-use.ts";
import type { SelectedUse } from "./contract-uses.ts";
import { methodOf, type PaceWindow } from "./pace.ts";

const MOST_NAMED = 3;

/** What the reader of what is left must know, gathered contract by contract. */
export class HeadroomNotes {
  readonly #day: PartialDate;
  readonly #window: PaceWindow | undefined;
  readonly #silent: string[] = [];
  readonly #findings: Finding[] = [];
  readonly #dates: OrderDates = { later: 0, coarse: 0, undated: 0, paceless: 0 };
  readonly #laterCounts: boolean;

  constructor(day: PartialDate, window: PaceWindow | undefined, laterCounts = false) {
    this.#laterCounts = laterCounts;
    this.#day = day;
    this.#window = window;
  }

  add({ selected, use }: SelectedUse): void {
    for (const kind of ["later", "coarse", "undated", "paceless"] as const) this.#dates[kind] += use.dates[kind];
    addAll(this.#findings, use.findings);
    if (!use.known) this.#silent.push(selected.contract.id);
  }

  closing(): Closing {
    return { summaries: [], notes: [...this.#silence(), ...this.#dateNotes()], findings: this.#findings };
  }

  #silence(): readonly string[] {
    if (this.#silent.length === 0) return [];
    return [
      `Nothing is said of the orders under ${firstAndMore(this.#silent, MOST_NAMED)}, so nothing is known of what is left.`,
    ];
  }

  #dateNotes(): readonly string[] {
    const day = formatPartialDate(this.#day);
    const { later, coarse, undated, paceless } = this.#dates;
    const is = (count: number) => (count === 1 ? "is" : "are");
    const laterNote = this.#laterCounts
      ? `${plural(later, "order")} dated after ${day} may come on top.`
      : `${plural(later, "order")} dated after ${day} ${is(later)} not counted.`;
    return [
      ...(later > 0 ? [laterNote] : []),
      ...(coarse > 0
        ? [
            `${plural(coarse, "order")} may be from after ${day}, as ${coarse === 1 ? "it is" : "they are"} dated no better: possible.`,
          ]
        : []),
      ...(undated > 0 ? [`${plural(undated, "order")} without a date may be from after ${day}: possible.`] : []),
      ...(this.#window === undefined ? [] : [methodOf(this.#window)]),
      ...(this.#window !== undefined && paceless > 0
        ? [`${plural(paceless, "order")} without a date ${is(paceless)} not in the pace.`]
        : []),
    ];
  }
}
