import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, type Server, type ServerResponse } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openRegister, writeStore } from "../../src/index.ts";
import { type Database, openDatabase, sqlParquetIn } from "../../src/inputs/store/duckdb.ts";
import { STORE_VERSION } from "../../src/inputs/store/manifest.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { allOf } from "../reading.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-remote-"));
const store = join(folder, "two.store");
const asked: string[] = [];
const headers: (string | undefined)[] = [];
/** Answers a question instead of the tables, or gives them up; undefined leaves them be. */
let instead: ((sql: string, response: ServerResponse) => boolean) | undefined;

const REGISTER = `
suppliers: [{ supplier: a, name: Alpha }]
contracts:
  - { contract: harbour, lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a] }] }
  - { contract: "it's \\\\", lots: [{ lot: 1, ceiling: EUR 3M }] }
`;

/** As ClickHouse writes it: DuckDB knows the same questions under other names. */
const inDuckdb = (sql: string): string =>
  sql
    .replace(/'((?:[^\\']|\\.)*)'/g, (_, text: string) => `'${text.replace(/\\(.)/g, "$1").replaceAll("'", "''")}'`)
    .replace(
      /\bFROM (record|store|note|mention|settled|unsettled|lot|contract|seat|publication|modification)\b/g,
      (_, table) => `FROM ${sqlParquetIn(join(store, table))}`,
    )
    .replaceAll("notEmpty(names)", "CASE WHEN len(names) > 0 THEN 1 ELSE 0 END")
    .replaceAll("`", '"')
    .replace(/toString\((\w+)\)/g, "CAST($1 AS VARCHAR)")
    .replaceAll("hasAny(", "list_has_any(")
    .replaceAll("position(", "instr(")
    .replaceAll("match(", "regexp_matches(")
    .replaceAll("arrayStringConcat(", "array_to_string(")
    .replaceAll("toFloat64(", "(1e0 * ")
    .replaceAll(" GLOBAL IN ", " IN ")
    .replace(/mayCallOff, hasNotices/, "mayCallOff::INT AS mayCallOff, hasNotices::INT AS hasNotices")
    .replace(/\s+FORMAT JSONEachRow$/, "");

/** As a server has it, it is opened once. */
let database: Database;

const answer = async (sql: string): Promise<string> => {
  const rows = (await allOf(database.rows(`SELECT to_json(x)::VARCHAR FROM (${inDuckdb(sql)}) AS x`))).flat();
  return rows.map(([row]) => `${String(row)}\n`).join("");
};

const server: Server = createServer((request, response) => {
  let sql = "";
  request.on("data", (data: Buffer) => {
    sql += data.toString();
  });
  request.on("end", async () => {
    asked.push(sql.trim());
    headers.push(request.headers.authorization, request.url);
    if (instead?.(sql, response) === true) return;
    response.end(await answer(sql.trim()));
  });
});

const address = "clickhouse+http://127.0.0.1:8123/ted";
/** A machine that tests may have no network at all, not even to itself: every connection is to this socket. */
const socket =
  process.platform === "win32" ? String.raw`\\.\pipe\lotbook-remote-${process.pid}` : join(folder, "server.sock");
