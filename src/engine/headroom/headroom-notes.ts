import { addAll } from "../../model/add-all.ts";
import type { Finding } from "../../model/errors.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Closing } from "../report.ts";
import { plural } from "../views.ts";
import type { SelectedUse } from "./contract-uses.ts";
import { methodOf, type PaceWindow } from "./pace.ts";

const MOST_NAMED = 3;

/** What the reader of what is left must know, gathered contract by contract. */
export class HeadroomNotes {
  readonly #day: PartialDate;
  readonly #window: PaceWindow | undefined;
  readonly #silent: string[] = [];
  readonly #findings: Finding[] = [];
  #later = 0;
  #undated = 0;

  constructor(day: PartialDate, window: PaceWindow | undefined) {
    this.#day = day;
    this.#window = window;
  }

  add({ selected, use }: SelectedUse): void {
    this.#later += use.later;
    this.#undated += use.undated;
    addAll(this.#findings, use.findings);
    if (!use.known) this.#silent.push(selected.contract.id);
  }

  closing(): Closing {
    return { summaries: [], notes: [...this.#silence(), ...this.#dates()], findings: this.#findings };
  }

  #silence(): readonly string[] {
    const count = this.#silent.length;
    if (count === 0) return [];
    const named = this.#silent.slice(0, MOST_NAMED).join(", ");
    const who = count > MOST_NAMED ? `${named} and ${count - MOST_NAMED} more` : named;
    return [`Nothing is said of the orders under ${who}, so nothing is known of what is left.`];
  }

  #dates(): readonly string[] {
    const day = formatPartialDate(this.#day);
    const later = `${plural(this.#later, "order")} dated after ${day} ${this.#later === 1 ? "is" : "are"} not counted.`;
    const undated = `${plural(this.#undated, "order")} without a date ${this.#undated === 1 ? "is" : "are"} not in the pace.`;
    return [
      ...(this.#later > 0 ? [later] : []),
      ...(this.#window === undefined ? [] : [methodOf(this.#window)]),
      ...(this.#window !== undefined && this.#undated > 0 ? [undated] : []),
    ];
  }
}
