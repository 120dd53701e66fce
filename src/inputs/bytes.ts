import { isAscii, isUtf8 } from "node:buffer";
import { beginningOf, type Finding, findingOf, InputError } from "../model/errors.ts";
import { unlessRefused } from "./system-error.ts";

export const CHUNK_BYTES = 1 << 16;
export const LINE_FEED = 10;
export const NO_BYTES: Buffer = Buffer.from("");

export const countLines = (bytes: Buffer): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
};

/** Each line, without its end. */
export function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) end = bytes.length;
    yield bytes.subarray(start, end);
  }
}

export function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}

export const STDIN_NAME = "<stdin>";

const IN_LINES = "write large registers as JSON Lines: one contract per line in a .jsonl file";

export const tooLarge = (name: string, most: number, hint = IN_LINES): InputError =>
  new InputError(`${name} is larger than ${most / 2 ** 20} MiB`, hint);

export const holdsNoData = (what: string): InputError =>
  new InputError(
    `${what} holds no data`,
    "data are registers (.yaml, .yml, .json, .jsonl), notices in XML or JSON, and archives of them",
  );

export const joined = (chunks: readonly Buffer[]): Buffer => {
  const [first, ...others] = chunks;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(chunks);
};

/**
 * Collects all chunks of a stream. `check` is told how many bytes there are so far, and throws if they are too many.
 */
export const allChunks = async <Chunk extends Uint8Array>(
  chunks: AsyncIterable<Chunk>,
  check: (length: number) => void,
): Promise<Chunk[]> => {
  const all: Chunk[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    check(length);
    all.push(chunk);
  }
  return all;
};

/** Joins chunks, each of which is valid only until the next is asked for. Throws InputError past `most` bytes. */
export const wholeOf = (chunks: Iterable<Buffer>, name: string, most: number, hint?: string): Buffer => {
  const copies: Buffer[] = [];
  let length = 0;
  for (const chunk of chunks) {
    length += chunk.length;
    if (length > most) throw tooLarge(name, most, hint);
    copies.push(Buffer.from(chunk));
  }
  return joined(copies);
};

/**
 * All that standard input gives, which can be read only once. Throws InputError past `most` bytes, and if there is no
 * standard input.
 */
export const readStdin = async (
  stdin: (() => AsyncIterable<Uint8Array>) | undefined,
  most: number,
  hint?: string,
): Promise<Buffer> => {
  if (stdin === undefined) throw new InputError('"-" names standard input, and none was given');
  const check = (length: number): void => {
    if (length > most) throw tooLarge(STDIN_NAME, most, hint);
  };
  return Buffer.concat(await allChunks(stdin(), check));
};

/** Bytes as text, or undefined where they are not UTF-8. */
export const decodeUtf8 = (bytes: Buffer): string | undefined => {
  if (isAscii(bytes)) return bytes.toString("latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
};

/**
 * A name for people to read. The bytes of a name that is not UTF-8 are written as `\xE9`, so that unlike names stay
 * unlike.
 */
export const textOfName = (bytes: Buffer): string => {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return bytes.toString("latin1").replace(/[^ -~]/g, (char) => `\\x${hexadecimal(char.charCodeAt(0))}`);
};

const hexadecimal = (code: number): string => code.toString(16).toUpperCase().padStart(2, "0");

/** Says what to do about bytes that are not UTF-8, by the encoding that they seem to have. */
export type EncodingHint = (encoding: "utf-16" | "windows-1252") => string;

/** The finding for bytes that are not text. `firstLine` is the number of their first line. */
export const encodingFinding = (
  bytes: Buffer,
  file: string,
  firstLine: number,
  hint: EncodingHint = () => "save it as UTF-8",
): Finding => {
  const wide = firstLine === 1 && wideEncodingOf(bytes) !== undefined;
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    const row = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || wide || !isUtf8(row)) return invalidRow(row, { file, line, wide }, hint);
    line++;
    start = end + 1;
  }
};

const BINARY = /[\0-\x08\x0e-\x1f]/;

interface Row {
  readonly file: string;
  readonly line: number;
  readonly wide: boolean;
}

const invalidRow = (row: Buffer, { file, line, wide }: Row, hint: EncodingHint): Finding => {
  const text = row.toString("utf8").replace(/\r$/, "");
  const message = wide ? "the file is UTF-16, not UTF-8" : "the file is not valid UTF-8 here";
  const column = wide ? 1 : text.indexOf("\ufffd") + 1;
  const position = { file, line, column, text: BINARY.test(text) ? "" : text };
  return findingOf("F9", message, position, hint(wide ? "utf-16" : "windows-1252"));
};

/** The text of an XML document, in the encoding that its first bytes or its declaration name (XML 1.0, appendix F). */
export const textOfXml = (bytes: Buffer, file: string): string | Finding => {
  const encoding = wideEncodingOf(bytes) ?? declaredEncodingOf(bytes);
  if (encoding !== "utf-8" && !(encoding === "us-ascii" && isAscii(bytes))) return decodeAs(encoding, bytes, file);
  return decodeUtf8(bytes) ?? encodingFinding(bytes, file, 1);
};

export const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/** The text of a JSON document, and whether it had to be read as Windows-1252, in which some publishers write OCDS. */
export const textOfJson = (bytes: Buffer): { readonly text: string; readonly windows1252: boolean } => {
  const wide = wideEncodingOf(bytes);
  const text = wide === undefined ? decodeUtf8(bytes) : new TextDecoder(wide).decode(bytes);
  if (text === undefined) return { text: textOfWindows1252(bytes), windows1252: true };
  return { text: withoutMark(text), windows1252: false };
};

/**
 * The kind of UTF-16 that bytes are in, if any. It shows by a byte order mark, or by a zero beside the first character.
 */
export const wideEncodingOf = ([first, second]: Buffer): "utf-16le" | "utf-16be" | undefined => {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : undefined;
};

const declaredEncodingOf = (bytes: Buffer): string => {
  const declaration = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/;
  return (declaration.exec(bytes.toString("latin1", 0, 200))?.[1] ?? "utf-8").toLowerCase();
};

const decodeAs = (encoding: string, bytes: Buffer, file: string): string | Finding => {
  // Node's own decoders take Windows-1252 for Latin-1.
  if (encoding === "iso-8859-1" || encoding === "windows-1252") return textOfWindows1252(bytes);
  const refuse = (message: string, hint: string): Finding => findingOf("F9", message, beginningOf(file), hint);
  const decoder = unlessRefused(() => new TextDecoder(encoding, { fatal: true }));
  if (decoder === undefined) return refuse(`the encoding "${encoding}" is not known`, "save it as UTF-8");
  try {
    return decoder.decode(bytes);
  } catch {
    return refuse(`the file is not valid ${encoding}`, "is it the right file?");
  }
};

/** Decodes Windows-1252, and also what says that it is Latin-1, as browsers do: mostly it is Windows-1252. */
export const textOfWindows1252 = (bytes: Buffer): string =>
  bytes.toString("latin1").replace(/[\u0080-\u009f]/g, inWindows1252);

/** The characters that Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const inWindows1252 = (control: string): string => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control;
