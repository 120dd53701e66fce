import { expect, test } from "vitest";
import { lots, total } from "../../../src/index.ts";
import { amountText, openText, rowsOf } from "../../open-text.ts";

interface Form {
  readonly number: number;
  /** The notice that it names. */
  readonly after?: number;
  readonly form?: string;
  readonly content: string;
}

const journal = (number: number): string => `2020/S 023-${String(number).padStart(6, "0")}`;

const notice = ({ number, after, form = "F03_2014", content }: Form): string => {
  const reference = after === undefined ? "" : `<REF_NOTICE><NO_DOC_OJS>${journal(after)}</NO_DOC_OJS></REF_NOTICE>`;
  return (
    `<TED_EXPORT xmlns="ted" DOC_ID="${number}-2020"><CODED_DATA_SECTION><REF_OJS><DATE_PUB>202002${number}</DATE_PUB></REF_OJS>` +
    `<NOTICE_DATA><NO_DOC_OJS>${journal(number)}</NO_DOC_OJS>${reference}</NOTICE_DATA></CODED_DATA_SECTION>` +
    `<FORM_SECTION><${form} CATEGORY="ORIGINAL">${content}</${form}></FORM_SECTION></TED_EXPORT>`
  );
};

const award = (lot: string, supplier: string, value: number): string =>
  `<AWARD_CONTRACT ITEM="1"><CONTRACT_NO>C/${lot}</CONTRACT_NO><LOT_NO>${lot}</LOT_NO><AWARDED_CONTRACT><CONTRACTORS><CONTRACTOR>` +
  `<ADDRESS_CONTRACTOR><OFFICIALNAME>${supplier}</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>` +
  `<VALUES><VAL_TOTAL CURRENCY="EUR">${value}</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>`;

const awardedIn = async (...texts: readonly string[]): Promise<readonly string[]> => {
  const report = total(await openText(...texts));
  await rowsOf(report);
  return report
    .closing()
    .summaries.filter(({ label }) => label === "Total awarded")
    .flatMap(({ amounts }) => amounts.map(amountText));
};

const FIRST = { number: 10, content: award("1", "Alder", 100) + award("2", "Birch", 200) };
const AGAIN = { number: 20, content: award("1", "Alder", 100) + award("3", "Cedar", 50) };

test.each([
  ["names the one before", { ...FIRST }, { ...AGAIN, after: 10 }, ["EUR 350"]],
  ["names the same notice", { ...FIRST, after: 5 }, { ...AGAIN, after: 5 }, ["EUR 350"]],
  ["names another notice", { ...FIRST, after: 5 }, { ...AGAIN, after: 6 }, ["EUR 450"]],
  ["tells another value", FIRST, { ...AGAIN, after: 10, content: award("1", "Alder", 101) }, ["EUR 401"]],
  ["tells of another supplier", FIRST, { ...AGAIN, after: 10, content: award("1", "Birch", 100) }, ["EUR 400"]],
  ["tells of another lot", FIRST, { ...AGAIN, after: 10, content: award("3", "Alder", 100) }, ["EUR 400"]],
])("T10a: an award that tells again of a contract counts it once: it %s", async (_, first, again, awarded) => {
  expect(await awardedIn(notice(first), notice(again))).toEqual(awarded);
  expect(await awardedIn(notice(again), notice(first))).toEqual(awarded);
});

test("a corrigendum of an award, whose corrections are words, is told", async () => {
  const register = await openText(
    notice(FIRST),
    notice({ number: 20, after: 10, form: "F14_2014", content: "<CHANGES/>" }),
  );
  await rowsOf(lots(register));
  expect(register.assumptions().map(({ rule, first }) => `${rule} ${first.map(({ text }) => text).join()}`)).toEqual([
    "T12 00000020-2020 corrects it in words, which are not read",
  ]);
});
