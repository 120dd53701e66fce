import { total, totalColumns } from "../engine/total.ts";
import { GROUPINGS } from "../engine/total-groups.ts";
import { WHY_COLUMNS, why } from "../engine/why.ts";
import { UsageError } from "../model/errors.ts";
import type { Call, CommandBody } from "./command.ts";
import { FISCAL_START, fiscalStartOf, groupingsOf } from "./groupings.ts";

/** Throws UsageError for `--sort` and `--limit`: without groups there are no rows to put in order or to leave out. */
const refuseRowOptions = (call: Call): void => {
  const needless = ["sort", "limit"].find((option) => call.text(option) !== undefined);
  if (needless !== undefined)
    throw new UsageError(`--${needless} does nothing for a total without groups`, "add --by, or leave it out");
};

export const totalCommand: CommandBody = {
  options: [
    {
      flags: "--by <key,key>",
      description: `one row for each value of a key, or of two: ${GROUPINGS.join(", ")}`,
      offers: GROUPINGS,
    },
    FISCAL_START,
    {
      flags: "--split <way>",
      description: "with --by supplier: divides shared ceilings, to the cent",
      choices: ["equal"],
    },
    {
      flags: "--why",
      description: "list each ceiling that is counted, and each repetition that is left out",
    },
  ],
  selects: true,
  examples: [
    "lotbook total",
    "lotbook total --by supplier",
    "lotbook total --by supplier --split equal",
    "lotbook total --by deployment,supplier",
    "lotbook total supplier:atos OR supplier:ibm",
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
    const by = groupingsOf(call.text("by"), GROUPINGS, "totals");
    const split = call.text("split") === "equal";
    if (split && !by.includes("supplier"))
      throw new UsageError("--split divides ceilings between suppliers", "add --by supplier");
    const fiscalStart = fiscalStartOf(call.text("fiscal-start"), by);
    if (call.flag("why") && by.length > 0)
      throw new UsageError(
        "--why and --by cannot be combined",
        "--why shows each ceiling that was counted; leave one out",
      );
    if (by.length === 0 && !call.flag("why")) refuseRowOptions(call);
    const { register, selection } = await call.ask();
    if (call.flag("why")) await call.answer(why(register, selection));
    else {
      const options = { by, ...(split && { split: "equal" as const }), ...(fiscalStart && { fiscalStart }) };
      await call.answer(total(register, selection, { ...options, sources: call.shows("sources") }));
    }
    return 0;
  },
};
