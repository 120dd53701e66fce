import type { Fact } from "../../../src/model/claim.ts";
import { moneyLiteral, type StatedAmount, type StatedAmounts } from "../../../src/model/money.ts";
import { readEforms } from "../../../src/notices/eforms/read-eforms.ts";
import type { Notice } from "../../../src/notices/notice.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import type { Contract } from "../../../src/records/contract.ts";
import type { Supplier } from "../../../src/records/supplier.ts";
import { emptyFacts } from "../empty-facts.ts";

export const noticeIn = (xml: string, pool = new SupplierPool()): Notice => {
  const { notices, findings } = readEforms(xml, "folder/notice.xml", pool);
  const [notice] = notices;
  if (notice === undefined) throw new Error(findings.map(({ message }) => message).join("; "));
  const empty = emptyFacts(notice.contract);
  if (empty.length > 0) throw new Error(`facts that say nothing: ${empty.join(", ")}`);
  return notice;
};

export const contractIn = (xml: string): Contract => noticeIn(xml).contract;

/** `EUR 12.50`, `withheld`, or nothing. */
export const amountText = (amount: StatedAmount | undefined): string | undefined =>
  typeof amount === "object" ? `${amount.currency} ${moneyLiteral(amount)}` : amount;

export const amountsText = (amounts: StatedAmounts | undefined): string | undefined =>
  typeof amounts === "object" ? amounts.map(amountText).join(" + ") : amounts;

/** A fact with one claim, as its value and its place: `EUR 12.50 (BT-709)`. */
export const claimText = <T>(fact: Fact<T> | undefined, write: (value: T) => string | undefined): string | undefined =>
  fact && `${write(fact[0].value)} (${fact[0].by.locator})`;

/** A company's name; of a grouping also its members, the lead with a star. */
export const supplierText = ({ name, members }: Supplier): string =>
  name[0].value +
  (members === undefined ? "" : ` (${members[0].value.map((one) => one.name + (one.lead ? "*" : "")).join(", ")})`);

/** What `lots` answers with, one line a lot: id, status, suppliers, ceiling and what was awarded. */
export const lotLines = ({ lots }: Contract): readonly string[] =>
  lots.map(({ id, status, suppliers, ceiling, awarded }) =>
    [
      id,
      status,
      suppliers?.[0].value.map(supplierText).join(", ") ?? "nobody",
      claimText(ceiling, amountText) ?? "no ceiling",
      amountsText(awarded?.[0].value) ?? "nothing awarded",
    ].join(" | "),
  );

export const noteLines = ({ notes }: Contract): readonly string[] => notes.map(({ rule, text }) => `${rule} ${text}`);
