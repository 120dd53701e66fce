import { BUILTIN_REGISTER, isServer } from "../inputs/data-words.ts";
import { filesAt } from "../inputs/folders.ts";
import { openPaths } from "../inputs/inputs.ts";
import { inputFileOf, readChunks } from "../inputs/read-file.ts";
import { UsageError } from "../model/errors.ts";
import type { InputFile } from "../model/input-file.ts";
import type { Register } from "../records/register.ts";
import { DEFAULT_REGISTER, readDefaultRegister } from "./default-register.ts";

/**
 * The files that a register was read from, each once, sorted by name: those that the paths name, those in named folders
 * that hold data, and the ledgers that registers name. Throws UsageError for standard input, which cannot be read
 * again, and for a server.
 */
export const inputFiles = async (paths: readonly string[], register: Register): Promise<readonly InputFile[]> => {
  if (paths.includes("-"))
    throw new UsageError("standard input is no evidence: it cannot be read again", "save it as a file, and name that");
  const server = paths.find(isServer);
  if (server !== undefined)
    throw new UsageError(`${server} is no evidence: it has no files`, "name what its tables were loaded from");
  const files = new Map<string, InputFile>();
  const add = (file: string, chunks: () => Iterable<Uint8Array>): void => {
    if (!files.has(file)) files.set(file, inputFileOf(file, chunks()));
  };
  if (register.isDefault || paths.includes(BUILTIN_REGISTER)) {
    const read = readDefaultRegister(true);
    if ("text" in read) add(DEFAULT_REGISTER, () => [Buffer.from(read.text)]);
  }
  const named = paths.filter((path) => path !== BUILTIN_REGISTER);
  for (const input of await openPaths(named, undefined, [], [])) {
    if (input.kind !== "store") add(input.file, input.chunks);
    else for (const { path } of filesAt(input.file)) add(path, () => readChunks(path));
  }
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      for (const ledger of contract.ledgers) {
        const opened = await register.openLedger(contract, ledger);
        if (opened !== undefined) add(opened.file, opened.chunks);
      }
    }
  }
  return [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
};
