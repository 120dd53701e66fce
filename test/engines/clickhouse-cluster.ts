import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StoredTable } from "../../src/index.ts";
import { storeSql } from "../../src/index.ts";
import { type Engine, insertions, statementsIn } from "./engine.ts";

/** Two servers of ClickHouse on this machine, which share the tables of a store by contract. */
export interface Cluster {
  readonly engine: Engine;
  /** Fills the tables with those of a store. */
  readonly load: (store: string, tables: readonly StoredTable[]) => Promise<void>;
  /** What lotbook asks by HTTP, as the only one who may. */
  readonly address: string;
  readonly access: { readonly user: string; readonly password: string };
  /** Ends the second server, as if its machine were gone. */
  readonly kill: () => Promise<void>;
}

const PROGRAMS = ["/usr/bin/clickhouse-server", "/usr/sbin/clickhouse-server"];
const USER = { user: "lotbook", password: "tide & <pool>" };

export const findCluster = async (): Promise<{ readonly cluster: Cluster } | { readonly missing: string }> => {
  const program = PROGRAMS.find((path) => existsSync(path));
  if (program === undefined) return { missing: "ClickHouse as a cluster: there is no clickhouse-server" };
  const folder = mkdtempSync(join(tmpdir(), "lotbook-cluster-"));
  const [http1, tcp1, http2, tcp2] = await freePorts();
  const shards = [tcp1, tcp2];
  const first = new Server(program, join(folder, "1"), { http: http1, tcp: tcp1, shards });
  const second = new Server(program, join(folder, "2"), { http: http2, tcp: tcp2, shards });
  const servers = [first, second];
  try {
    await Promise.all(servers.map((server) => server.isUp()));
  } catch (error) {
    await Promise.all(servers.map((server) => server.kill()));
    throw error;
  }
  const clear = async () => {
    for (const database of ["ted", "part"])
      for (const server of servers) {
        await server.ask(`DROP DATABASE IF EXISTS ${database}`);
        await server.ask(`CREATE DATABASE ${database}`);
      }
  };
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await first.ask(statement, "ted");
  };
  const engine: Engine = {
    name: "ClickHouse as a cluster",
    dialect: "clickhouse",
    run,
    rows: async (question) =>
      (await first.ask(`${question} FORMAT TabSeparated`, "ted"))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split("\t").map((cell) => (cell === "\\N" ? undefined : cell))),
    clear,
    stop: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const load = async (store: string, tables: readonly StoredTable[]) => {
    await clear();
    const statements = statementsIn(storeSql(tables, "clickhouse"));
    const isTable = (statement: string) => /^CREATE TABLE/m.test(statement);
    for (const statement of statements.filter(isTable))
      for (const server of servers) await server.ask(statement, "part");
    for (const { name, columns } of tables) {
      const key = columns.some((column) => column.name === "contract") ? "contract" : columns[0]?.name;
      await first.ask(
        `CREATE TABLE ted.\`${name}\` AS part.\`${name}\` ENGINE = Distributed(pair, part, \`${name}\`, cityHash64(ifNull(toString(\`${key}\`), '')))`,
      );
    }
    await run([...statements.filter((statement) => !isTable(statement)), ...(await insertions(store, tables, engine))]);
  };
  const address = `clickhouse+http://127.0.0.1:${http1}/ted`;
  return { cluster: { engine, load, address, access: USER, kill: () => second.kill() } };
};

interface Ports {
  readonly http: number;
  readonly tcp: number;
  readonly shards: readonly number[];
}

class Server {
  readonly #url: string;
  readonly #process: ChildProcess;

  constructor(program: string, folder: string, ports: Ports) {
    for (const part of ["", "data", "tmp"]) mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, "config.xml"), configOf(folder, ports));
    writeFileSync(join(folder, "users.xml"), USERS);
    this.#url = `http://127.0.0.1:${ports.http}/`;
    this.#process = spawn(program, [`--config-file=${join(folder, "config.xml")}`], { stdio: "ignore", cwd: folder });
  }

  async isUp(): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (this.#process.exitCode !== null) throw new Error("clickhouse-server ended at once");
      const isThere = await this.ask("SELECT 1").catch(() => undefined);
      if (isThere !== undefined) return;
      await sleep(100);
    }
    throw new Error("clickhouse-server does not answer");
  }

  async ask(sql: string, database = "default"): Promise<string> {
    const settings = `database=${database}&wait_end_of_query=1&insert_distributed_sync=1`;
    const answer = await fetch(`${this.#url}?${settings}`, { method: "POST", body: sql });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.slice(0, 500));
    return text;
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGKILL");
    await ended;
  }
}

const configOf = (folder: string, { http, tcp, shards }: Ports): string => `<yandex>
  <logger><level>none</level></logger>
  <http_port>${http}</http_port>
  <tcp_port>${tcp}</tcp_port>
  <listen_host>127.0.0.1</listen_host>
  <path>${folder}/data/</path>
  <tmp_path>${folder}/tmp/</tmp_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile>
  <default_database>default</default_database>
  <mark_cache_size>1048576</mark_cache_size>
  <remote_servers><pair>
${shards.map((port) => `    <shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`).join("\n")}
  </pair></remote_servers>
</yandex>
`;

const user = (name: string, password: string): string =>
  `<${name}><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></${name}>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const USERS = `<yandex>
  <profiles><default><max_memory_usage>2000000000</max_memory_usage></default></profiles>
  <users>${user("default", "")}${user(USER.user, escaped(USER.password))}</users>
  <quotas><default/></quotas>
</yandex>
`;

/** Four ports of this machine that nobody has now. */
const freePorts = async (): Promise<readonly [number, number, number, number]> => {
  const open = await Promise.all([0, 0, 0, 0].map(() => freePort()));
  const [a, b, c, d] = await Promise.all(open.map(({ port, close }) => close().then(() => port)));
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("no free ports");
  return [a, b, c, d];
};

const freePort = (): Promise<{ readonly port: number; readonly close: () => Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ port, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
