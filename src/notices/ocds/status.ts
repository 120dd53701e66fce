import type { PlainMap } from "../../syntax/plain.ts";
import { textIn } from "./plain-members.ts";

/**
 * The status of a tender, lot, award or contract: the final one of OCDS 1.2 where there is one. Many publish the codes with
 * capitals, or spell one of them as Americans do.
 */
export const statusIn = (object: PlainMap): string | undefined => {
  const status = (textIn(object, "finalStatus") ?? textIn(object, "status"))?.toLowerCase();
  return status === "canceled" ? "cancelled" : status;
};

/** Whether a contract was not cancelled, and did not fail before it was signed. */
export const isStanding = (contract: PlainMap): boolean => !FALLEN.has(statusIn(contract) ?? "");
const FALLEN: ReadonlySet<string> = new Set(["cancelled", "unsuccessful"]);
