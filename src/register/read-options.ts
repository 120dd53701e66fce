/** The options of the library, in a file that needs no types of Node: so do the declarations of it for browsers. */

import type { ClickHouseAccess } from "../inputs/store/clickhouse.ts";
import type { Progress } from "../model/input-file.ts";

export interface ReadOptions {
  /** The id of the source to believe first, before the order in which the register lists its sources. */
  readonly prefer?: string;
  /** Whether notices and archives, files in folders, and rows of ledgers that cannot be read are only worth a warning. */
  readonly skipBad?: boolean;
  /** Whether every assumption about notices is told, and not only the first of each rule, in bounded memory. */
  readonly everyNote?: boolean;
  /** Whether records of registers that are wrong are left out and told by `Register.findings`, instead of thrown. */
  readonly lenient?: boolean;
  /**
   * Whether a contract of a register that notices tell of, too, stands beside what they say: its facts have the claims of
   * both, to be compared and not to be summed up. Otherwise it stands twice (F7) where both give it one id. They are the
   * same where they have one id, or one procedure that is no other contract's.
   */
  readonly besideNotices?: boolean;
  readonly progress?: (progress: Progress) => void;
}

export interface OpenOptions extends ReadOptions {
  /** Whether findings will be reported: then the default register, too, is read with exact positions. */
  readonly positions?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** Registers whose suppliers notices may name by any of their names and aliases; nothing else of them is read. */
  readonly aliases?: readonly string[];
  /** Who asks servers of ClickHouse, where data are named by their addresses. */
  readonly clickhouse?: ClickHouseAccess;
}
