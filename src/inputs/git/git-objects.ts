import { InputError } from "../../model/errors.ts";
import { askGit } from "./ask-git.ts";

const listed = (objects: Iterable<string>): string => [...objects].map((object) => `${object}\n`).join("");

/** How many bytes objects have, without reading them. */
export const sizesOf = (objects: Iterable<string>, about: string): ReadonlyMap<string, number> => {
  const unlike = new Set(objects);
  if (unlike.size === 0) return new Map();
  const lines = (askGit(["cat-file", "--batch-check"], about, listed(unlike))?.toString("latin1") ?? "").split("\n");
  return new Map(
    [...unlike].map((object, index) => {
      const [, size] = /^\S+ [a-z]+ (\d+)$/.exec(lines[index] ?? "") ?? [];
      if (size === undefined) throw notHere(object, about);
      return [object, Number(size)];
    }),
  );
};

/** What objects hold, in their order. */
export const readObjects = (type: "blob" | "tree", objects: readonly string[], about: string): readonly Buffer[] => {
  if (objects.length === 0) return [];
  const answer = askGit(["cat-file", "--batch"], about, listed(objects));
  const form = new RegExp(`^\\S+ ${type} (\\d+)$`);
  let start = 0;
  return objects.map((object) => {
    const end = answer?.indexOf("\n", start) ?? -1;
    const [, size] = form.exec(answer?.toString("latin1", start, end) ?? "") ?? [];
    if (answer === undefined || size === undefined) throw notHere(object, about);
    start = end + 1 + Number(size) + 1;
    return answer.subarray(end + 1, start - 1);
  });
};

/** What git gives at a time is held twice for a while. */
const BYTES_AT_ONCE = 64 * 2 ** 20;

/** What blobs of known sizes hold, each read once. */
export const readBlobs = (sizes: ReadonlyMap<string, number>, about: string): ReadonlyMap<string, Buffer> => {
  const contents = new Map<string, Buffer>();
  const read = (objects: readonly string[]): void => {
    for (const [index, bytes] of readObjects("blob", objects, about).entries())
      contents.set(objects[index] ?? "", bytes);
  };
  let [ahead, length]: [string[], number] = [[], 0];
  for (const [object, size] of sizes) {
    if (length + size > BYTES_AT_ONCE) {
      read(ahead);
      [ahead, length] = [[], 0];
    }
    ahead.push(object);
    length += size;
  }
  read(ahead);
  return contents;
};

const notHere = (object: string, about: string): InputError =>
  new InputError(
    `cannot read ${about}: this clone does not hold ${object}`,
    `where the clone is partial, lotbook fetches nothing: git cat-file -p ${object} does`,
  );
