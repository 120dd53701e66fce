import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openRegister, storeTables, writeStore } from "../../src/index.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { findCluster } from "./clickhouse-cluster.ts";
import { DAY, sayDuckdb, sayFilled } from "./said.ts";

const found = await findCluster();
const cluster = "cluster" in found ? found.cluster : undefined;
if ("missing" in found) console.log(`skipped: ${found.missing}`);

const folder = mkdtempSync(join(tmpdir(), "lotbook-cluster-stores-"));
afterAll(async () => {
  await cluster?.engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const registers = join(import.meta.dirname, "..", "registers");

const storeOf = async (name: string): Promise<string> => {
  const store = join(folder, `${name}.store`);
  await writeStore(store, { register: await openRegister([join(registers, name)]), paths: [], day: DAY, version: "1" });
  return store;
};

const ANSWERS = [
  ["total"],
  ["total", "--by", "supplier"],
  ["total", "--by", "supplier", "--json"],
  ["lots"],
  ["lots", "ceiling:1M.."],
  ["contracts", "--json"],
  ["suppliers"],
  ["awards"],
  ["headroom"],
  ["orders", "--by", "supplier"],
  ["expiring"],
  ["compare"],
  ["sources"],
];

/** A query for each way to narrow what is read. */
const QUERIES = [
  "ceiling:1M..",
  "any(ceiling:..2M) NOT withheld:ceiling",
  "title:cloud,service",
  "buyer:city OR tag:green OR user:agency",
  "service:iaas,paas deployment!=private",
  "status:awarded awarded:1k..",
  "has:estimate OR missing:awarded OR withheld:ceiling",
  "suppliers:2.. is:shared",
  "suppliers<=1 OR is:sole",
  "currency:EUR",
  "cpv:72 OR cpv:48000000",
  "awardDate:2014..2020 OR reviewDate>=2015",
  "source!=nobody regime:classic",
  "supplier:a NOT supplier:b",
  "kind:grouping OR procedure:open",
  "north",
];

/** In the order of the file: a test that ends a server comes last. */
describe.skipIf(cluster === undefined)("two servers that share the tables by contract", () => {
  const inCluster = async (store: string) => {
    if (cluster === undefined) throw new Error("there is none");
    await cluster.load(store, storeTables(await openRegister([store])));
    return cluster;
  };
  const env = {
    LOTBOOK_CLICKHOUSE_USER: cluster?.access.user ?? "",
    LOTBOOK_CLICKHOUSE_PASSWORD: cluster?.access.password ?? "",
  };
  const ask = async (words: readonly string[], data: string, world: Readonly<Record<string, string>> = env) => {
    const { stdout, stderr, exitCode } = await runInProcess([...words, "-d", data, "--at", "2026-01-02"], {
      env: world,
    });
    return { stdout: stdout.replaceAll(data, "DATA"), stderr: stderr.replaceAll(data, "DATA"), exitCode };
  };

  test.each(["groups.yaml", "withheld.yaml", "gross.yaml", "bounds.yaml", "quantities.yaml", "realistic"])(
    "count %s to the cent, and lotbook answers from them as from the store",
    async (name) => {
      const store = await storeOf(name);
      const { engine, address } = await inCluster(store);
      expect(await sayFilled(engine)).toEqual(await sayDuckdb(store));
      for (const words of [...ANSWERS, ...QUERIES.map((query) => ["lots", query, "--json"])])
        expect({ words, said: await ask(words, address) }).toEqual({ words, said: await ask(words, store) });
    },
  );

  test("narrow what is asked by ids, whatever signs are in them", async () => {
    const odd = join(folder, "odd.jsonl");
    const ids = ["it's", "back\\slash", "plain"];
    writeFileSync(
      odd,
      ids.map((contract) => `${JSON.stringify({ contract, lots: [{ lot: "1", ceiling: "EUR 5" }] })}\n`).join(""),
    );
    const store = join(folder, "odd.store");
    await writeStore(store, { register: await openRegister([odd]), paths: [], day: DAY, version: "1" });
    const { address } = await inCluster(store);
    for (const contract of [...ids, "nowhere"])
      expect(await ask(["lots", "--contract", contract], address)).toEqual(
        await ask(["lots", "--contract", contract], store),
      );
  });

  test("refuse a wrong password, which nobody is shown, and so does lotbook in an address", async () => {
    const { address } = await inCluster(await storeOf("groups.yaml"));
    const wrong = await ask(["total"], address, { ...env, LOTBOOK_CLICKHOUSE_PASSWORD: "hunter2" });
    expect(wrong).toMatchObject({ stdout: "", exitCode: 66, stderr: expect.stringContaining("refuses this user") });
    expect(wrong.stderr).not.toContain("hunter2");
    const secret = join(folder, "secret");
    writeFileSync(secret, `${cluster?.access.password}\n`);
    const { LOTBOOK_CLICKHOUSE_USER } = env;
    const kept = { LOTBOOK_CLICKHOUSE_USER, LOTBOOK_CLICKHOUSE_PASSWORD_FILE: secret };
    expect((await ask(["total"], address, kept)).exitCode).toBe(0);
    const inAddress = await ask(["total"], address.replace("//", "//me:hunter2@"));
    expect(inAddress).toMatchObject({ stdout: "", exitCode: 2, stderr: expect.stringContaining("holds no user") });
    expect(inAddress.stderr).not.toContain("hunter2");
  });

  test("of which one lost its part are refused", async () => {
    const { engine, address } = await inCluster(await storeOf("realistic"));
    await engine.run([
      "INSERT INTO store SELECT version, lotbook, day, contracts, lots, mayCallOff, hasNotices FROM store",
    ]);
    expect(await ask(["total"], address)).toMatchObject({
      stdout: "",
      exitCode: 66,
      stderr: expect.stringMatching(/holds \d+ of the \d+ contracts/),
    });
    await engine.clear();
    expect(await ask(["total"], address)).toMatchObject({
      stdout: "",
      exitCode: 66,
      stderr: expect.stringContaining("holds no store"),
    });
  });

  test("give the whole or an error while one of them is killed, and then an error", async () => {
    const store = await storeOf("realistic");
    const { engine, address, kill } = await inCluster(store);
    const whole = await ask(["total"], address);
    expect(whole).toEqual(await ask(["total"], store));
    const asked = Array.from({ length: 12 }, async () => await ask(["total"], address));
    await Promise.race(asked);
    await kill();
    for (const each of await Promise.all(asked))
      if (each.exitCode === 0) expect(each).toEqual(whole);
      else expect(each).toMatchObject({ stdout: "", exitCode: 69 });
    expect(await ask(["total"], address)).toMatchObject({
      stdout: "",
      exitCode: 69,
      stderr: expect.stringContaining("gave no whole answer"),
    });
    await expect(engine.rows("SELECT toString(minor) FROM counted_once")).rejects.toThrow();
  });
});
