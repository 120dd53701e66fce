import { nearest } from "../model/nearest.ts";
import type { Register } from "../records/register.ts";

/** What to write instead of the name of a query that the register does not have; undefined for other words. */
export const queryNameHint = ({ queries }: Register, written: string): string | undefined => {
  if (!written.startsWith(":")) return undefined;
  const names = [...queries.keys()].map((name) => `:${name}`);
  const near = nearest(written, names);
  if (near.length > 0) return `did you mean ${near.join(" or ")}?`;
  if (names.length === 0) return "the register names no queries; @file reads one from a file";
  return `the register names ${names.slice(0, 5).join(", ")}`;
};
