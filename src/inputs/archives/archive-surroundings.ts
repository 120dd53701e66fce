import { InputError } from "../../model/errors.ts";
import { slicesOf } from "../bytes.ts";
import type { NoticeInput } from "../held-input.ts";
import { type NamedFile, NO_SURROUNDINGS, type Refusal, type Surroundings } from "../surroundings.ts";
import { filesNamedIn, plainName } from "./documents.ts";
import { LIMITS } from "./limits.ts";

/**
 * Where registers came from that are packed in a file. What they name is looked for by the names in the archive alone,
 * which are never used as paths. All of it is read in one go, for archives are read from the beginning.
 */
export class ArchiveSurroundings {
  readonly #input: NoticeInput;
  readonly #wanted = new Set<string>();
  #read: Promise<ReadonlyMap<string, Buffer>> | undefined;

  constructor(input: NoticeInput) {
    this.#input = input;
  }

  /** Those of a register by its name; one that is only compressed lies where the file lies. */
  of(register: string): Surroundings {
    const { file, surroundings = NO_SURROUNDINGS } = this.#input;
    if (register === file) return surroundings;
    // Some programs for Windows put their own separator into archives.
    const folder = register.slice(0, Math.max(register.lastIndexOf("/"), register.lastIndexOf("\\")) + 1);
    const expect = (name: string): string => {
      const path = `${folder}${withoutDots(name)}`;
      this.#expect(plainName(path));
      return path;
    };
    return { expect, open: (name) => this.#open(name, expect(name)) };
  }

  #expect(name: string): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    this.#read = undefined;
  }

  async #open(_name: string, path: string): Promise<NamedFile | Refusal> {
    this.#read ??= readNamed(this.#input, this.#wanted);
    const bytes = (await this.#read).get(plainName(path));
    if (bytes === undefined) throw new InputError(`cannot read ${path}: there is no such file in the archive`);
    return { chunks: () => slicesOf(bytes) };
  }
}

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
