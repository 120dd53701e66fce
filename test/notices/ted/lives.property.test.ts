import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilingChanges } from "../../../src/engine/ceiling-changes.ts";
import { formatMoney } from "../../../src/model/money.ts";
import { formatDate, type PartialDate } from "../../../src/model/partial-date.ts";
import { formatPercent } from "../../../src/model/ratio.ts";
import { contractAfterAll, contractAsOf } from "../../../src/records/as-of.ts";
import type { Contract } from "../../../src/records/contract.ts";
import { lotTermDates } from "../../../src/records/contract-term.ts";
import type { Register } from "../../../src/records/register.ts";
import { times } from "../../long.ts";
import { openText } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";

/* Notices as the Official Journal had them from 2016 to 2023. */

const numberOf = (index: number): string => `2020/S 001-${String(index).padStart(6, "0")}`;

const dayOf = (month: number, days = 0): string => new Date(Date.UTC(2020, month, 1 + days)).toISOString().slice(0, 10);

/** The notice of this number, published on the first of that month of 2020 and later. */
const notice = (index: number, name: string, content: string): string =>
  `<TED_EXPORT DOC_ID="${index}-2020"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>${dayOf(index).replaceAll("-", "")}</DATE_PUB></REF_OJS>` +
  `<NOTICE_DATA><NO_DOC_OJS>${numberOf(index)}</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION>` +
  `<FORM_SECTION><${name}_2014 CATEGORY="ORIGINAL">${content}</${name}_2014></FORM_SECTION></TED_EXPORT>`;

const element = (name: string, content: string | number | undefined, attributes = ""): string =>
  content === undefined ? "" : `<${name}${attributes}>${content}</${name}>`;

const euros = (name: string, value: number): string => element(name, value, ' CURRENCY="EUR"');

const months = (count: number | undefined): string => element("DURATION", count, ' TYPE="MONTH"');

const holder = (name: string): string =>
  `<CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>${name}</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>`;

const object = (lots: readonly (string | undefined)[], more: (lot: string | undefined) => string = () => ""): string =>
  `<OBJECT_CONTRACT>${lots.map((lot) => `<OBJECT_DESCR>${element("LOT_NO", lot)}${more(lot)}</OBJECT_DESCR>`).join("")}</OBJECT_CONTRACT>`;

const after = (index: number, more = ""): string =>
  `<PROCEDURE>${element("NOTICE_NUMBER_OJ", numberOf(index))}${more}</PROCEDURE>`;

interface Deal {
  /** The buyer's number for the contract. */
  readonly number: string | undefined;
  readonly lot: string | undefined;
  readonly supplier: string;
  readonly value: number;
}

const award = ({ number, lot, supplier, value }: Deal): string =>
  `<AWARD_CONTRACT>${element("CONTRACT_NO", number)}${element("LOT_NO", lot)}<AWARDED_CONTRACT>${element("DATE_CONCLUSION_CONTRACT", dayOf(2))}` +
  `${holder(supplier)}<VALUES>${euros("VAL_TOTAL", value)}</VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>`;

interface Change {
  readonly months: number | undefined;
  readonly supplier: string;
  readonly before: number;
  readonly after: number;
}

const modification = (index: number, of: number, deal: Deal, change: Change): string =>
  notice(
    index,
    "F20",
    object([deal.lot]) +
      after(of) +
      award(deal) +
      `<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT>${months(change.months)}${holder(change.supplier)}</DESCRIPTION_PROCUREMENT>` +
      `<INFO_MODIFICATIONS><ADDITIONAL_NEED/><VALUES>${euros("VAL_TOTAL_BEFORE", change.before)}${euros("VAL_TOTAL_AFTER", change.after)}</VALUES></INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>`,
  );

const contractIn = async (...texts: readonly string[]): Promise<readonly [Contract, Register]> => {
  const register = await openText(...texts);
  const all: Contract[] = [];
  for await (const batch of register.contracts()) for (const one of batch) all.push(one);
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) throw new Error(`${all.length} contracts`);
  return [only, register];
};

const endsOf = (contract: Contract, { preference }: Register): readonly string[] =>
  contractAfterAll(contract).lots.map((lot) => {
    const { firmEnd } = lotTermDates(contractAfterAll(contract), lot, preference);
    return `${lot.id} ${firmEnd === undefined ? "-" : formatDate(firmEnd)}`;
  });

