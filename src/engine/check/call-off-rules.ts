import { type Finding, findingOf } from "../../model/errors.ts";
import { firstFew } from "../../model/first-few.ts";
import { type CallOffs, isCallOff } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";

/**
 * Finds the contracts that would be call-offs of each other, and those of a framework agreement that nobody knows (T11). One
 * that is left out for what is wrong with it is among the data all the same.
 */
export const callOffCheck = (
  { circles, frameworkOf }: CallOffs,
  leftOut: ReadonlySet<string>,
): ((contract: Contract) => readonly Finding[]) => {
  const circleOf = new Map(circles.flatMap((circle) => circle.map((id) => [id, circle] as const)));
  return (contract) => {
    const { id, callOffOf, origin } = contract;
    const circle = circleOf.get(id);
    const position = () => origin.locate(["callOffOf"]);
    if (circle !== undefined)
      return [findingOf("T11-circle", inCircle(id, circle), position(), "it counts by itself: correct callOffOf")];
    const isKnown = frameworkOf(contract) !== undefined || leftOut.has(callOffOf ?? "");
    if (!isCallOff(contract) || isKnown) return [];
    const message = `${id} is a call-off of ${callOffOf}, which is not among the data`;
    const hint =
      "it counts by itself, and is compared with no ceiling: read its framework agreement too, or correct the reference";
    return [findingOf("T11-unknown", message, position(), hint)];
  };
};

const inCircle = (id: string, circle: readonly string[]): string => {
  const others = circle.filter((other) => other !== id);
  if (others.length === 0) return `${id} is a call-off of itself`;
  return `${id} is a call-off of ${firstFew(others, 3)}, and so in a circle of itself`;
};
