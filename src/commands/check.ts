import { check, FINDING_COLUMNS, findingsReport } from "../engine/check.ts";
import { DataError, type Finding } from "../model/errors.ts";
import type { Call, Command } from "./command.ts";

const findingsOf = async (call: Call): Promise<readonly Finding[]> => {
  try {
    return await check(await call.open({ positions: true, paths: call.args }));
  } catch (error) {
    if (error instanceof DataError) return error.findings;
    throw error;
  }
};

export const checkCommand: Command = {
  name: "check",
  summary: "what is wrong with a register, or worth knowing; exits 1 when there are errors",
  argument: {
    name: "[files...]",
    description: "registers to check (as with --data)",
  },
  selects: false,
  examples: ["lotbook check", "lotbook check --format json"],
  columns: FINDING_COLUMNS,
  run: async (call) => {
    const findings = await findingsOf(call);
    await call.answer(findingsReport(async () => findings));
    return findings.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};
