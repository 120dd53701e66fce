import { LANGUAGES, type Language } from "../model/language.ts";
import type { CommandBody } from "./command.ts";

const languageOf = (name = "en"): Language => LANGUAGES.find((language) => language === name) ?? "en";

export const reportCommand: CommandBody = {
  options: [
    { flags: "--title <text>", description: "what the page is called" },
    { flags: "--static", description: "a page that holds no more than it shows, and answers no questions" },
    { flags: "--lang <language>", description: "the language of the page", choices: LANGUAGES },
  ],
  takes: ["data", "day", "output"],
  selects: true,
  examples: ["lotbook report --at 2018-03-01", 'lotbook report service:paas --title "Platforms" --at 2018-03-01'],
  run: async (call) => {
    await call.publish({
      title: call.text("title"),
      still: call.flag("static"),
      language: languageOf(call.text("lang")),
    });
    return 0;
  },
};

export const auditCommand: CommandBody = {
  options: [
    {
      flags: "--verify <pack>",
      description: "derive a pack again from the data that it names, and say whether it is the same byte for byte",
      offers: "files",
    },
  ],
  takes: ["data", "day", "answer", "output"],
  selects: true,
  examples: [
    "lotbook audit --data examples/fleet.yaml --at 2025-06-30 -f markdown",
    "lotbook audit lot:1 --data examples/fleet.yaml --at 2025-06-30",
  ],
  run: async (call) => {
    const pack = call.text("verify");
    if (pack !== undefined) return await call.verify(pack);
    await call.audit();
    return 0;
  },
};
