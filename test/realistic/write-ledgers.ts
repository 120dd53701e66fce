/** Writes the ledgers of test/registers/realistic/ anew: `node test/realistic/write-ledgers.ts` (Node 22.18 or newer). */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEDGERS, printLedger } from "./ledgers.ts";

const FOLDER = join(import.meta.dirname, "..", "registers", "realistic");
for (const plan of LEDGERS) writeFileSync(join(FOLDER, plan.file), printLedger(plan));
