import type { Column } from "../engine/report.ts";
import { GROUPINGS, type Grouping, type TotalRow, total, totalColumns } from "../engine/total.ts";
import { why } from "../engine/why.ts";
import { UsageError } from "../model/errors.ts";
import type { Command } from "./command.ts";

const groupingNamed = (name: string | undefined): Grouping | undefined =>
  GROUPINGS.find((grouping) => grouping === name);

/** The fields of every grouping together: those of the plain total, of each key, and of suppliers. */
const everyColumn = (): readonly Column<TotalRow>[] => {
  const columns = [totalColumns({}), ...GROUPINGS.map((by) => totalColumns({ by, split: "equal" }))].flat();
  return columns.filter(({ name }, index) => columns.findIndex((other) => other.name === name) === index);
};

export const totalCommand: Command = {
  name: "total",
  summary: "what may be spent, each shared ceiling counted once",
  options: [
    {
      flags: "--by <key>",
      description: "one row for each",
      choices: GROUPINGS,
    },
    {
      flags: "--split <way>",
      description: "by supplier: divide shared ceilings, to the cent",
      choices: ["equal"],
    },
    {
      flags: "--why",
      description: "instead: each ceiling counted, once, and each repetition left out",
    },
  ],
  selects: true,
  examples: [
    "lotbook total",
    "lotbook total --by supplier",
    "lotbook total --by supplier --split equal",
    "lotbook total --why",
    "lotbook total --prefer digit",
  ],
  columns: everyColumn(),
  run: async (call) => {
    const by = groupingNamed(call.text("by"));
    const split = call.text("split") === "equal";
    if (split && by !== "supplier")
      throw new UsageError("--split divides ceilings between suppliers", "add --by supplier");
    const register = await call.open();
    if (call.flag("why")) await call.answer(why(register, call.selection));
    else
      await call.answer(
        total(register, call.selection, {
          ...(by && { by }),
          ...(split && { split: "equal" }),
        }),
      );
    return 0;
  },
};
