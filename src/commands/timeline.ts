import { TIMELINE_COLUMNS, timeline } from "../engine/timeline.ts";
import { answering, type CommandBody } from "./command.ts";

export const timelineCommand: CommandBody = {
  options: [{ flags: "--svg", description: "short for --format svg, a picture" }],
  selects: true,
  examples: [
    "lotbook timeline --at 2018-03-01",
    "lotbook timeline --at 2018-03-01 --json",
    "lotbook timeline --at 2018-03-01 --svg",
    "lotbook timeline --fields contract,phase,begin,end",
  ],
  columns: TIMELINE_COLUMNS,
  run: answering(timeline),
};
