import { UsageError } from "../model/errors.ts";
import { meantBy } from "../model/nearest.ts";
import { type Command, type CommandBody, commandNamed } from "./command.ts";

const FILES = ["register", "import"] as const;

/** Describes the JSON answers of the other commands, and the format of registers. */
export const schemaCommand = (answering: () => Promise<readonly Command[]>): CommandBody => ({
  argument: {
    name: "<command>",
    description:
      "one of the other commands; or register or import, for editors of registers and of maps of spreadsheets",
    offers: "commands",
  },
  words: "names",
  takes: ["output"],
  selects: false,
  examples: ["lotbook schema lots", "lotbook schema register", "lotbook schema import"],
  run: async (call) => {
    const [wanted = ""] = call.args;
    const commands = await answering();
    const command = commandNamed(wanted, commands) ?? FILES.find((file) => file === wanted);
    if (command !== undefined) {
      await call.printSchema(command);
      return 0;
    }
    const names = [...commands.map(({ name }) => name), ...FILES];
    const hint = meantBy(wanted, names, `there is one of ${names.join(", ")}`);
    throw new UsageError(`there is no command "${wanted}" with an answer in JSON`, hint);
  },
});
