import { contractFacts, type FactView, lotFacts } from "../engine/facts.ts";
import { type Column, column, type Report, reportOf } from "../engine/report.ts";
import type { StoredTable } from "../model/stored-table.ts";
import { MEANING } from "../query/fields.ts";
import { factsOf } from "../records/codec.ts";
import type { Contract } from "../records/contract.ts";
import type { Publication } from "../records/history.ts";
import type { Modification } from "../records/modification.ts";
import type { Register } from "../records/register.ts";
import type { Member, Supplier } from "../records/supplier.ts";
import { oneBatch, storedTable } from "./stored-table.ts";

/**
 * The parts of contracts that no answer shows as rows: which lots lie below which ceiling, what changed a ceiling, and
 * who says so.
 */
export const partTables = (register: Register): readonly StoredTable[] => [
  storedTable(
    "ceiling_lot",
    "A lot below a ceiling of its contract or of a group: by these, ceilings make a tree, in which groups may cross.",
    reportOf(CEILING_LOT_COLUMNS, partsOf(register, ceilingLotsOf)),
  ),
  storedTable(
    "modification",
    "A change of a ceiling or of a value, which what it changes has in it from its date on: never add it to that.",
    reportOf(
      MODIFICATION_COLUMNS,
      partsOf(
        register,
        ofContract(({ modifications }) => modifications),
      ),
    ),
  ),
  storedTable(
    "publication",
    "A notice in the history of a contract.",
    reportOf(
      PUBLICATION_COLUMNS,
      partsOf(
        register,
        ofContract(({ publications }) => publications),
      ),
    ),
  ),
  storedTable(
    "claim",
    "What a source says of a fact of a contract or lot of which several speak: nothing here may be added up.",
    claims(register),
  ),
];

async function* partsOf<Part>(
  { contracts }: Register,
  parts: (contract: Contract) => readonly Part[],
): AsyncGenerator<readonly Part[]> {
  for await (const batch of contracts()) yield batch.flatMap(parts);
}

interface OfContract<Part> {
  readonly contract: string;
  readonly part: Part;
}

const ofContract =
  <Part>(parts: (contract: Contract) => readonly Part[]) =>
  (contract: Contract): readonly OfContract<Part>[] =>
    parts(contract).map((part) => ({ contract: contract.id, part }));

const contractColumn = <Row extends { readonly contract: string }>(): Column<Row> =>
  column.id("contract", MEANING.contract, ({ contract }) => contract);

interface CeilingLot {
  readonly contract: string;
  readonly ceilingOf: string;
  readonly lot: string;
}

/** The name of a group's ceiling in the rows of `ceiling`. */
export const groupCeilingName = (contract: string, group: string): string => `${contract} group ${group}`;

/** The lots below each ceiling, which is named as in the rows of `ceiling`. */
const ceilingLotsOf = ({ id, ceiling, quantity, lots, groups }: Contract): readonly CeilingLot[] => [
  ...((ceiling ?? quantity) === undefined ? [] : lots.map((lot) => ({ contract: id, ceilingOf: id, lot: lot.id }))),
  ...groups.flatMap((group) =>
    group.lots.map((lot) => ({ contract: id, ceilingOf: groupCeilingName(id, group.id), lot })),
  ),
];

const CEILING_LOT_COLUMNS: readonly Column<CeilingLot>[] = [
  contractColumn(),
  column.id("ceilingOf", "What the ceiling belongs to, as ceilings have it."),
  column.id("lot", "The id of a lot below it.", ({ lot }) => lot),
];

