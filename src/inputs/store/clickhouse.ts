import type { ClickHouseClient } from "@clickhouse/client";
import { InputError, NoAnswerError, UsageError } from "../../model/errors.ts";
import { readWhole } from "../read-file.ts";
import { loadPeer } from "../system-error.ts";

/** Who asks a ClickHouse server, and how long it may be silent. The user and the password are never shown. */
export interface ClickHouseAccess {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** A file that holds the password, and nothing else but a line break at its end. */
  readonly passwordFile?: string | undefined;
  /** How many seconds without a sign of an answer mean that there is none. */
  readonly seconds?: string | undefined;
}

/** A server, and a database on it, as `clickhouse://host/database` names them. */
export interface ClickHouseAddress {
  /** As the user wrote it; it holds no password. */
  readonly name: string;
  readonly url: string;
  readonly database: string;
}

export interface ClickHouse {
  /**
   * The rows of an answer, a batch at a time, each by the names of its columns. Throws NoAnswerError for no answer or
   * half of one, and InputError if the server refuses the user or holds no store.
   */
  readonly rows: (sql: string) => AsyncIterable<readonly Readonly<Record<string, unknown>>[]>;
}

const EXAMPLE = "for example clickhouse://warehouse.example.org/ted";

/**
 * Reads an address. `clickhouse://` goes by TLS, to port 8443 if it names none. `clickhouse+http://` goes without, to
 * port 8123. Throws UsageError for any other text, and for a user or password in an address, which would be seen in
 * logs and lists of processes.
 */
export const clickHouseAddress = (name: string): ClickHouseAddress => {
  const url = parsed(
    name.replace(/^clickhouse\+http:\/\/(?!\/)/i, "http://").replace(/^clickhouse:\/\/(?!\/)/i, "https://"),
  );
  // No name of a database has an @. In a text that is not an address, nobody knows where a password ends.
  if (name.includes("@"))
    throw new UsageError("an address of ClickHouse holds no user and no password, which others would see", CREDENTIALS);
  const path = url === undefined ? undefined : /^\/?(\w*)\/?$/.exec(url.pathname);
  if (!url?.protocol.startsWith("http") || !path || url.search + url.hash !== "")
    throw new UsageError(`${name.replace(/[?#].*/s, "")} is no address of a ClickHouse server and a database`, EXAMPLE);
  const port = url.port === "" ? (url.protocol === "http:" ? "8123" : "8443") : url.port;
  return { name, url: `${url.protocol}//${url.hostname}:${port}`, database: path[1] || "default" };
};

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const CREDENTIALS =
  "set LOTBOOK_CLICKHOUSE_USER, and LOTBOOK_CLICKHOUSE_PASSWORD or, for a file that holds it, LOTBOOK_CLICKHOUSE_PASSWORD_FILE";

/** Like DuckDB, the client is loaded only where it is needed, and is not a dependency. */
const load = () =>
  loadPeer(() => import("@clickhouse/client"), {
    called: "the client of ClickHouse",
    name: "@clickhouse/client",
    absent: "ClickHouse is asked by its client",
  });

const MOST_PASSWORD_BYTES = 4096;
const SECONDS = 60;

/**
 * Prepares to ask a server. The first question connects to it. This is the only connection that lotbook opens. Throws
 * UsageError if the client is not installed or `access` makes no sense, and InputError if the file with the password
 * cannot be read.
 */
export const openClickHouse = async (address: ClickHouseAddress, access: ClickHouseAccess): Promise<ClickHouse> => {
  const { createClient, ClickHouseLogLevel } = await load();
  const password = passwordOf(access);
  const seconds = secondsOf(access);
  const client = createClient({
    url: address.url,
    database: address.database,
    username: access.user ?? "default",
    password,
    application: "lotbook",
    request_timeout: seconds * 1000,
    keep_alive: { enabled: false },
    log: { level: ClickHouseLogLevel.OFF },
    // The server sends an answer, or an error, only once it has all of it, and never the answer of only those shards
    // that are there.
    clickhouse_settings: { wait_end_of_query: 1, skip_unavailable_shards: 0 },
  });
  return { rows: (sql) => rowsOf(client, sql, (error) => failureOf(error, address, [password, access.user], seconds)) };
};

