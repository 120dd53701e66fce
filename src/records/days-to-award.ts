import { firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { Contract } from "./contract.ts";

/** How many days went by from the call to the award; undefined unless both are known to the day. */
export const daysToAward = (
  { callDate, awardDate }: Pick<Contract, "callDate" | "awardDate">,
  preference: Preference,
): number | undefined => {
  const [called, awarded] = [preference.value(callDate), preference.value(awardDate)];
  if (called?.day === undefined || awarded?.day === undefined) return undefined;
  return firstDayNumber(awarded) - firstDayNumber(called);
};