/** Who holds each lot on a day, each once. */
const heldOn = (contract: Contract, day: PartialDate): readonly (readonly string[])[] =>
  contractAsOf(contract, day).lots.map(({ suppliers }) =>
    namesOf(suppliers?.[0].value.map(({ name }) => name[0].value)),
  );

const namesOf = (names: readonly string[] = []): readonly string[] => [...new Set(names)].sort();

/** The last day of that month of 2020 and later. */
const endOfMonth = (month: number): PartialDate => ({ year: 2020 + Math.floor(month / 12), month: (month % 12) + 1 });

/** `B 60.0 %`: by what share all changes of a contract's value raise it. */
const sharesOf = (contract: Contract, { preference }: Register): readonly string[] =>
  ceilingChanges(contract, preference).map(({ lot, settled, changes }) => {
    const share = changes.at(-1)?.percentInAll;
    return `${lot} ${settled ?? "all"} ${share === undefined ? "-" : formatPercent(share)}`;
  });

interface Life {
  /** Of each lot for how many months the call says that it is to run, and its contracts. */
  readonly lots: readonly {
    readonly months: number | undefined;
    readonly deals: readonly { readonly supplier: string; readonly value: number }[];
  }[];
  readonly steps: readonly {
    readonly pick: number;
    readonly growth: number;
    readonly months: number | undefined;
    readonly supplier: string | undefined;
    /** Whether the form leaves the lot out, which the contract's number then tells. */
    readonly bare: boolean;
    /** Whether it names the award, or what it follows. */
    readonly first: boolean;
  }[];
}

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

