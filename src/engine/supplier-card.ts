import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { SelectedLot } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { assessWithOrders } from "./assessments.ts";
import { ceilingOf } from "./ceilings.ts";
import { supplierFacts } from "./facts.ts";
import { successionEvents } from "./history.ts";
import type { Composite } from "./report.ts";
import { amountText, type Card, eventRows, factRows, plainRow, textRow, textsRow, wholeOf } from "./show-rows.ts";
import { SupplierFold } from "./supplier-ceilings.ts";
import { figureIn, unitsOf } from "./suppliers.ts";
import { compositeOf, textCell } from "./value-cells.ts";
import { lotRef, nameOf } from "./views.ts";

export const supplierCard = async (
  register: Register,
  supplier: Supplier,
  sources: boolean,
  day: PartialDate,
): Promise<Card> => {
  const { preference } = register;
  const held: Composite[] = [];
  const fold = new SupplierFold(preference);
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      const whole = wholeOf(contract, preference, day);
      const lots = whole.lots.filter(({ suppliers }) => suppliers.some(({ id }) => id === supplier.id));
      if (lots.length === 0) continue;
      const holding = { ...whole, lots: lots.map((lot) => ({ ...lot, matching: [supplier] })) };
      fold.add(await assessWithOrders(register, holding, day));
      for (const lot of holding.lots) held.push(heldPart(holding.contract, lot, preference));
    }
  }
  const figures = fold.suppliers.get(supplier);
  const aliases = [...new Set([...supplier.name.map(({ value }) => value), ...supplier.aliases])];
  const rows = [
    ...plainRow("supplier", { type: "id", value: supplier.id }),
    ...textRow("kind", supplier.kind),
    ...textRow("legalId", supplier.legalId),
    ...factRows(supplierFacts(supplier, preference), preference, sources),
    ...eventRows(successionEvents(supplier, day)),
    ...textsRow(
      "aliases",
      sources ? supplier.aliases : aliases.filter((alias) => alias !== nameOf(supplier, preference)),
    ),
    ...(held.length === 0 ? [] : plainRow("lots", { type: "composites", value: held })),
    ...(figures === undefined
      ? []
      : unitsOf(figures).flatMap((unit) => [
          ...plainRow("sole", {
            type: "money",
            value: figureIn(figures.sole, unit, figures),
          }),
          ...plainRow("shared", {
            type: "money",
            value: figureIn(figures.shared, unit, figures),
          }),
        ])),
    ...textRow("note", supplier.note),
  ];
  return { rows, notes: figures?.sources.notes(preference) ?? [] };
};

/** A lot that the supplier holds, with what it may be worth to it. */
const heldPart = (contract: Contract, selected: SelectedLot, preference: Preference): Composite => {
  const ceiling = ceilingOf(selected, preference);
  const others = selected.suppliers.length - 1;
  const manner = !ceiling.shared ? "" : ` shared with ${others} other${others === 1 ? "" : "s"}`;
  const title = selected.lot.title === undefined ? "" : ` ${selected.lot.title}`;
  return compositeOf(`${lotRef(contract, selected.lot)}${title}: ${amountText(ceiling.each)}${manner}`, {
    contract: { type: "id", value: contract.id },
    lot: { type: "id", value: selected.lot.id },
    title: textCell(selected.lot.title),
    ceiling: { type: "money", value: ceiling.each },
    shared: { type: "flag", value: ceiling.shared },
    holders: { type: "count", value: selected.suppliers.length },
  });
};
