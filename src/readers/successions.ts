import type { Finding } from "../model/errors.ts";
import { isProblem } from "../records/decode.ts";
import type { Supplier } from "../records/supplier.ts";
import type { ReferenceTable } from "./references.ts";

/** Whether a supplier's seats, handed on and on, come back to it. */
const comesBack = (supplier: Supplier): boolean => {
  const passed = new Set<Supplier>();
  const follow = (from: Supplier): boolean =>
    from.successions.some((succession) => {
      const next = succession.kind === "merged" ? succession.successor() : undefined;
      if (next === undefined || passed.has(next)) return false;
      passed.add(next);
      return next === supplier || follow(next);
    });
  return follow(supplier);
};

/** What is wrong with the mergers of suppliers, once all of them are known: nobody there to merge into, or a circle. */
export const successionFindings = (references: ReferenceTable): readonly Finding[] =>
  references.suppliers.flatMap((supplier) =>
    supplier.successions.flatMap((succession, index): readonly Finding[] => {
      if (succession.kind !== "merged") return [];
      const position = supplier.origin.locate(["successions", index, "into"]);
      const into = references.supplier(succession.into);
      if (isProblem(into)) {
        const { rule, problem, hint = "" } = into;
        return [{ rule, severity: "error", message: problem, hint, position }];
      }
      if (!comesBack(supplier)) return [];
      const message = `supplier "${supplier.id}" ends up merged into itself`;
      return [
        {
          rule: "T2-merger",
          severity: "error",
          message,
          hint: "one of them goes on: it is merged into nobody",
          position,
        },
      ];
    }),
  );
