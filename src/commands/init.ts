import { LAYOUT_COLUMNS, layouts } from "../engine/layouts.ts";
import type { CommandBody } from "./command.ts";

const DEFAULT_NAME = "contracts.yaml";

export const initCommand: CommandBody = {
  argument: {
    name: "[file]",
    description: `where to write it (default: ${DEFAULT_NAME}); - for standard output`,
    offers: "files",
  },
  words: "names",
  takes: [],
  selects: false,
  examples: ["lotbook init -"],
  run: async (call) => {
    const [file = DEFAULT_NAME] = call.args;
    if (await call.startRegister(file))
      call.say(`${file} is there to start from: lotbook lots ${/\.ya?ml$/i.test(file) ? file : `-d ${file}`}\n`);
    return 0;
  },
};

export const fmtCommand: CommandBody = {
  argument: { name: "[files...]", description: "registers, folders of them, or - (as with --data)" },
  options: [{ flags: "--check", description: "write nothing; exit with 1 where a file would change" }],
  words: "files",
  takes: ["data", "answer", "rows"],
  selects: false,
  examples: ["lotbook fmt --check examples"],
  columns: LAYOUT_COLUMNS,
  run: async (call) => {
    const check = call.flag("check");
    const files = await call.layOut(check);
    const inFiles = check ? files : files.filter(({ printed }) => printed === undefined);
    for (const { printed } of files) if (!check && printed !== undefined) call.print(printed);
    if (inFiles.length > 0) await call.answer(layouts(inFiles));
    return check && files.some(({ state }) => state === "changed") ? 1 : 0;
  },
};
