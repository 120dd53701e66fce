import { UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import type { Command } from "./command.ts";

/** Describes the JSON answers of the other commands. */
export const schemaCommand = (commands: readonly Command[]): Command => ({
  name: "schema",
  summary: "the JSON Schema of a command's --json answer",
  argument: { name: "<command>", description: "one of the other commands" },
  selects: false,
  examples: ["lotbook schema lots"],
  run: async (call) => {
    const [wanted = ""] = call.args;
    const command = commands.find(({ name }) => name === wanted);
    if (command !== undefined) {
      call.printSchema(command);
      return 0;
    }
    const names = commands.map(({ name }) => name);
    const near = nearest(wanted, names);
    throw new UsageError(
      `there is no command "${wanted}" with an answer in JSON`,
      near.length > 0 ? `did you mean ${near.join(" or ")}?` : `commands: ${names.join(", ")}`,
    );
  },
});
