import { describe, expect, test } from "vitest";
import { formatMoney } from "../../../src/model/money.ts";
import type { Contract } from "../../../src/records/contract.ts";
import { award, contractIn, lotLines, notesOf, release } from "./reading.ts";

const gbp = (amount: number) => ({ amount, amountGross: amount * 1.2, currency: "GBP" });
const UK = { legalBasis: { scheme: "UKPGA", id: "2023/54" } };
const framework = (more: object = {}) => ({
  hasFrameworkAgreement: true,
  frameworkAgreement: { type: "closed", ...more },
});

const estimates = ({ estimate, lots }: Contract): readonly (string | undefined)[] =>
  [estimate, ...lots.map((lot) => lot.estimate)].map((fact) => {
    const value = fact?.[0].value;
    return typeof value === "object" ? formatMoney(value) : value;
  });

const NOTE =
  "O2 under the Procurement Act 2023 the value of a framework is an estimate: it is neither a ceiling nor awarded";

describe("D2, T11: a framework under the United Kingdom's Procurement Act 2023", () => {
  test("has estimates, net, and neither ceilings nor awarded values", () => {
    const contract = contractIn(
      release({
        tender: { ...UK, value: gbp(1000), techniques: framework(), lots: [{ id: "1", value: gbp(600) }, { id: "2" }] },
        awards: [
          award("a", "Alder", { relatedLots: ["1"], value: gbp(500) }),
          award("b", "Birch", { relatedLots: ["2"], value: gbp(400) }),
          award("c", "Cedar", { relatedLots: ["1", "2"], value: gbp(900) }),
        ],
      }),
    );
    expect(contract.regime).toBe("uk-2023");
    expect(lotLines(contract)).toEqual(["1 awarded: Alder, Cedar", "2 awarded: Birch, Cedar"]);
    expect(estimates(contract)).toEqual(["GBP 1,000", "GBP 600", "GBP 400"]);
    expect([contract.ceiling, contract.sharedAwards]).toEqual([undefined, []]);
    expect(notesOf(contract)).toEqual([NOTE]);
  });

  test("the value of the framework agreement is one, too; a maximum of 1.2 stays one", () => {
    const agreement = contractIn(
      release({ tender: { ...UK, techniques: framework({ value: gbp(700) }) }, awards: [award("a", "Alder")] }),
    );
    expect(estimates(agreement)).toEqual(["GBP 700", undefined]);
    expect(lotLines(agreement)).toEqual(["no-lot awarded: Alder"]);
    const maximum = contractIn(
      release({ tender: { ...UK, maximumValue: gbp(900), techniques: framework() }, awards: [award("a", "Alder")] }),
    );
    expect(lotLines(maximum)).toEqual(["no-lot awarded: Alder; ceiling GBP 900"]);
  });

  test.each([{ isOpenFrameworkScheme: true }, { type: "open" }])("an open one is a scheme: %j", (more) => {
    const notes = notesOf(
      contractIn(release({ tender: { ...UK, techniques: framework(more) }, awards: [award("a", "Alder")] })),
    );
    expect(notes).toContain(
      "D2 it is an open framework: a scheme of successive frameworks on the same terms, of 8 years at most in all",
    );
  });

  test("what is no framework, and what is under another law, has values as ever", () => {
    const awards = [award("a", "Alder", { value: gbp(5) })];
    expect(lotLines(contractIn(release({ tender: UK, awards })))).toEqual(["no-lot awarded: Alder; awarded GBP 5"]);
    expect(lotLines(contractIn(release({ tender: { techniques: framework() }, awards })))).toEqual([
      "no-lot awarded: Alder; awarded GBP 5",
    ]);
  });
});

test("O2: what its contracts state is an estimate, too, and awarded to nobody", () => {
  const contract = contractIn(
    release({
      tender: { ...UK, techniques: framework(), lots: [{ id: "1" }] },
      awards: [award("a", "Alder", { relatedLots: ["1"] })],
      contracts: [{ id: "c", awardID: "a", value: gbp(700), dateSigned: "2025-05-01" }],
    }),
  );
  expect(estimates(contract)).toEqual([undefined, "GBP 700"]);
  expect(contract.settledContracts.map(({ id, value }) => [id, value])).toEqual([["c", undefined]]);
});
