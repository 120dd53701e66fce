import type { Preference } from "../../model/claim.ts";
import type { Finding } from "../../model/errors.ts";
import { addAll, addUnder } from "../../model/lists.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { firstAndMore, plural } from "../../model/phrases.ts";
import type { FormerSeats } from "../../query/selection.ts";
import type { Closing } from "../report.ts";
import { lotRef, nameOf, onDay } from "../views.ts";
import type { OrderDates } from "./contract-use.ts";
import type { SelectedUse } from "./contract-uses.ts";
import { methodOf, type PaceWindow } from "./pace.ts";

const MOST_NAMED = 3;

interface HeadroomTelling {
  readonly preference: Preference;
  /** Whether orders dated after the day may come on top. */
  readonly laterCounts?: boolean;
}

/** What became of seats that were asked for by their former holders (L1a). */
export const formerTexts = (former: FormerSeats | undefined, preference: Preference): readonly string[] => {
  if (former?.named !== true) return [];
  return former.seats.map((seat) => {
    const name = nameOf(seat.supplier, preference);
    if ("holder" in seat) return `The seat of ${name} is held by ${nameOf(seat.holder, preference)} now`;
    const { supplier, left } = seat.leaver;
    const who = supplier === seat.supplier ? name : `${nameOf(supplier, preference)}, which held the seat of ${name},`;
    return `${who} left ${onDay(formatPartialDate(left))}`;
  });
};

export class HeadroomNotes {
  readonly #day: PartialDate;
  readonly #window: PaceWindow | undefined;
  readonly #silent: string[] = [];
  /** Whether any contract states orders: without them there is no pace to explain. */
  #isAnyKnown = false;
  readonly #findings: Finding[] = [];
  readonly #unread: string[] = [];
  #rows = 0;
  readonly #dates: OrderDates = { later: 0, coarse: 0, undated: 0, paceless: 0 };
  readonly #laterCounts: boolean;
  readonly #preference: Preference;
  /** The lots of seats that were asked for by their former holders, by what became of the seats. */
  readonly #former = new Map<string, string[]>();

  constructor(day: PartialDate, window: PaceWindow | undefined, { preference, laterCounts = false }: HeadroomTelling) {
    this.#laterCounts = laterCounts;
    this.#preference = preference;
    this.#day = day;
    this.#window = window;
  }

  add({ selected, use }: SelectedUse): void {
    for (const kind of ["later", "coarse", "undated", "paceless"] as const) this.#dates[kind] += use.dates[kind];
    addAll(this.#findings, use.findings);
    for (const lot of selected.lots)
      for (const text of formerTexts(lot.former, this.#preference))
        addUnder(this.#former, text, lotRef(selected.contract, lot.lot));
    if (use.unread > 0) this.#unread.push(selected.contract.id);
    this.#rows += use.unread;
    if (use.known) this.#isAnyKnown = true;
    else this.#silent.push(selected.contract.id);
  }

  closing(): Closing {
    return {
      summaries: [],
      notes: [...this.#formerNotes(), ...this.#silence(), ...this.#unreadNotes(), ...this.#dateNotes()],
      findings: this.#findings,
    };
  }

  #silence(): readonly string[] {
    if (this.#silent.length === 0) return [];
    return [`No orders are stated under ${firstAndMore(this.#silent, MOST_NAMED)}, so what is left is unknown.`];
  }

  #formerNotes(): readonly string[] {
    return [...this.#former].map(([text, lots]) => `${text} (${firstAndMore(lots, MOST_NAMED)}).`);
  }

  /** Whether rows could not be read, so that sums of orders are lower bounds. */
  get isOpen(): boolean {
    return this.#rows > 0;
  }

  #unreadNotes(): readonly string[] {
    if (!this.isOpen) return [];
    const rows = `${plural(this.#rows, "row")} of the ledgers of ${firstAndMore(this.#unread, MOST_NAMED)}`;
    return [`${rows} could not be read: what is ordered is at least (≥) what the others say.`];
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
      ...(this.#window !== undefined && this.#isAnyKnown ? [methodOf(this.#window)] : []),
      ...(this.#window !== undefined && paceless > 0
        ? [`${plural(paceless, "order")} without a date may be in the pace: possible.`]
        : []),
    ];
  }
}
