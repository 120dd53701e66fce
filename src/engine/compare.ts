import type { Preference } from "../model/claim.ts";
import { addAll } from "../model/lists.ts";
import { plural } from "../model/phrases.ts";
import { MEANING } from "../query/fields.ts";
import { isEverything } from "../query/query.ts";
import { queryOf, type SelectedContract, type Selection, select } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { contractFacts, type FactView, lotFacts, overallVerdict, supplierFacts, type Verdict } from "./facts.ts";
import { type Cell, type Column, column, hidden, type Report, reportOf } from "./report.ts";
import { lotRef } from "./views.ts";

export interface CompareRow {
  /** `cloud-i`, `cloud-i/2` or `supplier atos`. */
  readonly record: string;
  readonly fact: string;
  readonly source: string | undefined;
  readonly locator: string | undefined;
  readonly value: Cell;
  readonly otherSource: string | undefined;
  readonly otherLocator: string | undefined;
  readonly otherValue: Cell;
  /** How much more the other source says; undefined where the fact is not a figure, or currencies or units differ. */
  readonly difference: Cell | undefined;
  readonly verdict: Verdict;
}

export interface CompareOptions {
  /** Whether to show the facts on which sources agree, too. */
  readonly all?: boolean;
}

export const COMPARE_COLUMNS: readonly Column<CompareRow>[] = [
  column.text("record", MEANING.record, "Of"),
  column.text("fact", MEANING.fact),
  column.id("source", MEANING.source),
  hidden(column.text("locator", MEANING.locator, "Where")),
  column.any("value", MEANING.value, "Says"),
  column.id("otherSource", "Who says something of it, too."),
  hidden(column.text("otherLocator", "Where the other source says it.", "Other place")),
  column.any("otherValue", "What the other source says.", "Says"),
  column.any("difference", "How much more the other source says: an amount or a number; empty for what is no figure."),
  column.text("verdict", MEANING.verdict),
];

type Pair = readonly [one: number, other: number];

/**
 * Pairs the claim that answers with each claim of another source. Two of the others are a pair, too, if they contradict
 * each other and neither contradicts the one that answers, because nothing else would show that.
 */
const pairsOf = ({ claims, chosen, compare }: FactView): readonly Pair[] => {
  const sourceOf = (index: number) => claims[index]?.by.source;
  const places = [...claims.keys()];
  const first = Math.max(
    0,
    places.findIndex((index) => sourceOf(index) === chosen.by.source),
  );
  const others = places.filter((index) => sourceOf(index) !== sourceOf(first));
  const close = others.filter((index) => compare(first, index) !== "contradicts");
  const apart = close.flatMap((one, place) =>
    close
      .slice(place + 1)
      .filter((other) => sourceOf(one) !== sourceOf(other) && compare(one, other) === "contradicts")
      .map((other): Pair => [one, other]),
  );
  return [...others.map((other): Pair => [first, other]), ...apart];
};

class Comparison {
  readonly #all: boolean;
  #agreeing = 0;
  #differing = 0;
  #looked = false;

  constructor({ all = false }: CompareOptions) {
    this.#all = all;
  }

  rowsOf(record: string, facts: readonly FactView[]): readonly CompareRow[] {
    return facts.flatMap((fact) => {
      this.#looked = true;
      const verdict = overallVerdict(fact);
      if (verdict === undefined) return [];
      if (verdict === "agrees") this.#agreeing++;
      else this.#differing++;
      return this.#rowsOfFact(record, fact);
    });
  }

  #rowsOfFact(record: string, fact: FactView): readonly CompareRow[] {
    return pairsOf(fact).flatMap(([i, j]) => {
      const [one, other, verdict] = [fact.claims[i], fact.claims[j], fact.compare(i, j)];
      if (one === undefined || other === undefined || (verdict === "agrees" && !this.#all)) return [];
      return [
        {
          record,
          fact: fact.name,
          source: one.by.source,
          locator: one.by.locator,
          value: one.cell,
          otherSource: other.by.source,
          otherLocator: other.by.locator,
          otherValue: other.cell,
          difference: fact.difference(i, j),
          verdict,
        },
      ];
    });
  }

  notes(): readonly string[] {
    if (!this.#looked) return [];
    const [agree, differ] = [this.#agreeing, this.#differing];
    if (agree + differ === 0) return ["No fact is stated by more than one source."];
    const stated = agree + differ === 1 ? "is stated" : "are stated";
    return [`${plural(agree + differ, "fact")} ${stated} by several sources: ${agree} agree, ${differ} differ.`];
  }
}

/**
 * The facts of a contract and of its selected lots as they are written, whatever has become of them since, because what
 * sources say is compared.
 */
function* factsOf(
  { written, lots }: SelectedContract,
  preference: Preference,
): Generator<readonly [record: string, facts: readonly FactView[]]> {
  yield [written.id, contractFacts(written, preference)];
  const selected = new Set(lots.map(({ lot }) => lot.id));
  for (const [index, lot] of written.lots.entries())
    if (selected.has(lot.id)) yield [lotRef(written, lot), lotFacts(lot, index, preference)];
}

/**
 * Each fact on which sources differ: what the preferred source says beside what each other one says, contract by
 * contract and then supplier by supplier. A query keeps only the selected lots, their contracts and their suppliers.
 */
export const compare = (
  register: Register,
  selection: Selection = {},
  options: CompareOptions = {},
): Report<CompareRow> => {
  const { preference } = register;
  const comparison = new Comparison(options);
  const everyone = isEverything(queryOf(selection));
  const batches = async function* () {
    const holders = new Set<Supplier>();
    for await (const batch of select(register, selection, "seat")) {
      const rows: CompareRow[] = [];
      for (const selected of batch) {
        for (const { matching } of selected.lots) for (const supplier of matching) holders.add(supplier);
        for (const [record, facts] of factsOf(selected, preference)) addAll(rows, comparison.rowsOf(record, facts));
      }
      yield rows;
    }
    const compared = register.suppliers.filter((supplier) => everyone || holders.has(supplier));
    yield compared.flatMap((supplier) =>
      comparison.rowsOf(`supplier ${supplier.id}`, supplierFacts(supplier, preference)),
    );
  };
  return reportOf(COMPARE_COLUMNS, batches(), () => ({ summaries: [], notes: comparison.notes() }));
};
