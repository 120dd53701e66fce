import type { Preference } from "../model/claim.ts";
import type { Contract, Lot, Supplier } from "../model/contract.ts";
import { termDates } from "../model/contract-term.ts";
import { UsageError } from "../model/errors.ts";
import { fold } from "../model/fold.ts";
import { type Amount, formatMoney, isKnown } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { formatStates, type Phase, standingAt } from "../model/phases.ts";
import type { Register } from "../model/register.ts";
import { dayOf, type SelectedContract, type SelectedLot, suppliersOf } from "../query/selection.ts";
import { searchedTexts } from "../query/subject.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { assess, ceilingOf } from "./ceilings.ts";
import { type ClaimView, contractFacts, type FactView, lotFacts, supplierFacts, type Verdict } from "./facts.ts";
import { type Cell, type Column, column, type Report, reportLater } from "./report.ts";
import { bySupplier } from "./supplier-ceilings.ts";
import { currenciesOf, figureIn } from "./suppliers.ts";
import { lotRef, nameOf } from "./views.ts";

/** One line of a card: a fact and its value, and with sources one line for each claim. */
export interface ShowRow {
  readonly fact: string;
  readonly value: Cell | undefined;
  readonly source: string | undefined;
  readonly locator: string | undefined;
  /** How the claim stands to those of other sources. */
  readonly verdict: Verdict | undefined;
}

export interface ShowOptions {
  /** One row for each claim, with who makes it and how it agrees with the others. */
  readonly sources?: boolean;
  /** The day for which a contract's state is told; the present day of UTC where it is left out. */
  readonly at?: PartialDate;
}

export const showColumns = ({ sources }: ShowOptions): readonly Column<ShowRow>[] => [
  column.text<ShowRow>(
    "fact",
    "Fact",
    "What is said: a fact's name in the register, or a figure that follows from it.",
    (row) => row.fact,
  ),
  column.any<ShowRow>("value", "Value", "The value, of the kind that the fact has.", (row) => row.value),
  ...(sources === true
    ? [
        column.id<ShowRow>(
          "source",
          "Source",
          "The source's id: who says so; of a lot, who states its ceiling.",
          (row) => row.source,
        ),
        column.text<ShowRow>("locator", "Where", "Where the source says so.", (row) => row.locator),
        column.text<ShowRow>(
          "verdict",
          "Beside the others",
          "How sources stand to each other: agrees, rounded, cut, contradicts or names differ.",
          (row) => row.verdict,
        ),
      ]
    : []),
];

interface PlacedLot {
  readonly contract: Contract;
  readonly lot: Lot;
  /** The lot's place in its contract. */
  readonly index: number;
}

type Thing =
  | { readonly kind: "contract"; readonly contract: Contract }
  | ({ readonly kind: "lot" } & PlacedLot)
  | { readonly kind: "supplier"; readonly supplier: Supplier };

/**
 * A card about one contract, lot (`cloud-i/2`, or `2` where only one contract has it) or supplier (id, name or alias).
 * Throws UsageError where the words name nothing, or several things.
 */
export const show = (register: Register, wanted: string, options: ShowOptions = {}): Report<ShowRow> => ({
  ...reportLater(showColumns(options), async () => {
    const thing = await find(register, wanted);
    const { rows, notes } = await cardOf(register, thing, options);
    return { rows, closing: { summaries: [], notes } };
  }),
  card: options.sources !== true,
});

const find = async (register: Register, wanted: string): Promise<Thing> => {
  const lots: PlacedLot[] = [];
  const names: string[] = [];
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      if (contract.id === wanted) return { kind: "contract", contract };
      names.push(contract.id);
      contract.lots.forEach((lot, index) => {
        if (lotRef(contract, lot) === wanted || lot.id === wanted) lots.push({ contract, lot, index });
      });
    }
  }
  const exact = lots.find(({ contract, lot }) => lotRef(contract, lot) === wanted);
  const [only, ...others] = exact === undefined ? lots : [exact];
  if (only !== undefined && others.length === 0) return { kind: "lot", ...only };
  if (only !== undefined)
    throw ambiguous(
      wanted,
      "lot",
      [only, ...others].map(({ contract }) => `${contract.id}/${wanted}`),
    );
  return { kind: "supplier", supplier: findSupplier(register, wanted, names) };
};

