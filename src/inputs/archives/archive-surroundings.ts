import { InputError } from "../../model/errors.ts";
import { slicesOf } from "../bytes.ts";
import type { NoticeInput } from "../held-input.ts";
import { type NamedFile, NO_SURROUNDINGS, type Surroundings } from "../surroundings.ts";
import { filesNamedIn, plainName } from "./documents.ts";
import { LIMITS } from "./limits.ts";

/**
 * Where registers came from that are packed in a file. What they name is looked for by the names in the archive alone,
 * which are never used as paths. All of it is read in one go, for archives are read from the beginning.
 */
export const archiveSurroundings = (input: NoticeInput): ((register: string) => Surroundings) => {
  const wanted = new Set<string>();
  let read: Promise<ReadonlyMap<string, Buffer>> | undefined;
  const expect = (path: string): string => {
    const name = plainName(path);
    if (!wanted.has(name)) read = undefined;
    wanted.add(name);
    return path;
  };
  const open = async (path: string): Promise<NamedFile> => {
    read ??= readNamed(input, wanted);
    const bytes = (await read).get(plainName(path));
    if (bytes === undefined) throw new InputError(`cannot read ${path}: there is no such file in the archive`);
    return { chunks: () => slicesOf(bytes) };
  };
  const { file, surroundings = NO_SURROUNDINGS } = input;
  return (register) => {
    // What is only compressed lies where the file lies.
    if (register === file) return surroundings;
    // Some programs for Windows put their own separator into archives.
    const folder = register.slice(0, Math.max(register.lastIndexOf("/"), register.lastIndexOf("\\")) + 1);
    const pathOf = (name: string): string => expect(`${folder}${withoutDots(name)}`);
    return { expect: pathOf, open: async (name) => await open(pathOf(name)) };
  };
};

/** A name without steps that lead nowhere: `a/./b` and `a/c/../b` are `a/b`; what leads out does so still. */
const withoutDots = (name: string): string => {
  const steps: string[] = [];
  for (const step of name.split("/")) {
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (step !== "." && (step !== "" || steps.length === 0)) steps.push(step);
  }
  return steps.join("/");
};

/** The files of an archive that are wanted, by their names; together they may be as long as one document may be. */
const readNamed = async (input: NoticeInput, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>();
  let length = 0;
  for await (const { file, bytes } of filesNamedIn(input, wanted)) {
    const name = plainName(file);
    files.set(name, bytes);
    length += bytes.length;
    if (length > LIMITS.documentBytes) throw new InputError(`${input.file} holds too many ledgers`, TOO_MANY);
  }
  return files;
};

const TOO_MANY = `together they may have up to ${LIMITS.documentBytes / 2 ** 20} MiB: unpack the archive yourself`;
