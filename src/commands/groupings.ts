import { UsageError } from "../model/errors.ts";
import { meantBy } from "../model/nearest.ts";

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
  throw new UsageError(`${what} cannot be grouped by "${name}"`, meantBy(name, keys, `keys: ${keys.join(", ")}`));
};

/** The month with which years begin, as `--fiscal-start` says: `04`, `4`. Undefined if it is left out. */
export const fiscalStartOf = (text: string | undefined, by: readonly string[]): number | undefined => {
  if (text === undefined) return undefined;
  if (!by.includes("year") && !by.includes("quarter"))
    throw new UsageError("--fiscal-start says when years begin", "add --by year, or --by quarter");
  const month = /^0?([1-9]|1[0-2])$/.exec(text)?.[1];
  if (month === undefined)
    throw new UsageError(`--fiscal-start "${text}" is not a month`, "a month from 01 to 12: --fiscal-start 04");
  return Number(month);
};

export const FISCAL_START = {
  flags: "--fiscal-start <month>",
  description: "with --by year or quarter: the month in which years begin (01 to 12)",
};
