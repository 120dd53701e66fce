import type { PartialDate } from "../model/partial-date.ts";
import { MEANING } from "../query/fields.ts";
import type { Publication } from "../records/history.ts";
import type { Register } from "../records/register.ts";
import { contractFacts, type FactView, lotFacts, supplierFacts } from "./facts.ts";
import { type Column, column, hidden, NOTHING_TO_ADD, type Report, reportLater } from "./report.ts";

/** One source, and how its facts compare with those of the others. */
export interface SourceRow {
  readonly source: string;
  readonly title: string | undefined;
  readonly publisher: string | undefined;
  readonly date: PartialDate | undefined;
  readonly facts: number;
  readonly alone: number;
  readonly agrees: number;
  readonly rounded: number;
  readonly renamed: number;
  readonly contradicts: number;
}

export const SOURCE_COLUMNS: readonly Column<SourceRow>[] = [
  column.id("source", MEANING.source),
  column.text("title", MEANING.title),
  hidden(column.text("publisher", "Who published it.")),
  column.date("date", MEANING.published),
  column.count("facts", "How many claims it makes."),
  column.count("alone", "Claims on which no other source speaks."),
  column.count("agrees", "Claims that every other source confirms."),
  column.count("rounded", "Claims that differ from another only by rounding or cutting.", "Rounds"),
  column.count("renamed", "Names that another source writes differently.", "Renames"),
  column.count("contradicts", "Claims that another source contradicts."),
];

type Counts = {
  -readonly [K in "facts" | "alone" | "agrees" | "rounded" | "renamed" | "contradicts"]: number;
};

const noCounts = (): Counts => ({ facts: 0, alone: 0, agrees: 0, rounded: 0, renamed: 0, contradicts: 0 });

const count = (fact: FactView, counts: ReadonlyMap<string | undefined, Counts>): void => {
  for (const claim of fact.claims) {
    const own = counts.get(claim.by.source);
    if (own === undefined) continue;
    own.facts++;
    const verdict = claim.verdict();
    if (verdict === undefined) own.alone++;
    else if (verdict === "cut" || verdict === "rounded") own.rounded++;
    else if (verdict === "names differ") own.renamed++;
    else own[verdict]++;
  }
};

/** What is known of a source besides its facts. */
type Description = Pick<SourceRow, "title" | "publisher" | "date">;

const descriptionsOf = (register: Register): Map<string, Description> =>
  new Map(register.sources.map(({ id, title, publisher, date }) => [id, { title, publisher, date }]));

/** A notice is the source of what it says: its kind and file describe it. */
const describe = ({ kind, file, date }: Publication): Description => ({
  title: [kind, file].filter((part) => part !== undefined).join(", "),
  publisher: undefined,
  date,
});

/**
 * The sources of a register by preference, then its notices, with how many facts each states and how they agree (N3).
 */
export const sources = (register: Register): Report<SourceRow> =>
  reportLater(SOURCE_COLUMNS, async () => {
    const { preference } = register;
    const counts = new Map(preference.sources.map((id): [string, Counts] => [id, noCounts()]));
    const described = descriptionsOf(register);
    for (const supplier of register.suppliers)
      for (const fact of supplierFacts(supplier, preference)) count(fact, counts);
    for await (const batch of register.contracts()) {
      for (const contract of batch) {
        for (const publication of register.hasNotices ? contract.publications : []) {
          if (counts.has(publication.id)) continue;
          counts.set(publication.id, noCounts());
          described.set(publication.id, describe(publication));
        }
        for (const fact of contractFacts(contract, preference)) count(fact, counts);
        contract.lots.forEach((lot, index) => {
          for (const fact of lotFacts(lot, index, preference)) count(fact, counts);
        });
      }
    }
    const rows = [...counts].map(
      ([source, own]): SourceRow => ({
        source,
        title: undefined,
        publisher: undefined,
        date: undefined,
        ...described.get(source),
        ...own,
      }),
    );
    return { rows, closing: NOTHING_TO_ADD };
  });
