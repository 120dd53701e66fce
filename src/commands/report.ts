import { page } from "../engine/page.ts";
import type { CommandBody } from "./command.ts";

export const reportCommand: CommandBody = {
  options: [{ flags: "--title <text>", description: "what the page is called" }],
  takes: ["data", "day", "output"],
  selects: true,
  examples: ["lotbook report --at 2018-03-01", 'lotbook report service:paas --title "Platforms" --at 2018-03-01'],
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.publish(await page(register, selection, { asked: call.args.join(" "), title: call.text("title") }));
    return 0;
  },
};
