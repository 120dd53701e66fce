import { awardsCommand } from "./awards.ts";
import { checkCommand } from "./check.ts";
import type { Command } from "./command.ts";
import { compareCommand } from "./compare.ts";
import { contractsCommand } from "./contracts.ts";
import { lotsCommand } from "./lots.ts";
import { schemaCommand } from "./schema.ts";
import { showCommand } from "./show.ts";
import { sourcesCommand } from "./sources.ts";
import { suppliersCommand } from "./suppliers.ts";
import { totalCommand } from "./total.ts";

const withSchema = (commands: readonly Command[]): readonly Command[] => [...commands, schemaCommand(commands)];

/** Every command, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = withSchema([
  contractsCommand,
  lotsCommand,
  suppliersCommand,
  awardsCommand,
  totalCommand,
  showCommand,
  sourcesCommand,
  compareCommand,
  checkCommand,
]);