const connect = vi.spyOn(Agent.prototype, "createConnection").mockImplementation(() => createConnection(socket));
beforeAll(async () => {
  const file = join(folder, "two.yaml");
  writeFileSync(file, REGISTER);
  const day = { year: 2026, month: 1, day: 2 };
  await writeStore(store, { register: await openRegister(file), paths: [], day, version: "1" });
  database = await openDatabase([store]);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
});
afterEach(() => {
  instead = undefined;
  asked.length = 0;
  headers.length = 0;
});
afterAll(() => {
  connect.mockRestore();
  server.close();
  server.closeAllConnections();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = {
  LOTBOOK_CLICKHOUSE_USER: "reader",
  LOTBOOK_CLICKHOUSE_PASSWORD: "hunter2",
  LOTBOOK_CLICKHOUSE_TIMEOUT: "60",
};
const ask = (...words: readonly string[]) => runInProcess([...words, "--at", "2026-01-02"], { env });
afterEach(() => {
  env.LOTBOOK_CLICKHOUSE_TIMEOUT = "60";
});

describe("tables on a server answer as the store", () => {
  test.each([
    ["lots"],
    ["total", "--by", "supplier"],
    ["sources"],
    ["lots", "--contract", "harbour"],
    ["convert"],
    ["lots", "lot:harbour/1"],
    ["lots", "supplier:alpha ceiling:1M..3M"],
    ["lots", "harbour OR title:x"],
    ["lots", "cpv:72000000 OR is:shared OR awardDate:2016"],
  ])("%s %s", async (...words) => {
    expect(await ask(...words, "-d", address)).toEqual(await ask(...words, "-d", store));
  });

  test("of what is settled only sums are asked for, and what they say is counted", async () => {
    expect(await ask("suppliers", address)).toEqual(await ask("suppliers", store));
    expect(asked.filter((sql) => sql.includes("json") && sql.includes("contract IS NOT NULL"))).toEqual([]);
    instead = (sql, response) => {
      if (!sql.includes("json FROM settled")) return false;
      response.end(
        `{"supplier":null,"json":"{\\"contracts\\":\\"2\\",\\"holders\\":\\"2\\"}"}\n{"supplier":"a","json":"{}"}\n`,
      );
      return true;
    };
    expect((await ask("suppliers", address)).stderr).toContain("has the figures of 1 of 2 suppliers");
  });

  test("of a contract only that is asked for, by an id with whatever signs", async () => {
    const id = "it's \\";
    expect(await ask("lots", "--contract", id, "-d", address)).toEqual(
      await ask("lots", "--contract", id, "-d", store),
    );
    expect(asked.filter((sql) => sql.includes("json")).at(-1)).toContain("contract IN ('it\\'s \\\\')");
  });

  test("who asks is told as HTTP does it, and that no shard may be left out", async () => {
    await ask("total", address);
    expect(headers[0]).toBe(`Basic ${Buffer.from("reader:hunter2").toString("base64")}`);
    expect(headers[1]).toContain("skip_unavailable_shards=0");
    expect(headers[1]).toContain("wait_end_of_query=1");
  });

  test.each(["", "\n", "\r\n"])("a password is what a file holds, but for its line's end: %j", async (end) => {
    const secret = join(folder, "password");
    writeFileSync(secret, `hun\nter2${end}`);
    const { LOTBOOK_CLICKHOUSE_USER } = env;
    const kept = { LOTBOOK_CLICKHOUSE_USER, LOTBOOK_CLICKHOUSE_PASSWORD_FILE: secret };
    instead = (_, response) => {
      response.end();
      return true;
    };
    await runInProcess(["total", address], { env: kept });
    expect(headers[0]).toBe(`Basic ${Buffer.from("reader:hun\nter2").toString("base64")}`);
  });
});

describe("an answer that is none, or half of one, is an error", () => {
  const refused = async (said: string, how: typeof instead, code = 69) => {
    instead = how;
    const { stdout, stderr, exitCode } = await ask("lots", address);
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: "", stderr: expect.stringContaining(said), exitCode: code });
    expect(stderr).not.toContain("hunter2");
  };
  const isRows = (sql: string) => sql.includes("json") && sql.includes("contract IS NOT NULL");

  test("a row is missing", async () => {
    await refused("gave 1 of 2 rows of record", (sql, response) => {
      if (!isRows(sql)) return false;
      void answer(sql.trim()).then((text) => response.end(`${text.split("\n")[0]}\n`));
      return true;
    });
  });

  test("the connection ends in the middle", async () => {
    await refused("cannot be reached: ECONNRESET", (sql, response) => {
      if (!isRows(sql)) return false;
      response.write('{"line":1,');
      setTimeout(() => response.destroy(), 50);
      return true;
    });
  });

  test("it is no JSON", async () => {
    await refused("gave no whole answer", (sql, response) => {
      if (isRows(sql)) response.end("hunter2\n");
      return isRows(sql);
    });
  });

  test("nothing comes", async () => {
    env.LOTBOOK_CLICKHOUSE_TIMEOUT = "1";
    await refused("did not answer within 1 s", (sql) => isRows(sql));
  });

  test("the server tells of an error, and of secrets in it", async () => {
    await refused("gave no whole answer: ", (sql, response) => {
      if (!isRows(sql)) return false;
      response.statusCode = 500;
      response.end(
        "Code: 279. DB::Exception: All connection tries failed for reader:hunter2. (ALL_CONNECTION_TRIES_FAILED)",
      );
      return true;
    });
  });

  test("it refuses the user", async () => {
    await refused(
      "refuses this user",
      (_, response) => {
        response.statusCode = 403;
        response.end(
          "Code: 516. DB::Exception: reader: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)",
        );
        return true;
      },
      66,
    );
  });

  test("its tables are of another version, are none, or are not whole", async () => {
    const told = (row: string) => (sql: string, response: ServerResponse) => {
      if (sql.includes("FROM store")) response.end(row);
      return sql.includes("FROM store");
    };
    const row = { version: 2, lotbook: "1", day: "2026-01-02", contracts: 2, lots: 2, mayCallOff: 0, hasNotices: 0 };
    await refused("holds a store of version 2", told(`${JSON.stringify(row)}\n`), 66);
    await refused("holds no store", told(""), 66);
    await refused(
      "holds 2 of the 5 contracts",
      told(`${JSON.stringify({ ...row, version: STORE_VERSION, contracts: 5 })}\n`),
      66,
    );
  });
});

