import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Engine, Found } from "./engine.ts";

const run = promisify(execFile);
const BETWEEN = "\u001f";
const NULL = "\u0001";

const cells = (text: string): readonly (readonly (string | undefined)[])[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(BETWEEN).map((cell) => (cell === NULL ? undefined : cell)));

const isThere = (command: string): boolean => {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const feed = (command: string, args: readonly string[], input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args);
    let [said, wrong] = ["", ""];
    child.stdout.on("data", (data: Buffer) => (said += data.toString()));
    child.stderr.on("data", (data: Buffer) => (wrong += data.toString()));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(wrong.slice(0, 500)))));
    child.stdin.end(input);
  });

/** SQLite, by its program. */
export const findSqlite = async (): Promise<Found> => {
  if (!isThere("sqlite3")) return { missing: "SQLite: there is no sqlite3" };
  const folder = mkdtempSync(join(tmpdir(), "lotbook-sqlite-"));
  const file = join(folder, "store.sqlite");
  const ask = (sql: string) => feed("sqlite3", ["-bail", "-separator", BETWEEN, "-nullvalue", NULL, file], `${sql};\n`);
  return {
    engine: {
      name: "SQLite",
      dialect: "sqlite",
      run: async (statements) => {
        await ask(["BEGIN", ...statements, "COMMIT"].join(";\n"));
      },
      rows: async (question) => cells(await ask(question)),
      clear: async () => rmSync(file, { force: true }),
      stop: async () => rmSync(folder, { recursive: true, force: true }),
    },
  };
};

const postgresFolder = (): string | undefined => {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
};

const NOBODY = 65534;

/** PostgreSQL, a server of its own in a folder of its own, which listens on no port; it does not run as root. */
export const findPostgres = async (): Promise<Found> => {
  const bin = postgresFolder();
  if (bin === undefined) return { missing: "PostgreSQL: there is no server in /usr/lib/postgresql" };
  const folder = mkdtempSync(join(tmpdir(), "lotbook-pg-"));
  const data = join(folder, "data");
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const options = { ...who, cwd: folder, env: { ...process.env, LC_ALL: "C", HOME: folder } };
  await run(join(bin, "initdb"), ["-D", data, "-U", "lotbook", "--auth=trust", "-E", "UTF8", "--no-sync"], options);
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
    {
      ...options,
      stdio: "ignore",
    },
  );
  const ask = (sql: string) =>
    feed(
      join(bin, "psql"),
      [
        "-X",
        "-q",
        "-At",
        "-F",
        BETWEEN,
        "-P",
        `null=${NULL}`,
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        folder,
        "-U",
        "lotbook",
        "postgres",
      ],
      `${sql};\n`,
    );
  for (let tries = 0; ; tries++) {
    try {
      await ask("SELECT 1");
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(200);
    }
  }
  return {
    engine: {
      name: "PostgreSQL",
      dialect: "postgres",
      run: async (statements) => {
        await ask(["SET client_min_messages = error", ...statements].join(";\n"));
      },
      rows: async (question) => cells(await ask(question)),
      clear: async () => {
        await ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      },
      stop: async () => {
        server.kill("SIGINT");
        await new Promise((resolve) => server.on("exit", resolve));
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
};

interface ChSession {
  readonly query: (sql: string, format: string) => string;
  readonly cleanup: () => void;
}

/** ClickHouse within this process, by the package chdb in a folder of its own: it is large, and no dependency. */
export const findClickHouse = async (): Promise<Found> => {
  const place = process.env["LOTBOOK_CHDB"];
  if (place === undefined) return { missing: "ClickHouse: LOTBOOK_CHDB names no folder in which npm installed chdb" };
  if (!existsSync(join(place, "node_modules", "chdb"))) return { missing: `ClickHouse: there is no chdb in ${place}` };
  const load: (name: string) => { readonly Session: new (path: string) => ChSession } = createRequire(
    join(place, "x.js"),
  );
  const folder = mkdtempSync(join(tmpdir(), "lotbook-ch-"));
  const path = join(folder, "data");
  mkdirSync(path);
  const session = new (load("chdb").Session)(path);
  const ask = (sql: string) => session.query(sql, "TSVRaw");
  ask("CREATE DATABASE lotbook ENGINE = Atomic");
  const engine: Engine = {
    name: "ClickHouse",
    dialect: "clickhouse",
    run: async (statements) => {
      ask("USE lotbook");
      for (const statement of statements) ask(statement);
    },
    rows: async (question) => cells(ask(question).replaceAll("\t", BETWEEN).replaceAll("\\N", NULL)),
    clear: async () => {
      ask("DROP DATABASE lotbook SYNC");
      ask("CREATE DATABASE lotbook ENGINE = Atomic");
    },
    stop: async () => {
      session.cleanup();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return { engine };
};
