import { expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { Preference } from "../../src/model/claim.ts";
import { NO_CALL_OFFS } from "../../src/records/call-offs.ts";
import type { Register } from "../../src/records/register.ts";
import { award, read, release } from "../notices/ocds/reading.ts";
import { allOf } from "../reading.ts";

const process = (ocid: string, name: string, scale: string) =>
  release({
    ocid,
    parties: [{ id: "p", name, identifier: { scheme: "GB-COH", id: "123" }, details: { scale } }],
    awards: [award("a", "", { suppliers: [{ id: "p" }] })],
  });

const register: Register = {
  name: "two notices",
  isDefault: false,
  sources: [],
  suppliers: [],
  namedInStores: { sources: [], suppliers: [] },
  mentioned: () => [],
  supplierNamed: () => undefined,
  supplierHint: () => undefined,
  preference: new Preference([]),
  ignores: [],
  queries: new Map(),
  contracts: async function* () {
    yield read(process("ocds-1", "Alder", "small"), process("ocds-2", "ALDER LTD", "large")).notices.map(
      ({ contract }) => contract,
    );
  },
  orders: async function* () {},
  openLedger: async () => undefined,
  ledgerPath: () => undefined,
  hasNotices: true,
  findings: () => [],
  callOffs: async () => NO_CALL_OFFS,
  assumptions: () => [],
  passedOver: () => [],
  stated: async function* () {},
  documents: async function* () {},
};

test("T2: a lot calls a supplier as its own notice does, and it is still one supplier", async () => {
  const rows = await allOf(lots(register));
  expect(rows.map((row) => row.suppliers)).toMatchObject([
    [{ id: "GB-COH:123", name: "Alder", organisations: ["Alder"] }],
    [{ id: "GB-COH:123", name: "ALDER LTD", organisations: ["ALDER LTD"] }],
  ]);
  const held = await allOf(suppliers(register));
  expect(held).toMatchObject([{ supplier: "GB-COH:123", name: "Alder", size: "small, large", lots: 2 }]);
});
