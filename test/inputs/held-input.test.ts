import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contracts, DataError, headroom, lots, openRegister } from "../../src/index.ts";
import { openGiven } from "../../src/inputs/held-input.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const REGISTER = "contracts: [{ contract: c, lots: [{ lot: 1, ceiling: EUR 5M }] }]\n";
const LEDGER = "order,lot,amount\nPO-1,1,EUR 1M\n";
const NAMING = REGISTER.replace("lots:", "ledger: orders.csv, lots:");

const idsOf = async (data: Parameters<typeof openRegister>[0]): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { contract } of contracts(await openRegister(data))) ids.push(contract);
  return ids;
};

const thrownBy = async (data: Parameters<typeof openRegister>[0]): Promise<unknown> =>
  await openRegister(data).then(
    () => undefined,
    (error: unknown) => (error instanceof DataError ? error.findings[0]?.position?.file : error),
  );

test("a text or bytes are told apart by what they hold, as files are", async () => {
  expect(await idsOf({ text: REGISTER })).toEqual(["c"]);
  expect(await idsOf({ bytes: new TextEncoder().encode(REGISTER) })).toEqual(["c"]);
  expect(await idsOf({ text: '{"contract":"d","lots":[]}\n' })).toEqual(["d"]);
  expect(await idsOf({ bytes: readFileSync(join(ROOT, "examples/award-notice.xml")) })).toHaveLength(1);
});

test("they stand beside paths, and what is wrong is told with their names", async () => {
  expect(await idsOf([{ text: REGISTER }, join(ROOT, "examples/ports.yaml")])).toContain("c");
  expect(await thrownBy({ text: "contracts: 7\n" })).toBe("<data>");
  expect(await thrownBy([{ text: REGISTER }, { text: "contracts: 7\n" }])).toBe("<data 2>");
  expect(await thrownBy({ name: "my.yaml", text: "contracts: 7\n" })).toBe("my.yaml");
});

test("the name of a register tells what it was opened from", async () => {
  expect((await openRegister({ text: REGISTER, name: "a.yaml" })).name).toBe("a.yaml");
  expect((await openRegister({ text: REGISTER })).isDefault).toBe(false);
  expect((await openRegister()).isDefault).toBe(true);
});

const orderedOf = async (data: Parameters<typeof openRegister>[0]): Promise<unknown> => {
  for await (const row of headroom(await openRegister(data))) return JSON.parse(JSON.stringify(row.ordered));
  return undefined;
};

test("a register finds its ledger among what is given, and nowhere else", async () => {
  const register = { name: "c.yaml", text: NAMING };
  const wanted = { amount: "1000000", currency: "EUR" };
  expect(await orderedOf([register, { name: "orders.csv", text: LEDGER }])).toEqual(wanted);
  await expect(orderedOf([register, { name: "other.yaml", text: "contracts: []\n" }])).rejects.toThrow(
    "cannot read orders.csv: it is not among the data that were given",
  );
  await expect(orderedOf(register)).rejects.toThrow('there is no folder to read "orders.csv" from');
});

test("a table that nobody names is refused, not passed over", async () => {
  const register = await openRegister([{ text: REGISTER }, { name: "orders.csv", text: LEDGER }], { skipBad: true });
  for await (const _ of lots(register));
  expect(register.findings().map(({ position }) => position?.file)).toEqual(["orders.csv"]);
});

test("what another names is read for itself where it is no table", async () => {
  const other = { name: "other.yaml", text: REGISTER.replace("contract: c", "contract: d") };
  expect(await idsOf([{ text: `# beside other.yaml\n${REGISTER}` }, other])).toEqual(["c", "d"]);
});

test("bytes are not copied", () => {
  const bytes = new TextEncoder().encode(`  ${'{"contract":"c","lots":[]}'}\n`);
  const [input] = openGiven([{ bytes: bytes.subarray(2) }], []);
  expect(input?.kind === "lines" && [...input.chunks()][0]?.buffer).toBe(bytes.buffer);
});
