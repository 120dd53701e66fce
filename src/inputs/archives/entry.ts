import { createHash } from "node:crypto";
import { posix } from "node:path";
import { DATA_NAME } from "../held-input.ts";
import { ArchiveProblem } from "./limits.ts";

/** A file in an archive. */
export interface Entry {
  /** As the archive writes it; never used as a path. */
  readonly name: string;
  /** To be read once at most, and before the next entry is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** The bytes of what is not read, and is told instead. */
export async function* passedOver(problem: ArchiveProblem): AsyncGenerator<Buffer> {
  yield* [];
  throw problem;
}

/** Of a link nothing is read, wherever it leads; where its name is one of data, something is missing. */
export const linkProblem = (name: string, target?: string): ArchiveProblem => {
  const where = target === undefined || target === "" ? "" : ` to ${target}`;
  return new ArchiveProblem(`it is a link${where}, and links in archives are not followed`, "pack the file itself", {
    warning: !DATA_NAME.test(name),
  });
};

const LONGEST_KEPT = 200;

/** Where other programs unpack a name to: `./a.yaml`, `/a.yaml` and `b/../a.yaml` are one file. */
const pathOf = (name: string): string => posix.normalize(`/${name.replaceAll("\\", "/")}`);

/** The names of an archive's files; one that comes again is told, for other programs keep but one of the files. */
export class KnownNames {
  readonly #names = new Set<string>();

  /** The file of a name; of one that was there before, the problem. */
  entry(name: string, bytes: AsyncIterable<Buffer>): Entry {
    const path = pathOf(name);
    const kept = path.length > LONGEST_KEPT ? createHash("sha256").update(path).digest("base64") : path;
    if (this.#names.has(kept)) {
      const problem = new ArchiveProblem(
        "another file of this name stands before it",
        "the first was read; remove one",
      );
      return { name, bytes: passedOver(problem) };
    }
    this.#names.add(kept);
    return { name, bytes };
  }
}
