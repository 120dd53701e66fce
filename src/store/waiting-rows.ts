import { closeSync, openSync, rmSync } from "node:fs";
import { sqlName, sqlText } from "../inputs/store/duckdb.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredValue } from "../model/stored-table.ts";
import { writeFully } from "../writers/write-fully.ts";

/** How DuckDB casts a text to the type of a column. A text that does not fit is an error and is never cut off. */
const CASTS: Readonly<Record<StoredColumn["type"], (column: string) => string>> = {
  text: (column) => column,
  texts: (column) => `CASE WHEN ${column} = '' THEN [] ELSE string_split(${column}, '${BETWEEN_TEXTS}') END`,
  count: (column) => `CAST(${column} AS BIGINT)`,
  // DuckDB converts texts to decimals of this size two hundred times more slowly than to whole numbers.
  minor: (column) => `CAST(CAST(${column} AS HUGEINT) AS DECIMAL(38,0))`,
  ratio: (column) => `CAST(${column} AS DECIMAL(38,6))`,
  flag: (column) => `CAST(${column} AS BOOLEAN)`,
  bytes: (column) => `from_base64(${column})`,
};

/** The signs between the fields of a line, and around fields that contain one of these signs. */
const BETWEEN = "\u001e";
const AROUND = "\u001d";
const NEEDS_AROUND = new RegExp(`[${BETWEEN}${AROUND}\r\n]`);

/** An undefined value becomes an empty field, and an empty text a pair of quoting signs. */
const fieldOf = (value: StoredValue): string => {
  if (value === undefined) return "";
  const isPlain = value !== "" && !NEEDS_AROUND.test(value);
  return isPlain ? value : `${AROUND}${value.replaceAll(AROUND, AROUND + AROUND)}${AROUND}`;
};

/** How many characters to hold before they are written. */
const MOST_HELD = 2 ** 16;
/** How many rows, values or characters make a part of a table. DuckDB holds a part in memory while it writes it. */
const MOST_ROWS = 122_880;
const MOST_VALUES = 2 ** 20;
const MOST_TEXT = 2 ** 23;
/** No UTF-16 unit of JavaScript takes more bytes in UTF-8. */
const MOST_BYTES_EACH = 3;

/**
 * Rows that wait to become a part of a table. They wait in a file, so that any number of open tables take no memory,
 * and DuckDB reads the file faster than it can be handed rows. Throws the system's own errors.
 */
export class WaitingRows {
  readonly #file: string;
  readonly #columns: readonly StoredColumn[];
  readonly #descriptor: number;
  #text: string;
  #isOpen = true;
  #rows = 0;
  #length = 0;
  #longest = 0;

  constructor(file: string, columns: readonly StoredColumn[]) {
    this.#file = file;
    this.#columns = columns;
    this.#descriptor = openSync(file, "wx");
    // A line of headings keeps the first text from being taken for a byte order mark.
    this.#text = `${columns.map(({ name }) => name).join(BETWEEN)}\n`;
  }

  get count(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    const values = this.#rows * this.#columns.length;
    return this.#rows >= MOST_ROWS || values >= MOST_VALUES || this.#length >= MOST_TEXT;
  }

  add(row: readonly StoredValue[]): void {
    const line = `${row.map(fieldOf).join(BETWEEN)}\n`;
    this.#rows++;
    this.#length += line.length;
    this.#longest = Math.max(this.#longest, line.length);
    this.#text += line;
    if (this.#text.length >= MOST_HELD) this.#write();
  }

  #write(): void {
    writeFully(this.#descriptor, this.#text);
    this.#text = "";
  }

  /** Closes the file and returns a query for its rows, cast to the types of their columns. */
  query(): string {
    this.#write();
    this.#close();
    const names = this.#columns.map(({ name }) => sqlName(name));
    const typed = this.#columns.map(({ type }, index) => `${CASTS[type](names[index] ?? "")} AS ${names[index]}`);
    const longest = Math.max(MOST_HELD, MOST_BYTES_EACH * this.#longest);
    const texts = this.#columns.map(({ name }) => `${sqlText(name)}: 'VARCHAR'`).join(", ");
    const signs = `delim = '${BETWEEN}', quote = '${AROUND}', escape = '${AROUND}', new_line = '\\n', comment = ''`;
    const nulls = "nullstr = '', allow_quoted_nulls = false";
    const sizes = `parallel = false, max_line_size = ${longest}, buffer_size = ${4 * longest}`;
    return `SELECT ${typed.join(", ")} FROM read_csv(${sqlText(this.#file)}, auto_detect = false, header = true, ${signs}, ${nulls}, ${sizes}, columns = {${texts}})`;
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  discard(): void {
    this.#close();
    rmSync(this.#file, { force: true });
  }
}