describe("addresses", () => {
  test.each(["https://reader:hunter2@localhost/ted", "clickhouse+ftp://reader:hunter@2@localhost/ted"])(
    "%s is none of a server that is asked",
    async (name) => {
      const { exitCode, stderr } = await ask("total", name);
      expect(exitCode).toBe(66);
      expect(stderr).toContain("://localhost/ted: no such file or folder\n  hint: lotbook opens no connection");
      expect(stderr).not.toMatch(/hunter|reader/);
    },
  );

  test.each([
    ["clickhouse://reader:hunter2@localhost/ted", "holds no user and no password"],
    ["clickhouse://localhost/ted/more", "is no address"],
    ["clickhouse://localhost/ted?password=hunter2", "is no address"],
    ["clickhouse://localhost/ted#hunter2", "is no address"],
    ["clickhouse://reader:hunter2@localhost:99999/ted", "holds no user and no password"],
    ["clickhouse+http://reader:hunter2/#@localhost/ted", "holds no user and no password"],
    ["clickhouse:///ted", "is no address"],
  ])("%s is refused", async (name, said) => {
    const { exitCode, stderr } = await ask("total", name);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(said) });
    expect(stderr).not.toContain("hunter2");
  });

  test("go by TLS unless they say otherwise", async () => {
    const { exitCode, stderr } = await ask("total", address.replace("+http", ""));
    expect({ exitCode, stderr }).toEqual({ exitCode: 69, stderr: expect.stringContaining("cannot be reached") });
  });

  test("are opened where the user names them alone: not by packs of evidence, nor for completion", async () => {
    const pack = join(folder, "pack.json");
    const { stdout } = await ask("audit", "-d", store);
    const other = JSON.stringify({ ...JSON.parse(stdout), asked: { ...JSON.parse(stdout).asked, data: [address] } });
    writeFileSync(pack, other);
    const verified = await ask("audit", "--verify", pack);
    expect(verified).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no file or folder below") });
    expect(await ask("audit", "-d", address)).toMatchObject({ exitCode: 2, stdout: "" });
    asked.length = 0;
    await runInProcess(["__complete", "--", "lotbook", "lots", "-d", address, "--contract", ""], { env });
    expect(asked).toEqual([]);
  });

  test("a time-out is a number of seconds, and a password stands in one place", async () => {
    const wrong = { ...env, LOTBOOK_CLICKHOUSE_TIMEOUT: "soon" };
    expect((await runInProcess(["total", address], { env: wrong })).stderr).toContain("no number of seconds");
    const twice = { ...env, LOTBOOK_CLICKHOUSE_PASSWORD_FILE: join(folder, "secret") };
    expect((await runInProcess(["total", address], { env: twice })).stderr).toContain("are both set");
  });
});