async function* rowsOf(
  client: ClickHouseClient,
  query: string,
  failure: (error: unknown) => InputError,
): AsyncGenerator<readonly Readonly<Record<string, unknown>>[]> {
  try {
    const answer = await client.query({ query, format: "JSONEachRow" });
    for await (const batch of answer.stream<Readonly<Record<string, unknown>>>())
      yield batch.map((row) => row.json<Readonly<Record<string, unknown>>>());
  } catch (error) {
    throw failure(error);
  }
}

const passwordOf = ({ password, passwordFile }: ClickHouseAccess): string => {
  if (password !== undefined && passwordFile !== undefined)
    throw new UsageError(
      "LOTBOOK_CLICKHOUSE_PASSWORD and LOTBOOK_CLICKHOUSE_PASSWORD_FILE are both set",
      "set one of them",
    );
  if (passwordFile === undefined) return password ?? "";
  return readWhole(passwordFile, MOST_PASSWORD_BYTES)
    .toString("utf8")
    .replace(/\r?\n$/, "");
};

const secondsOf = ({ seconds }: ClickHouseAccess): number => {
  if (seconds === undefined) return SECONDS;
  if (/^[1-9]\d{0,4}$/.test(seconds)) return Number(seconds);
  throw new UsageError(
    "LOTBOOK_CLICKHOUSE_TIMEOUT is no number of seconds",
    "for example LOTBOOK_CLICKHOUSE_TIMEOUT=300",
  );
};

/**
 * Codes by which ClickHouse refuses a user: unknown, wrong password, no password, not allowed from there,
 * authentication failed.
 */
const REFUSED = /\bCode: (?:192|193|194|195|516)\b|Authentication failed/;
const NO_TABLE = /\bCode: (?:60|81)\b/;

/** The error for a question that failed, without what is secret in it. */
const failureOf = (
  error: unknown,
  { name }: ClickHouseAddress,
  secrets: readonly (string | undefined)[],
  seconds: number,
): InputError => {
  if (error instanceof InputError) return error;
  const { code, type, message } = partsOf(error);
  const said = `Code: ${code}. ${message}`;
  if (/timeout/i.test(message))
    return new NoAnswerError(
      `${name} did not answer within ${seconds} s`,
      "LOTBOOK_CLICKHOUSE_TIMEOUT=300 waits longer; a query that names contracts asks for less",
    );
  if (REFUSED.test(said) || type === "AUTHENTICATION_FAILED")
    return new InputError(`${name} refuses this user`, CREDENTIALS);
  if (NO_TABLE.test(said))
    return new InputError(`${name} holds no store`, "lotbook help stores says how one is loaded");
  if (/^E[A-Z]+$|^ERR_|CERT|SSL/.test(code))
    return new NoAnswerError(
      `${name} cannot be reached: ${code}`,
      "clickhouse:// goes by TLS, to port 8443; clickhouse+http:// goes without, to port 8123",
    );
  return new NoAnswerError(`${name} gave no whole answer: ${without(secrets, message)}`);
};

const partsOf = (error: unknown): { readonly code: string; readonly type: string; readonly message: string } => {
  const part = (name: string): string => {
    const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { code: part("code"), type: part("type"), message: part("message") };
};

const without = (secrets: readonly (string | undefined)[], text: string): string => {
  const [line = ""] = text.split("\n");
  const hidden = secrets.reduce<string>((kept, secret) => (secret ? kept.replaceAll(secret, "***") : kept), line);
  return hidden.slice(0, 300);
};
