import { expect, test } from "vitest";
import { missedValues } from "../../src/engine/missed-values.ts";
import { openRegister, parseQuery } from "../../src/index.ts";

const REGISTER = `suppliers:
  - { supplier: nord, name: Nordlicht GmbH }
contracts:
  - contract: c
    buyer: City
    lots:
      - { lot: 1, service: IaaS, suppliers: [nord] }
      - { lot: 2, service: PaaS }
`;

const missed = async (query: string, goesOn = () => true): Promise<readonly string[]> =>
  await missedValues(await openRegister({ text: REGISTER }), { query: parseQuery(query) }, goesOn);

test.each([
  ["service:paaas", ['no service matches "paaas"; did you mean PaaS or IaaS?']],
  ["service:moon", ['no service matches "moon"; values here: IaaS, PaaS']],
  ["deployment:moon", ['no deployment matches "moon"']],
  ["supplier:nordlich", []],
  ["supplier:nordlihct", ['no supplier matches "nordlihct"; did you mean nord?']],
  ["supplier:moon", ['no supplier matches "moon"']],
  ["supplierId:nord", []],
  ["supplierId:nor", ['no supplierId matches "nor"; did you mean nord?']],
  ["any(service:moon) OR (buyer:city -service:moon)", ['no service matches "moon"; values here: IaaS, PaaS']],
  ["service:iaas buyer:town", ['no buyer matches "town"; values here: City']],
  ["service!=moon ceiling:1M.. lot:7 moon", []],
])("%s", async (query, wanted) => {
  expect(await missed(query)).toEqual(wanted);
});

test("what is not read to its end is not said to be missing", async () => {
  expect(await missed("service:moon", () => false)).toEqual([]);
});
