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
