import type { Elsewhere } from "../engine/report.ts";
import type { Answer } from "../engine/vocabulary.ts";
import { queryFieldNamed } from "../query/fields.ts";
import type { Command, CommandEntry } from "./command.ts";

/** Loads the command that a list entry stands for. */
export const loadCommand = async ({ load, ...listed }: CommandEntry): Promise<Command> => ({
  ...listed,
  ...(await load()),
});

export const allCommands = (): Promise<readonly Command[]> => Promise.all(COMMANDS.map(loadCommand));

const answeringCommands = async (): Promise<readonly Command[]> =>
  (await allCommands()).filter(({ columns }) => columns !== undefined);

/** Every command, the everyday ones first in each group. Only the one that is asked for is loaded. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "lots",
    aliases: ["lot"],
    group: "Ask",
    summary: "what each lot is, its ceiling, and who holds it",
    load: async () => (await import("./lots.ts")).lotsCommand,
  },
  {
    name: "contracts",
    aliases: ["contract"],
    group: "Ask",
    summary: "who buys, until when, and up to how much",
    load: async () => (await import("./contracts.ts")).contractsCommand,
  },
  {
    name: "suppliers",
    aliases: ["supplier"],
    group: "Ask",
    summary: "how many lots each supplier holds, alone and shared",
    load: async () => (await import("./suppliers.ts")).suppliersCommand,
  },
  {
    name: "total",
    aliases: ["totals"],
    group: "Ask",
    summary: "what may be spent, each shared ceiling counted once",
    load: async () => (await import("./total.ts")).totalCommand,
  },
  {
    name: "show",
    group: "Ask",
    summary: "everything about one contract, lot or supplier",
    load: async () => (await import("./show.ts")).showCommand,
  },
  {
    name: "awards",
    aliases: ["award", "seats", "seat"],
    group: "Ask",
    summary: "the seats: one row for each supplier of each lot",
    load: async () => (await import("./awards.ts")).awardsCommand,
  },
  {
    name: "sources",
    aliases: ["source"],
    group: "Ask",
    summary: "what each source states, and where sources agree",
    load: async () => (await import("./sources.ts")).sourcesCommand,
  },
  {
    name: "compare",
    group: "Ask",
    summary: "where sources differ: what each says, side by side, and by how much",
    load: async () => (await import("./compare.ts")).compareCommand,
  },
  {
    name: "fields",
    aliases: ["field"],
    group: "Ask",
    summary: "the fields of queries, --fields and --sort: what each means and where it can be used",
    load: async () => (await import("./fields.ts")).fieldsCommand(answeringCommands),
  },
  {
    name: "headroom",
    group: "Watch",
    summary: "how much of each ceiling is ordered, and how much is left",
    load: async () => (await import("./headroom.ts")).headroomCommand,
  },
  {
    name: "orders",
    group: "Watch",
    summary: "every order, and what is left of its ceilings after it; or orders added up by buyer, month and so on",
    load: async () => (await import("./orders.ts")).ordersCommand,
  },
  {
    name: "fits",
    group: "Watch",
    summary: "whether one more order stays within all ceilings; exits with 0 for yes, 1 for no",
    load: async () => (await import("./headroom.ts")).fitsCommand,
  },
  {
    name: "expiring",
    group: "Watch",
    summary: "what ends when, the soonest first",
    load: async () => (await import("./expiring.ts")).expiringCommand,
  },
  {
    name: "timeline",
    group: "Watch",
    summary: "the firm part and the renewals of each contract, on one scale",
    load: async () => (await import("./timeline.ts")).timelineCommand,
  },
  {
    name: "init",
    group: "Keep",
    summary: "writes a register to start from, with comments that explain it; overwrites nothing",
    load: async () => (await import("./init.ts")).initCommand,
  },
  {
    name: "import",
    group: "Keep",
    summary: "makes a register from spreadsheets (XLSX, ODS or CSV) by a map of their columns",
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "check",
    group: "Keep",
    summary: "what is wrong with a register, or worth knowing; exits with 1 if there are errors",
    load: async () => (await import("./check.ts")).checkCommand,
  },
  {
    name: "fmt",
    group: "Keep",
    summary: "writes YAML registers in one layout, comments kept; --check only tells which would change",
    load: async () => (await import("./init.ts")).fmtCommand,
  },
  {
    name: "diff",
    group: "Keep",
    summary: "what changed from one register to another; exits with 1 if anything did",
    load: async () => (await import("./diff.ts")).diffCommand,
  },
  {
    name: "report",
    group: "Exchange",
    summary: "everything on one page, for people who do not have lotbook",
    load: async () => (await import("./report.ts")).reportCommand,
  },
  {
    name: "audit",
    group: "Exchange",
    summary: "one file of evidence (inputs with their SHA-256, figures, findings) that others can reproduce",
    load: async () => (await import("./report.ts")).auditCommand,
  },
  {
    name: "convert",
    group: "Exchange",
    summary: "writes what was read as a register of your own, or for other programs",
    load: async () => (await import("./convert.ts")).convertCommand,
  },
  {
    name: "index",
    group: "Exchange",
    summary: "reads notices and registers once into a store, which then answers in their place",
    load: async () => (await import("./index-store.ts")).indexCommand,
  },
  {
    name: "sql",
    group: "Exchange",
    summary: "SQL for the tables of a store, with views that count each ceiling once, for other engines",
    load: async () => (await import("./index-store.ts")).sqlCommand,
  },
  {
    name: "schema",
    group: "Exchange",
    summary: "the JSON Schema of a command's --json answer, or of registers",
    load: async () => (await import("./fields.ts")).schemaCommand(answeringCommands),
  },
  {
    name: "completion",
    group: "Exchange",
    summary: "a script that makes your shell complete commands, fields, ids and values of your data",
    load: async () => (await import("./completion.ts")).completionCommand,
  },
];

const allAnswers = async (): Promise<readonly Answer[]> => {
  const { answersOf } = await import("./fields.ts");
  return (await answeringCommands()).flatMap(answersOf);
};

/** Hints at where else a field exists that a command, or a query, was asked for in vain. */
export const elsewhere = async (command?: Command): Promise<Elsewhere> => {
  const { whereElse } = await import("../engine/vocabulary.ts");
  const answers = await allAnswers();
  return (field) => whereElse(answers, field, command?.name);
};

/** The hints for all fields that answers have, but queries do not, by their names. */
export const hintsElsewhere = async (): Promise<Readonly<Record<string, string>>> => {
  const hint = await elsewhere();
  const names = new Set((await allAnswers()).flatMap(({ columns }) => columns.map(({ name }) => name)));
  return Object.fromEntries(
    [...names].flatMap((name) => (queryFieldNamed(name) === undefined ? [[name, hint(name) ?? ""]] : [])),
  );
};
