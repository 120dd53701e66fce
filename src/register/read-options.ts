/** The options of the library. This file needs no types of Node, because its declarations for browsers must not. */

import type { ClickHouseAccess } from "../inputs/store/clickhouse.ts";
import type { Progress } from "../model/input-file.ts";

export interface ReadOptions {
  /** The id of the source to believe first, before the order in which the register lists its sources. */
  readonly prefer?: string;
  /** Whether notices, archives, files in folders and rows of ledgers that cannot be read only cause a warning. */
  readonly skipBad?: boolean;
  /**
   * Whether every assumption about notices is told. Otherwise only the first ones of each rule are, in bounded memory.
   */
  readonly everyNote?: boolean;
  /**
   * Whether wrong records of registers are left out and told by `Register.findings`, instead of throwing their
   * findings.
   */
  readonly lenient?: boolean;
  /**
   * Whether a contract of a register that notices tell of, too, is put beside what they say: its facts then have the
   * claims of both, to be compared and not to be summed up. The two are the same contract if they have one id, or one
   * procedure that no other contract has. Without this option, a contract that has one id in both stands twice (F7).
   */
  readonly besideNotices?: boolean;
  readonly progress?: (progress: Progress) => void;
}

export interface OpenOptions extends ReadOptions {
  /** Whether findings will be reported. If so, the default register is read with exact positions, too. */
  readonly positions?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** Registers whose suppliers notices may name by any of their names and aliases. Nothing else in them is used. */
  readonly aliases?: readonly string[];
  /** Access to ClickHouse servers, for data that are named by a server's address. */
  readonly clickhouse?: ClickHouseAccess;
}
