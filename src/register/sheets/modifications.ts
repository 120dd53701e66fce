import { formatMoney, type Money, subtractMoney } from "../../model/money.ts";
import type { ImportField } from "../../records/import-fields.ts";
import { Draft, type LotDraft, moneyIn, type Placed } from "./drafts.ts";
import type { CellReader, Said, Seen } from "./read-cells.ts";

export interface SaidModification {
  readonly id: Said | undefined;
  readonly lot: string | undefined;
  readonly stated: readonly (readonly [ImportField, Said])[];
  readonly seen: Seen;
}

interface ModificationDraft {
  readonly id: string;
  readonly lot: string | undefined;
  readonly own: Draft;
  readonly seen: Seen;
}

/** The modifications of one contract, each once however many rows repeat it. */
export class ModificationDrafts {
  readonly #contract: string;
  readonly #byKey = new Map<string, ModificationDraft>();

  constructor(contract: string) {
    this.#contract = contract;
  }

  /** Those without an id are told apart by all that they say, and numbered. */
  add({ id, lot, stated, seen }: SaidModification, reader: CellReader): void {
    const key = id?.text ?? ` ${lot ?? ""} ${stated.map(([field, { text }]) => `${field.name} ${text}`).join(" ")}`;
    const known = this.#byKey.get(key);
    const called = id?.text ?? `M${this.#byKey.size + 1}`;
    const draft = known ?? { id: called, lot, seen, own: new Draft(`modification ${this.#contract}/${called}`) };
    this.#byKey.set(key, draft);
    for (const [field, said] of stated) draft.own.add(field, said, reader);
  }

  /**
   * As they stand in a register, in the order of their days. What one comes to is told from what was there before it: a
   * ceiling, or of contracts without any what was awarded.
   */
  placed(lots: ReadonlyMap<string, LotDraft>, whole: Draft, reader: CellReader): readonly Placed[] {
    const before = new Map<Draft, Said>();
    return [...this.#byKey.values()].sort(byDay).flatMap(({ id, lot, own, seen }) => {
      const of = measuredBy(lot, lots, whole);
      const after = own.first("changedTo");
      const stated = of && (before.get(of.draft) ?? of.draft.first(of.field));
      const growth = after && growthTo(after, stated, reader);
      if (after !== undefined && of !== undefined) before.set(of.draft, after);
      const amount = own.first("change")?.text ?? growth;
      const isValue = of?.field === "awarded" && after !== undefined;
      if (isUndated(own, seen, reader)) return [];
      const plain = {
        modification: id,
        source: seen.by,
        ...(lot !== undefined && { lot }),
        ...own.plain().plain,
        ...(amount !== undefined && (isValue ? { value: amount, total: after.text } : { amount })),
      };
      return [{ plain, seen }];
    });
  }
}

const dayOf = ({ own }: ModificationDraft): string => own.first("modificationDate")?.text ?? "";
const byDay = (one: ModificationDraft, other: ModificationDraft): number =>
  dayOf(one) < dayOf(other) ? -1 : dayOf(one) > dayOf(other) ? 1 : 0;

const isUndated = (own: Draft, seen: Seen, reader: CellReader): boolean => {
  if (own.first("modificationDate") !== undefined) return false;
  reader.report(seen, "F5", "this modification has no date", "map a column: modificationDate: HEADING");
  return true;
};

interface Measured {
  readonly draft: Draft;
  readonly field: "ceiling" | "contractCeiling" | "awarded";
}

/** What a modification changes: the ceiling of its lot or of the whole, or else what was awarded. */
const measuredBy = (
  lot: string | undefined,
  lots: ReadonlyMap<string, LotDraft>,
  whole: Draft,
): Measured | undefined => {
  const only = lots.size === 1 ? [...lots.values()][0] : undefined;
  const own = (lot === undefined ? only : lots.get(lot))?.own;
  if (lot === undefined && whole.first("contractCeiling") !== undefined)
    return { draft: whole, field: "contractCeiling" };
  const field = (["ceiling", "awarded"] as const).find((name) => own?.first(name) !== undefined);
  return own === undefined || field === undefined ? undefined : { draft: own, field };
};

const growthTo = (after: Said, before: Said | undefined, reader: CellReader): string | undefined => {
  const [now, then] = [moneyIn(after), before && moneyIn(before)];
  const growth: Money | undefined = now && then && subtractMoney(now, then);
  if (growth !== undefined) return formatMoney(growth);
  const hint = "map the column of the ceiling, or one that says by how much: change: HEADING";
  return reader.report(after, "F5", `nothing says what ${after.text} was before this modification`, hint);
};
