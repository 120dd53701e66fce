import { expect } from "vitest";
import { formatMoney, type StatedAmount, type StatedAmounts } from "../../../src/model/money.ts";
import type { NoticesRead } from "../../../src/notices/notice.ts";
import { readOcds } from "../../../src/notices/ocds/read-ocds.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import type { Contract } from "../../../src/records/contract.ts";
import type { Supplier } from "../../../src/records/supplier.ts";
import { emptyFacts } from "../empty-facts.ts";

export const readText = (text: string, file = "releases.json"): NoticesRead =>
  readOcds(text, file, new SupplierPool(), { firstLine: 1, windows1252: false });

/** Reads values written one a line. */
export const read = (...values: readonly unknown[]): NoticesRead =>
  readText(values.map((value) => JSON.stringify(value)).join("\n"));

/** The one contract that values state, in which nothing is wrong. */
export const contractIn = (...values: readonly unknown[]): Contract => {
  const { notices, findings } = read(...values);
  expect(findings).toEqual([]);
  expect(notices).toHaveLength(1);
  const [notice] = notices;
  if (notice === undefined) throw new Error("no notice");
  expect(emptyFacts(notice.contract)).toEqual([]);
  return notice.contract;
};

const amountText = (amount: StatedAmount | undefined): string | undefined =>
  amount === undefined || amount === "withheld" ? amount : formatMoney(amount);

export const amountsText = (amounts: StatedAmounts | undefined): string | undefined =>
  amounts === undefined || amounts === "withheld" ? amounts : amounts.map(formatMoney).join(" and ");

export const namesOf = (suppliers: readonly Supplier[] | undefined): readonly string[] =>
  (suppliers ?? []).map(({ name }) => name[0].value);

/** Each lot in a line: `1 awarded: Alder, Birch; ceiling EUR 5; awarded EUR 3`. */
export const lotLines = ({ lots }: Contract): readonly string[] =>
  lots.map(({ id, status, suppliers, ceiling, awarded }) =>
    [
      `${id} ${status}: ${namesOf(suppliers?.[0].value).join(", ")}`,
      ...(ceiling === undefined ? [] : [`ceiling ${amountText(ceiling[0].value)}`]),
      ...(awarded === undefined ? [] : [`awarded ${amountsText(awarded[0].value)}`]),
    ].join("; "),
  );

/** The rules under which a contract answers, each with what was assumed. */
export const notesOf = ({ notes }: Contract): readonly string[] => notes.map(({ rule, text }) => `${rule} ${text}`);

export const eur = (amount: unknown) => ({ amount, currency: "EUR" });

export const supplier = (name: string) => ({ id: name.toLowerCase(), name });

/** An award that counts, of one supplier. */
export const award = (id: string, name: string, more: object = {}) => ({
  id,
  status: "active",
  suppliers: [supplier(name)],
  ...more,
});

export const release = (more: object) => ({ ocid: "ocds-1", id: "r1", date: "2024-05-01T00:00:00Z", ...more });