const MODIFICATION_COLUMNS: readonly Column<OfContract<Modification>>[] = [
  contractColumn(),
  column.id("modification", "Its id within the contract.", ({ part }) => part.id),
  column.date("date", "From when it counts.", ({ part }) => part.date),
  column.id("lot", "The lot whose ceiling it changes; the contract's own where there is none.", (row) => row.part.lot),
  column.money("amount", "By how much the ceiling grows; negative where it shrinks.", (row) => row.part.amount),
  column.money("value", "By how much the value of the contracts grows.", ({ part }) => part.value),
  column.money("total", "What the contracts are worth after it, as stated.", ({ part }) => part.total),
  column.text("ground", "Why it was allowed.", ({ part }) => part.ground),
  column.text("title", "What it changes.", ({ part }) => part.title),
  column.id("source", "Who says so.", ({ part }) => part.by.source),
];

const PUBLICATION_COLUMNS: readonly Column<OfContract<Publication>>[] = [
  contractColumn(),
  column.id("source", "The number of the notice.", ({ part }) => part.id),
  column.date("date", MEANING.published, ({ part }) => part.date),
  column.text("kind", "What kind of notice it is.", ({ part }) => part.kind),
  column.text("did", "What it did to the contract.", ({ part }) => part.did),
  column.text("file", "Where it was read.", ({ part }) => part.file),
];

interface ClaimRow {
  readonly contract: string;
  readonly lot: string | undefined;
  readonly fact: FactView;
  readonly claim: FactView["claims"][number];
}

const claims = (register: Register): Report<ClaimRow> => {
  const { preference } = register;
  const said = (contract: string, lot: string | undefined, facts: readonly FactView[]): readonly ClaimRow[] =>
    // If only one source speaks of a fact, the other tables have it.
    facts.flatMap((fact) =>
      fact.claims.length === 1
        ? []
        : fact.claims.flatMap((claim) => (claim.by.source === undefined ? [] : [{ contract, lot, fact, claim }])),
    );
  const claimsOf = (contract: Contract): readonly ClaimRow[] => [
    ...(saysMore(contract) ? said(contract.id, undefined, contractFacts(contract, preference)) : []),
    ...contract.lots.flatMap((lot, index) =>
      saysMore(lot) ? said(contract.id, lot.id, lotFacts(lot, index, preference)) : [],
    ),
  ];
  return reportOf(CLAIM_COLUMNS, partsOf(register, claimsOf));
};

/** Whether any fact has several claims. In most contracts and lots none has. */
const saysMore = (record: object): boolean => factsOf(record).some((fact) => fact.length > 1);

const CLAIM_COLUMNS: readonly Column<ClaimRow>[] = [
  contractColumn(),
  column.id("lot", "The lot's id; of a fact of the contract there is none.", ({ lot }) => lot),
  column.text("fact", "What is said, as registers name it.", ({ fact }) => fact.name),
  column.id("source", "Who says so.", ({ claim }) => claim.by.source),
  column.text("locator", MEANING.locator, ({ claim }) => claim.by.locator, "Where"),
  column.any("value", "What it says, for people.", ({ claim }) => claim.cell, "Says"),
  column.text("chosen", "yes where this is believed.", (row) =>
    row.fact.chosen.by === row.claim.by ? "yes" : undefined,
  ),
];

interface MemberRow {
  readonly supplier: string;
  readonly member: Member;
}

/** The companies of groupings. */
export const memberTable = (suppliers: readonly Supplier[], { preference }: Register): StoredTable => {
  const rows = suppliers.flatMap(({ id, members }) =>
    (preference.value(members) ?? []).map((member): MemberRow => ({ supplier: id, member })),
  );
  return storedTable(
    "member",
    "A company of a grouping. It holds no seat of its own.",
    reportOf(MEMBER_COLUMNS, oneBatch(rows)),
  );
};

const MEMBER_COLUMNS: readonly Column<MemberRow>[] = [
  column.id("supplier", "The grouping's id.", ({ supplier }) => supplier),
  column.text("name", "The company's name.", ({ member }) => member.name),
  column.text("country", "Where it comes from.", ({ member }) => member.country),
  column.text("legalId", "Its number in a register of companies.", ({ member }) => member.legalId),
  column.text("lead", "yes where it leads the grouping.", ({ member }) => (member.lead ? "yes" : undefined)),
];
