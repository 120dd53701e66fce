import { type Finding, findingOf } from "../../model/errors.ts";
import { firstFew } from "../../model/first-few.ts";
import type { CallOffs } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";

/** Finds the contracts that would be call-offs of each other (T11). */
export const circleCheck = ({ circles }: CallOffs): ((contract: Contract) => readonly Finding[]) => {
  const circleOf = new Map(circles.flatMap((circle) => circle.map((id) => [id, circle] as const)));
  return ({ id, origin }) => {
    const circle = circleOf.get(id);
    if (circle === undefined) return [];
    const others = circle.filter((other) => other !== id);
    const whom = others.length === 0 ? "itself" : firstFew(others, 3);
    const message = `${id} is a call-off of ${others.length === 0 ? whom : `${whom}, and so in a circle of itself`}`;
    return [findingOf("T11-circle", message, origin.locate(["callOffOf"]), "it counts by itself: correct callOffOf")];
  };
};
