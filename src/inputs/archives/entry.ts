import { createHash } from "node:crypto";
import { posix } from "node:path";
import { DATA_NAME } from "../held-input.ts";
import { ArchiveProblem } from "./limits.ts";

export interface Entry {
  /** As the archive writes it; never used as a path. */
  readonly name: string;
  /** To be read once at most, and before the next entry is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
}

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

/** Whether a name can be one of a file: not of none, of a folder, or one that ends for some programs before it does for others. */
const namesFile = (name: string): boolean => !/\0|(?:^|[\\/])\.{0,2}$/.test(name);

/**
 * The names of an archive's files. One that is no name of a file, or comes again, is told: other programs find no file there, or
 * keep but one of them.
 */
export const knownNames = (): ((name: string, bytes: AsyncIterable<Buffer>) => Entry) => {
  const names = new Set<string>();
  const faultOf = (name: string): ArchiveProblem | undefined => {
    if (!namesFile(name))
      return new ArchiveProblem("it has content, but its name cannot be a file's", "pack it under another name");
    const path = pathOf(name);
    const kept = path.length > LONGEST_KEPT ? createHash("sha256").update(path).digest("base64") : path;
    if (names.has(kept))
      return new ArchiveProblem("another file of this name stands before it", "the first was read; remove one");
    names.add(kept);
    return undefined;
  };
  return (name, bytes) => {
    const problem = faultOf(name);
    return { name, bytes: problem === undefined ? bytes : passedOver(problem) };
  };
};
