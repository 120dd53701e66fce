import type { Supplier } from "./supplier.ts";

/** Every name by which a supplier is known: its id, the names that sources give it, its aliases, and those that it had before. */
export const namesOf = (supplier: Supplier): string[] => [
  supplier.id,
  ...supplier.name.map((claim) => claim.value),
  ...supplier.aliases,
  ...supplier.successions.flatMap((succession) => (succession.kind === "renamed" ? [succession.from] : [])),
];
