import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Finding, InputError } from "../model/errors.ts";
import { decodeUtf8, encodingFinding, readChunks, readWhole, tooLarge } from "./bytes.ts";
import { positionsIn } from "./plain.ts";
import { explainSystemError } from "./system-error.ts";

/** One file to read: a YAML text, or lines of JSON that can be read more than once. */
export type Input =
  | { readonly kind: "yaml"; readonly file: string; readonly text: string }
  | {
      readonly kind: "lines";
      readonly file: string;
      readonly chunks: () => Iterable<Buffer>;
    };

export const STDIN_NAME = "<stdin>";
const MAX_YAML_BYTES = 32 * 2 ** 20;
const MAX_PIPE_BYTES = 1024 * 2 ** 20;
const REGISTER_FILE = /\.(ya?ml|jsonl)$/i;

/** The register files of a folder, by name; anything else is taken as a file. */
export const expandPath = (path: string): string[] => {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`, "check the path");
  }
  if (!isFolder) return [path];
  try {
    const names = readdirSync(path).filter((name) => REGISTER_FILE.test(name) && !name.startsWith("."));
    if (names.length > 0) return names.sort().map((name) => join(path, name));
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`);
  }
  throw new InputError(`the folder ${path} holds no register`, "a register is a .yaml, .yml or .jsonl file");
};

/** Opens a file; what cannot be read twice (a pipe) is held in memory. */
export const openInput = (path: string, findings: Finding[]): Input | undefined => {
  if (!isRegularFile(path)) return inputOf(readWhole(path, MAX_PIPE_BYTES), path, findings);
  if (/\.ya?ml$/i.test(path)) return yamlInput(readWhole(path, MAX_YAML_BYTES), path, findings);
  const [head] = readChunks(path);
  if (/\.jsonl$/i.test(path) || (head !== undefined && looksLikeLines(head))) {
    return { kind: "lines", file: path, chunks: () => readChunks(path) };
  }
  return yamlInput(readWhole(path, MAX_YAML_BYTES), path, findings);
};

const isRegularFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`);
  }
};

/** All that standard input gives; it cannot be read twice. */
export const readStdin = async (stdin: () => AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin()) {
    length += chunk.length;
    if (length > MAX_PIPE_BYTES) throw tooLarge(STDIN_NAME, MAX_PIPE_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Bytes that came from standard input or a pipe. */
export const inputOf = (bytes: Buffer, file: string, findings: Finding[]): Input | undefined =>
  looksLikeLines(bytes) ? { kind: "lines", file, chunks: () => [bytes] } : yamlInput(bytes, file, findings);

/** JSON Lines begin with one whole object on the first line; any other JSON is read as the YAML that it is. */
const looksLikeLines = (bytes: Buffer): boolean => {
  const start = bytes.subarray(0, 3).toString("latin1") === "\u00ef\u00bb\u00bf" ? 3 : 0;
  const end = bytes.indexOf(10, start);
  const first = bytes.subarray(start, end === -1 ? bytes.length : end);
  if (first[0] !== 0x7b) return false;
  return first.toString("latin1").trimEnd().endsWith("}") || end === -1;
};

const yamlInput = (bytes: Buffer, file: string, findings: Finding[]): Input | undefined => {
  if (bytes.length > MAX_YAML_BYTES) throw tooLarge(file, MAX_YAML_BYTES);
  const decoded = decodeUtf8(bytes);
  if (decoded === undefined) {
    findings.push(encodingFinding(bytes, file, 1));
    return undefined;
  }
  const text = decoded.startsWith("\uFEFF") ? decoded.slice(1) : decoded;
  const nul = text.indexOf("\0");
  if (nul === -1) return { kind: "yaml", file, text };
  findings.push({
    rule: "F9",
    severity: "error",
    message: "the file has a NUL character: it is no text",
    hint: "is it the right file?",
    position: positionsIn(text, file)(nul),
  });
  return undefined;
};
