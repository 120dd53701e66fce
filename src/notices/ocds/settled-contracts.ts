import type { SettledContract } from "../../records/history.ts";
import type { Modification } from "../../records/modification.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import type { Award, LotPlan } from "./awards.ts";
import type { PartyBook } from "./party-book.ts";
import { dateIn } from "./periods.ts";
import { isStanding, mapsIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";
import { amountIn } from "./values.ts";

/** What the contracts of a process are read beside. */
interface Context {
  readonly process: Process;
  readonly plan: LotPlan;
  readonly parties: PartyBook;
  readonly awards: ReadonlyMap<string, Award>;
}

/** The contracts that were signed. Their values are parts of their awards', or those again: they are never added (O4). */
export const settledContractsOf = (
  process: Process,
  plan: LotPlan,
  parties: PartyBook,
  all: readonly Award[],
): readonly SettledContract[] => {
  const awards = new Map(all.map((award) => [award.id ?? "", award]));
  const context = { process, plan, parties, awards };
  const ids = new Set<string>();
  return mapsIn(process.plain, "contracts").flatMap((contract, index) => {
    const id = textIn(contract, "id");
    if (id !== undefined && ids.has(id)) return [];
    if (id !== undefined) ids.add(id);
    return settledContract(contract, index, context);
  });
};

const settledContract = (contract: PlainMap, index: number, context: Context): readonly SettledContract[] => {
  const { process, plan, parties, awards } = context;
  const pointer = `/contracts/${index}`;
  const id = textIn(contract, "id") ?? pointer;
  if (!isStanding(contract)) process.assumptions.make("cancelledContract", id);
  const award = awards.get(textIn(contract, "awardID") ?? id);
  if (award?.standing !== "counts" || !isStanding(contract)) return [];
  const value = amountIn(contract, "value", pointer, process)?.value;
  return [
    {
      id,
      reference: undefined,
      title: textIn(contract, "title"),
      lots: plan.lotsOf(award),
      suppliers: signatoriesOf(contract, pointer, award, parties),
      awardDate: dateIn(award.plain, "date", award.pointer, process),
      signedDate: dateIn(contract, "dateSigned", pointer, process),
      value,
    },
  ];
};

/** Those that the contract names itself (contract suppliers extension), else its award's. */
const signatoriesOf = (contract: PlainMap, pointer: string, award: Award, parties: PartyBook): readonly Supplier[] => {
  const named = mapsIn(contract, "suppliers").map((supplier, index) =>
    parties.supplier(supplier, `${pointer}/suppliers/${index}`),
  );
  return named.length === 0 ? award.suppliers : named.filter((supplier) => supplier !== undefined);
};

/** Amendments of awards and contracts. By how much a value changed they do not say; the values already are the new ones. */
export const modificationsOf = (process: Process): readonly Modification[] =>
  ["awards", "contracts"].flatMap((list) =>
    mapsIn(process.plain, list).flatMap((object, index) =>
      mapsIn(object, "amendments").flatMap((amendment, number) =>
        modificationOf(amendment, `/${list}/${index}/amendments/${number}`, process),
      ),
    ),
  );

const modificationOf = (amendment: PlainMap, pointer: string, process: Process): readonly Modification[] => {
  const date = dateIn(amendment, "date", pointer, process);
  if (date === undefined) {
    if (Object.keys(amendment).length > 0) process.assumptions.make("undatedAmendment", pointer);
    return [];
  }
  return [
    {
      id: textIn(amendment, "id") ?? pointer,
      date,
      lot: undefined,
      amount: undefined,
      ground: undefined,
      title: textIn(amendment, "description") ?? textIn(amendment, "rationale"),
      by: process.by(amendment, pointer),
      note: undefined,
    },
  ];
};
