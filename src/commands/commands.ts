import { whereElse } from "../engine/vocabulary.ts";
import { awardsCommand } from "./awards.ts";
import { checkCommand } from "./check.ts";
import type { Command } from "./command.ts";
import { compareCommand } from "./compare.ts";
import { contractsCommand } from "./contracts.ts";
import { convertCommand } from "./convert.ts";
import { diffCommand } from "./diff.ts";
import { expiringCommand } from "./expiring.ts";
import { answersOf, fieldsCommand } from "./fields.ts";
import { fmtCommand } from "./fmt.ts";
import { headroomCommand } from "./headroom.ts";
import { initCommand } from "./init.ts";
import { lotsCommand } from "./lots.ts";
import { schemaCommand } from "./schema.ts";
import { showCommand } from "./show.ts";
import { sourcesCommand } from "./sources.ts";
import { suppliersCommand } from "./suppliers.ts";
import { timelineCommand } from "./timeline.ts";
import { totalCommand } from "./total.ts";

/** The commands with those that describe them. */
const described = (commands: readonly Command[]): readonly Command[] => {
  const answering = commands.filter(({ columns }) => columns !== undefined);
  const fields = fieldsCommand(answering);
  return [...commands, fields, schemaCommand([...answering, fields])];
};

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = described([
  contractsCommand,
  lotsCommand,
  suppliersCommand,
  awardsCommand,
  totalCommand,
  headroomCommand,
  timelineCommand,
  expiringCommand,
  showCommand,
  sourcesCommand,
  compareCommand,
  checkCommand,
  diffCommand,
  initCommand,
  fmtCommand,
  convertCommand,
]);

/** Where else a field exists that a command, or a query, was asked for in vain, as a hint. */
export const elsewhere =
  (command?: Command) =>
  (field: string): string | undefined =>
    whereElse(COMMANDS.flatMap(answersOf), field, command?.name);
