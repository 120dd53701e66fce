import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";

/** Reads what `--by` says, `buyer` or `buyer,year`: one or two of the keys by which these things can be grouped. */
export const groupingsOf = <Key extends string>(
  text: string | undefined,
  keys: readonly Key[],
  what: string,
): readonly Key[] => {
  if (text === undefined) return [];
  const names = text.split(",").map((name) => name.trim());
  const groupings = names.map((name) => keys.find((key) => key === name) ?? refuse(name, keys, what));
  if (new Set(groupings).size < groupings.length)
    throw new UsageError(`--by ${text} names a key twice`, "name each once");
  if (groupings.length > 2) throw new UsageError("--by takes at most two keys", "for example --by buyer,year");
  return groupings;
};

const refuse = (name: string, keys: readonly string[], what: string): never => {
  const near = nearest(name, keys);
  throw new UsageError(
    `${what} cannot be grouped by "${name}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `keys: ${keys.join(", ")}`,
  );
};
