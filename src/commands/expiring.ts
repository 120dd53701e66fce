import { DECISION_COLUMNS, decisions } from "../engine/decisions.ts";
import { EXPIRING_COLUMNS, expiring } from "../engine/expiring.ts";
import { periodAsked } from "../query/values.ts";
import type { CommandBody } from "./command.ts";

export const expiringCommand: CommandBody = {
  options: [
    {
      flags: "--within <period>",
      description: "only what ends within this time, certainly or possibly: 90d, 26w, 6m, 1y",
    },
    {
      flags: "--decisions",
      description: "list by when to give notice, decide, begin the next procedure, review",
    },
    { flags: "--renewals", description: "ends of renewals, too" },
  ],
  selects: true,
  examples: [
    "lotbook expiring --at 2017-06-30 --within 6m",
    "lotbook expiring --at 2017-06-30 --renewals",
    "lotbook expiring is:shared --at 2017-06-30 --json",
  ],
  columns: EXPIRING_COLUMNS,
  variants: { "--decisions": DECISION_COLUMNS },
  run: async (call) => {
    const within = call.text("within");
    const period = within === undefined ? {} : { within: periodAsked(within, "--within") };
    const { register, selection } = await call.ask();
    if (call.flag("decisions")) await call.answer(decisions(register, selection, period));
    else await call.answer(expiring(register, selection, { ...period, renewals: call.flag("renewals") }));
    return 0;
  },
};
