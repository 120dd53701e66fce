import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRegister, type Register, storeSql, storeTables, writeStore } from "../../src/index.ts";
import { registerFrom } from "../fuzz/registers.ts";
import { times } from "../long.ts";
import { allOf } from "../reading.ts";
import { statementsIn } from "./engine.ts";
import { findClickHouse, findPostgres, findSqlite } from "./local-engines.ts";
import { DAY, sayDuckdb, sayEngine, sayLotbook, TEXT } from "./said.ts";

const FOUND = await Promise.all([findPostgres(), findSqlite(), findClickHouse()]);
const ENGINES = FOUND.flatMap((found) => ("engine" in found ? [found.engine] : []));
const MISSING = FOUND.flatMap((found) => ("missing" in found ? [found.missing] : []));

const folder = mkdtempSync(join(tmpdir(), "lotbook-engines-"));
afterAll(async () => {
  for (const engine of ENGINES) await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const holds = async (register: Register): Promise<void> => {
  const store = join(folder, "held.store");
  await writeStore(store, { register, paths: [], day: DAY, version: "1" });
  const expected = await sayDuckdb(store);
  for (const [view, sum] of await sayLotbook(register))
    expect({ view, sums: expected[view]?.filter((row) => row.startsWith(`${sum} |`)) }).toMatchObject({
      view,
      sums: [expect.any(String)],
    });
  for (const engine of ENGINES)
    expect({ engine: engine.name, said: await sayEngine(store, engine) }).toEqual({
      engine: engine.name,
      said: expected,
    });
};

describe("the views count as lotbook does, to the cent, in DuckDB and each other engine that is here", () => {
  beforeAll(() => {
    for (const missing of MISSING) console.log(`skipped: ${missing}`);
    console.log(`asked: DuckDB, ${ENGINES.map(({ name }) => name).join(", ")}`);
  });

  test("random registers", { timeout: 600_000 }, async () => {
    let compared = 0;
    for (let seed = 1; seed <= times(100, 12); seed++) {
      const file = join(folder, "random.jsonl");
      const lines = Object.values(registerFrom(seed))
        .flat()
        .map((record) => `${JSON.stringify(record)}\n`);
      writeFileSync(file, lines.join(""));
      const register = await openRegister(file).catch(() => undefined);
      const isSound =
        register !== undefined && (await allOf(register.contracts()).catch(() => undefined)) !== undefined;
      if (!isSound) continue;
      await holds(register);
      compared++;
    }
    expect(compared).toBeGreaterThan(times(20, 3));
  });

  test("registers with overlapping groups, caps, several currencies, bounds and what is withheld, and the realistic one", {
    timeout: 300_000,
  }, async () => {
    const registers = join(import.meta.dirname, "..", "registers");
    for (const name of ["groups.yaml", "withheld.yaml", "gross.yaml", "bounds.yaml", "quantities.yaml", "realistic"])
      await holds(await openRegister([join(registers, name)]));
  });

  const notices = join(import.meta.dirname, "..", "..", "..", "shared", "notices");
  test.skipIf(!existsSync(notices))("published notices beside the project", { timeout: 600_000 }, async () => {
    await holds(await openRegister([notices], { skipBad: true }));
  });
});

describe("a sum that is too large", () => {
  const huge = "9".repeat(37);
  const insertion = (name: (text: string) => string) =>
    `INSERT INTO ${name("counted")} (${["contract", "ceiling", "ceiling_currency", "ceiling_digits", "ceiling_bound", "ceiling_state"].map(name).join(", ")}) VALUES `;
  const row = (id: number, amount: string) => `('c${id}', ${amount}, 'EUR', 2, 'exactly', 'known')`;

  test.each(ENGINES.map((engine) => [engine.name, engine] as const))(
    "is exact or refused by %s, and never wrong",
    async (_, engine) => {
      const tables = storeTables(await openRegister());
      await engine.clear();
      await engine.run(statementsIn(storeSql(tables, engine.dialect)));
      const amounts = Array.from({ length: 40 }, (_, id) =>
        row(id, engine.dialect === "clickhouse" ? `'${huge}'` : huge),
      );
      const insert = insertion((text) => (engine.dialect === "clickhouse" ? `\`${text}\`` : `"${text}"`));
      const answer = (async () => {
        await engine.run([`${insert}${amounts.join(", ")}`]);
        return await engine.rows(
          (TEXT[engine.dialect] ?? String)("minor").replace(/.*/, (text) => `SELECT ${text} FROM counted_once`),
        );
      })();
      const exact = [[String(BigInt(huge) * 40n)]];
      expect(await answer.catch(() => "refused")).toEqual(engine.dialect === "postgres" ? exact : "refused");
    },
  );
});