const lives: fc.Arbitrary<Life> = fc.record({
  lots: fc.array(
    fc.record({
      months: some(fc.integer({ min: 1, max: 60 })),
      deals: fc.array(
        fc.record({ supplier: fc.constantFrom("Alder", "Birch", "Cedar"), value: fc.integer({ min: 1, max: 90 }) }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  steps: fc.array(
    fc.record({
      pick: fc.nat(20),
      growth: fc.integer({ min: -20, max: 60 }),
      months: some(fc.integer({ min: 1, max: 80 })),
      supplier: some(fc.constantFrom("Damson", "Elm")),
      bare: fc.boolean(),
      first: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

test("T12, L2, D1a: calls, awards and modifications of TED come to what a model says, in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(lives, fc.nat(), async ({ lots, steps }, turn) => {
      const ids = lots.map((_, place) => String(place + 1));
      const deals = lots.flatMap((one, place) =>
        one.deals.map((deal, index) => ({ ...deal, lot: ids[place], number: `K${place + 1}/${index}` })),
      );
      const texts = [
        notice(1, "F02", `${object(ids, (id) => months(lots[Number(id) - 1]?.months))}<PROCEDURE/>`),
        notice(3, "F03", object(ids) + after(1) + deals.map(award).join("")),
      ];
      const present = new Map(
        deals.map((deal) => [deal, { value: deal.value, supplier: deal.supplier, isChanged: false }]),
      );
      const held = (): readonly (readonly string[])[] =>
        ids.map((id) => namesOf(deals.flatMap((deal) => (deal.lot === id ? (present.get(deal)?.supplier ?? []) : []))));
      const heldAfter = [held()];
      const runs = new Map(lots.map((one, place) => [ids[place], one.months]));
      steps.forEach(({ pick, growth, months: length, supplier, bare, first }, step) => {
        const deal = deals[pick % deals.length];
        const state = deal && present.get(deal);
        if (deal === undefined || state === undefined) return;
        const change = {
          months: length,
          supplier: supplier ?? state.supplier,
          before: state.value,
          after: state.value + growth,
        };
        texts.push(
          modification(step + 4, first || step === 0 ? 3 : step + 3, bare ? { ...deal, lot: undefined } : deal, change),
        );
        if (length !== undefined) runs.set(deal.lot, length);
        state.value += growth;
        state.isChanged = true;
        state.supplier = change.supplier;
        heldAfter.push(held());
      });
      const turned = [...texts.slice(turn % texts.length), ...texts.slice(0, turn % texts.length)];
      const [contract, register] = await contractIn(...turned);

      expect(
        contract.lots.map(({ awarded }) =>
          typeof awarded?.[0].value === "object" ? awarded[0].value.map(formatMoney) : [],
        ),
      ).toEqual(lots.map((one) => [`EUR ${one.deals.reduce((sum, { value }) => sum + value, 0)}`]));
      expect(endsOf(contract, register)).toEqual(
        ids.map((id) => {
          const length = runs.get(id);
          return `${id} ${length === undefined ? "-" : dayOf(2 + length, -1)}`;
        }),
      );
      const changed = deals.flatMap((deal) => {
        const state = present.get(deal);
        if (state?.isChanged !== true) return [];
        const alone = deals.filter(({ lot }) => lot === deal.lot).length === 1;
        const share = formatPercent({
          numerator: BigInt(state.value - deal.value) * 100n,
          denominator: BigInt(deal.value),
        });
        return [`${deal.lot} ${alone ? "all" : deal.number} ${share}`];
      });
      expect([...sharesOf(contract, register)].sort()).toEqual(changed.sort());
      expect(heldAfter.map((_, step) => heldOn(contract, endOfMonth(step + 3)))).toEqual(heldAfter);
    }),
    seeded(times(3000, 100)),
  );
});

describe("R-LOTNO: a modification that names no lot", () => {
  const two = [
    { number: "A", lot: "1", supplier: "Alder", value: 100 },
    { number: "B", lot: "2", supplier: "Birch", value: 50 },
  ];
  const awarded = notice(3, "F03", object(["1", "2"]) + after(1) + two.map(award).join(""));
  const change = { months: 30, supplier: "Birch", before: 50, after: 60 };

  test("is of the lot of the contract whose number it gives", async () => {
    const own = modification(4, 3, { number: "B", lot: undefined, supplier: "Birch", value: 50 }, change);
    const [contract, register] = await contractIn(awarded, own);
    expect(heldOn(contract, { year: 2026 })).toEqual([["Alder"], ["Birch"]]);
    expect(endsOf(contract, register)).toEqual(["1 -", "2 2022-08-31"]);
    expect(sharesOf(contract, register)).toEqual(["2 all 20.0"]);
    expect(contract.notes).toContainEqual({
      rule: "R-LOTNO",
      text: 'a modification that names no lot is taken for one of lot "2"',
    });
  });

  test("or of none, and no lot of its own, where nothing tells which of several it is", async () => {
    const own = modification(4, 3, { number: undefined, lot: undefined, supplier: "Birch", value: 50 }, change);
    const [contract, register] = await contractIn(awarded, own);
    expect(contract.lots.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(endsOf(contract, register)).toEqual(["1 -", "2 -"]);
    expect(sharesOf(contract, register)).toEqual(["undefined all 20.0"]);
    expect(contract.notes).toContainEqual({
      rule: "R-LOTNO",
      text: "a modification that names no lot of several counts for none of them",
    });
  });
});

test("a corrigendum says by when tenders are due now, and renewals of a call are told as left out", async () => {
  const called = notice(
    1,
    "F02",
    `${object(["1"], () => `${months(24)}<RENEWAL/>`)}<PROCEDURE><DATE_RECEIPT_TENDERS>2020-02-17</DATE_RECEIPT_TENDERS></PROCEDURE>`,
  );
  const corrected = notice(
    2,
    "F14",
    `<COMPLEMENTARY_INFO>${element("NOTICE_NUMBER_OJ", numberOf(1))}</COMPLEMENTARY_INFO><CHANGES>${["II.1.1", "IV.2.2"]
      .map(
        (section, index) =>
          `<CHANGE><WHERE><SECTION>${section}</SECTION></WHERE><NEW_VALUE><DATE>2020-03-0${index + 1}</DATE></NEW_VALUE></CHANGE>`,
      )
      .join("")}</CHANGES>`,
  ).replace("<NOTICE_DATA>", `<NOTICE_DATA><REF_NOTICE>${element("NO_DOC_OJS", numberOf(1))}</REF_NOTICE>`);
  const awarded = notice(
    3,
    "F03",
    object(["1"]) + after(1) + award({ number: "A", lot: "1", supplier: "Alder", value: 1 }),
  );
  const [contract] = await contractIn(called, corrected, awarded);
  expect(contract.publications.map(({ did, deadline }) => [did, deadline?.day])).toEqual([
    ["calls for tenders", 17],
    ["corrects", 2],
    ["awards", undefined],
  ]);
  expect(contract.notes.map(({ text }) => text)).toContain(
    "1: renewals have no length in any field: they are left out",
  );
});
