import { diff } from "../engine/diff/diff.ts";
import { DIFF_COLUMNS } from "../engine/diff/diff-row.ts";
import { UsageError } from "../model/errors.ts";
import type { CommandBody } from "./command.ts";

export const diffCommand: CommandBody = {
  argument: { name: "<old> <new>", description: "a register: a file, a folder, or git:REVISION:path" },
  selects: false,
  examples: [
    "lotbook diff examples/harbour-2023.yaml examples/harbour.yaml",
    "lotbook diff examples/harbour-2023.yaml examples/harbour.yaml --format markdown",
  ],
  columns: DIFF_COLUMNS,
  run: async (call) => {
    const [before, after, ...more] = call.args;
    if (before === undefined || after === undefined || more.length > 0) {
      throw new UsageError("diff compares two registers", "for example: lotbook diff git:HEAD:contracts contracts");
    }
    const report = diff(await call.open({ paths: [before] }), await call.open({ paths: [after] }));
    await call.answer(report);
    return report.count() === 0 ? 0 : 1;
  },
};
