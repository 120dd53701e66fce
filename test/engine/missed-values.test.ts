import { expect, test } from "vitest";
import { missedValues } from "../../src/engine/missed-values.ts";
import { openRegister, parseQuery } from "../../src/index.ts";

const REGISTER = `suppliers:
  - { supplier: nord, name: Nordlicht GmbH }
  - { supplier: alpha, name: Alpha AG, successions: [{ merged: 2025-01-01, into: beta }] }
  - { supplier: beta, name: Beta SE, successions: [{ left: 2025-03, contract: c, lot: 3 }] }
contracts:
  - contract: c
    buyer: City
    lots:
      - { lot: 1, service: IaaS, suppliers: [nord] }
      - { lot: 2, title: Public radio networks, service: PaaS }
      - { lot: 3, suppliers: [alpha] }
`;

const missed = async (query: string, goesOn = () => true): Promise<readonly string[]> =>
  await missedValues(await openRegister({ text: REGISTER }), { query: parseQuery(query), at: "2026-01-01" }, goesOn);

test.each([
  ["service:paaas", ['no service matches "paaas"; did you mean PaaS or IaaS?']],
  ["service:moon", ['no service matches "moon"; values here: IaaS, PaaS']],
  ["deployment:moon", ['no deployment matches "moon"']],
  ["supplier:nordlich", []],
  ["supplier:nordlihct", ['no supplier matches "nordlihct"; did you mean nord or Nordlicht?']],
  ["supplier:moon", ['no supplier matches "moon"']],
  ["supplierId:nord", []],
  ["supplierId:nor", ['no supplierId matches "nor"; did you mean nord?']],
  ["any(service:moon) OR (buyer:city -service:moon)", ['no service matches "moon"; values here: IaaS, PaaS']],
  ["service:iaas buyer:town", ['no buyer matches "town"; values here: City']],
  ["service!=moon ceiling:1M.. lot:7", []],
  ["moon", ['no contract, lot or supplier is called "moon"']],
  ["-moon any(radio) nordlicht", []],
  ["Nordlihct", ['no contract, lot or supplier is called "Nordlihct"; did you mean nord or Nordlicht?']],
  ["netwroks", ['no contract, lot or supplier is called "netwroks"; did you mean networks?']],
  [
    '"public radio netwrk"',
    ['no contract, lot or supplier is called "public radio netwrk"; did you mean Public radio networks?'],
  ],
  ["title:netwrk", ['no title matches "netwrk"; did you mean networks?']],
  ["supplier:alpha", ["Alpha AG was taken over by Beta SE on 2025-01-01", "Beta SE left in 2025-03 (c/3)"]],
  ["alpha OR supplierId:beta", ["Alpha AG was taken over by Beta SE on 2025-01-01", "Beta SE left in 2025-03 (c/3)"]],
])("%s", async (query, wanted) => {
  expect(await missed(query)).toEqual(wanted);
});

test("what has not become of a supplier by the day is not told", async () => {
  expect(
    await missedValues(await openRegister({ text: REGISTER }), { query: "alpha", at: "2024-12-31" }, () => true),
  ).toEqual([]);
});

test("what is not read to its end is not said to be missing", async () => {
  expect(await missed("service:moon", () => false)).toEqual([]);
});
