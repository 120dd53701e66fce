import { show, showColumns } from "../engine/show.ts";
import { UsageError } from "../model/errors.ts";
import type { CommandBody } from "./command.ts";

export const showCommand: CommandBody = {
  argument: {
    name: "<id>",
    description: "a contract, a lot (cloud-i/2, or 2) or a supplier (id, name or alias)",
    offers: "ids",
  },
  options: [
    {
      flags: "--sources",
      description: "who states each fact, where, and whether others agree",
    },
  ],
  words: "id",
  selects: false,
  examples: [
    "lotbook show cloud-i",
    "lotbook show cloud-i --at 2018-03-01",
    "lotbook show 2 --sources",
    'lotbook show "ATOS Belgium"',
  ],
  columns: showColumns({}),
  variants: { "--sources": showColumns({ sources: true }) },
  run: async (call) => {
    const [wanted] = call.args;
    if (wanted === undefined) throw new UsageError("show what?", "for example: lotbook show cloud-i");
    await call.answer(show(await call.open(), wanted, { sources: call.flag("sources"), at: call.today() }));
    return 0;
  },
};