const ambiguous = (wanted: string, what: string, candidates: readonly string[]): UsageError =>
  new UsageError(
    `"${wanted}" may be more than one ${what}`,
    `say which: ${candidates.slice(0, 5).join(", ")}${candidates.length > 5 ? " …" : ""}`,
  );

const findSupplier = (register: Register, wanted: string, names: readonly string[]): Supplier => {
  const byId = register.suppliers.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const folded = fold(wanted);
  const called = register.suppliers.filter((supplier) =>
    [...supplier.name.map(({ value }) => value), ...supplier.aliases].some((name) => fold(name) === folded),
  );
  const found =
    called.length > 0
      ? called
      : register.suppliers.filter((supplier) => searchedTexts(supplier).some((name) => fold(name).includes(folded)));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw ambiguous(
      wanted,
      "supplier",
      found.map(({ id }) => id),
    );
  const known = [...names, ...register.suppliers.flatMap(({ id, name }) => [id, ...name.map(({ value }) => value)])];
  const near = nearest(wanted, known);
  throw new UsageError(
    `there is no contract, lot or supplier "${wanted}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `for example: ${known.slice(0, 4).join(", ")}`,
  );
};

const plainRow = (fact: string, value: Cell | undefined): ShowRow[] =>
  value === undefined
    ? []
    : [
        {
          fact,
          value,
          source: undefined,
          locator: undefined,
          verdict: undefined,
        },
      ];

const textRow = (fact: string, value: string | undefined): ShowRow[] =>
  plainRow(fact, value === undefined ? undefined : { type: "text", value });

const textsRow = (fact: string, value: readonly string[]): ShowRow[] =>
  plainRow(fact, value.length === 0 ? undefined : { type: "texts", value });

const claimRow = ({ name }: FactView, { cell, by }: ClaimView, verdict: Verdict | undefined): ShowRow => ({
  fact: name,
  value: cell,
  source: by.source,
  locator: by.locator,
  verdict,
});

/** The claim that answers; with sources all claims, the one that answers first. */
const factRows = (facts: readonly FactView[], preference: Preference, sources: boolean): ShowRow[] =>
  facts.flatMap((fact): ShowRow[] => {
    if (!sources) return [claimRow(fact, fact.chosen, undefined)];
    return [...fact.claims]
      .sort((a, b) => preference.rank(a.by.source) - preference.rank(b.by.source))
      .map((claim) => claimRow(fact, claim, claim.verdict()));
  });

interface Card {
  readonly rows: readonly ShowRow[];
  readonly notes: readonly string[];
}

const cardOf = async (register: Register, thing: Thing, options: ShowOptions): Promise<Card> => {
  const { preference } = register;
  const { sources = false } = options;
  switch (thing.kind) {
    case "contract":
      return {
        rows: contractRows(thing.contract, preference, sources, dayOf(options)),
        notes: sources ? [] : notesOnTotal(thing.contract, preference),
      };
    case "lot":
      return { rows: lotRows(thing, preference, sources), notes: [] };
    case "supplier":
      return await supplierCard(register, thing.supplier, sources);
  }
};

const notesOnTotal = (contract: Contract, preference: Preference): readonly string[] => {
  const counted = new CeilingSources();
  counted.addContract(assess(wholeOf(contract, preference), preference));
  return counted.notes(preference);
};

const wholeOf = (contract: Contract, preference: Preference): SelectedContract => ({
  contract,
  lots: contract.lots.map((lot) => {
    const suppliers = suppliersOf(lot, preference);
    return { lot, suppliers, matching: suppliers };
  }),
});

const amountText = (amount: Amount): string =>
  isKnown(amount) ? formatMoney(amount) : amount === "withheld" ? "ceiling withheld" : "no ceiling stated";

/** Where a contract stands in its term on a day. */
const standingRows = (phases: readonly Phase[], day: PartialDate): ShowRow[] => {
  const standing = standingAt(phases, day);
  const left = standing.renewalsLeft;
  return [
    ...textRow("state", formatStates(standing)),
    ...plainRow("renewals left", left === undefined ? undefined : { type: "count", value: left }),
  ];
};

const contractRows = (contract: Contract, preference: Preference, sources: boolean, day: PartialDate): ShowRow[] => {
  const whole = wholeOf(contract, preference);
  const dates = termDates(contract, preference);
  const reckoned = dates.from === "awardDate" ? " (reckoned from the award)" : "";
  return [
    ...plainRow("contract", { type: "id", value: contract.id }),
    ...textRow("title", contract.title),
    ...textRow("description", contract.description),
    ...textRow("kind", contract.framework ? "framework agreement" : "contract"),
    ...factRows(contractFacts(contract, preference), preference, sources),
    ...(sources ? [] : plainRow(`firm end${reckoned}`, dates.firmEnd && { type: "date", value: dates.firmEnd })),
    ...(sources ? [] : plainRow(`latest end${reckoned}`, dates.latestEnd && { type: "date", value: dates.latestEnd })),
    ...(sources ? [] : standingRows(dates.phases, day)),
    ...(sources
      ? []
      : assess(whole, preference).usable.flatMap((money) =>
          plainRow("total of its lots", { type: "money", value: money }),
        )),
    ...whole.lots.flatMap((selected, index) =>
      sources
        ? factRows(lotFacts(selected.lot, index, preference), preference, true).map((row) => ({
            ...row,
            fact: `lot ${selected.lot.id} ${row.fact}`,
          }))
        : textRow(`lot ${selected.lot.id}`, lotLine(selected, preference)),
    ),
    ...textRow("note", contract.note),
  ];
};

const lotLine = (selected: SelectedLot, preference: Preference): string => {
  const names = selected.suppliers.map((supplier) => nameOf(supplier, preference)).join(", ");
  const parts = [selected.lot.title, amountText(ceilingOf(selected, preference).amount), names];
  return parts.filter((part) => part !== undefined && part !== "").join("; ");
};

const lotRows = ({ contract, lot, index }: PlacedLot, preference: Preference, sources: boolean): ShowRow[] => [
  ...plainRow("lot", { type: "id", value: lotRef(contract, lot) }),
  ...textRow("title", lot.title),
  ...textRow("contract", contract.title ?? contract.id),
  ...textRow("status", lot.status),
  ...factRows(lotFacts(lot, index, preference), preference, sources),
  ...textRow("note", lot.note),
];

const supplierCard = async (register: Register, supplier: Supplier, sources: boolean): Promise<Card> => {
  const { preference } = register;
  const held: string[] = [];
  async function* contractsOfSupplier() {
    for await (const batch of register.contracts()) {
      const selected = batch.map((contract) => {
        const lots = wholeOf(contract, preference).lots.filter(({ suppliers }) => suppliers.includes(supplier));
        return {
          contract,
          lots: lots.map((lot) => ({ ...lot, matching: [supplier] })),
        };
      });
      const holding = selected.filter(({ lots }) => lots.length > 0);
      for (const { contract, lots } of holding) {
        for (const lot of lots) held.push(heldLine(contract, lot, preference));
      }
      yield holding;
    }
  }
  const folded = await bySupplier(contractsOfSupplier(), preference, false);
  const figures = folded.suppliers.get(supplier);
  const aliases = [...new Set([...supplier.name.map(({ value }) => value), ...supplier.aliases])];
  const rows = [
    ...plainRow("supplier", { type: "id", value: supplier.id }),
    ...textRow("kind", supplier.kind),
    ...factRows(supplierFacts(supplier, preference), preference, sources),
    ...textsRow(
      "aliases",
      sources ? supplier.aliases : aliases.filter((alias) => alias !== nameOf(supplier, preference)),
    ),
    ...textsRow("lots", held),
    ...(figures === undefined
      ? []
      : currenciesOf(figures).flatMap((currency) => [
          ...plainRow("sole", {
            type: "money",
            value: figureIn(figures.sole, currency),
          }),
          ...plainRow("shared", {
            type: "money",
            value: figureIn(figures.shared, currency),
          }),
        ])),
    ...textRow("note", supplier.note),
  ];
  return { rows, notes: figures?.sources.notes(preference) ?? [] };
};

const heldLine = (contract: Contract, selected: SelectedLot, preference: Preference): string => {
  const ceiling = ceilingOf(selected, preference);
  const others = selected.suppliers.length - 1;
  const manner = !ceiling.shared ? "" : ` shared with ${others} other${others === 1 ? "" : "s"}`;
  const title = selected.lot.title === undefined ? "" : ` ${selected.lot.title}`;
  return `${lotRef(contract, selected.lot)}${title}: ${amountText(ceiling.each)}${manner}`;
};
