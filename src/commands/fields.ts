import { type Answer, FIELD_COLUMNS, fields } from "../engine/vocabulary.ts";
import { UsageError } from "../model/errors.ts";
import { meantBy } from "../model/nearest.ts";
import { type Command, type CommandBody, commandNamed } from "./command.ts";

/** The columns of a command's answers, and those that only some of its options bring. */
export const answersOf = ({ name, columns = [], variants = {} }: Command): readonly Answer[] => {
  const always = new Set(columns.map((column) => column.name));
  const more = Object.entries(variants).map(([option, shown]) => ({
    name: `${name} ${option}`,
    columns: shown.filter((column) => !always.has(column.name)),
  }));
  return [{ name, columns }, ...more];
};

const answeringNamed = (wanted: string, commands: readonly Command[]): Command => {
  const command = commandNamed(wanted, commands);
  if (command !== undefined) return command;
  const names = commands.map(({ name }) => name);
  const hint = meantBy(wanted, names, `commands: ${names.join(", ")}`);
  throw new UsageError(`there is no command "${wanted}" with fields`, hint);
};

/** Lists the vocabulary of the commands that answer, itself among them. */
export const fieldsCommand = (answering: () => Promise<readonly Command[]>): CommandBody => ({
  argument: { name: "[command]", description: "only the fields of this command", offers: "commands" },
  words: "names",
  takes: ["answer", "rows", "output"],
  selects: false,
  examples: ["lotbook fields", "lotbook fields lots", "lotbook fields total --json"],
  columns: FIELD_COLUMNS,
  run: async (call) => {
    const [wanted] = call.args;
    const all = await answering();
    const commands = wanted === undefined ? all : [answeringNamed(wanted, all)];
    const queries = commands.some(({ selects }) => selects);
    await call.answer(fields(commands.flatMap(answersOf), queries));
    return 0;
  },
});

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
