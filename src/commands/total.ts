import { GROUPINGS, type Grouping, total, totalColumns } from "../engine/total.ts";
import { WHY_COLUMNS, why } from "../engine/why.ts";
import { UsageError } from "../model/errors.ts";
import type { Command } from "./command.ts";

const groupingNamed = (name: string | undefined): Grouping | undefined =>
  GROUPINGS.find((grouping) => grouping === name);

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
  columns: totalColumns({}),
  variants: {
    ...Object.fromEntries(GROUPINGS.map((by) => [`--by ${by}`, totalColumns({ by })])),
    "--by supplier --split equal": totalColumns({ by: "supplier", split: "equal" }),
    "--why": WHY_COLUMNS,
  },
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
