import { check, FINDING_COLUMNS, findingsReport } from "../engine/check.ts";
import { explain, RULE_COLUMNS, rules } from "../engine/rules/explain.ts";
import { DataError, type Finding, UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { domainOf, RULE_IDS, type RuleId, rulesNamed } from "../model/rule.ts";
import type { Call, Command } from "./command.ts";

const findingsOf = async (call: Call): Promise<readonly Finding[]> => {
  try {
    return await check(await call.open({ positions: true, paths: call.args }));
  } catch (error) {
    if (error instanceof DataError) return error.findings;
    throw error;
  }
};

/** Reads `T4,N3-rounding`: every rule that a name stands for. */
const rulesOf = (option: string, text: string): readonly RuleId[] =>
  text.split(",").flatMap((part) => {
    const name = part.trim();
    const found = rulesNamed(name);
    return found.length > 0 ? found : refuse(option, name);
  });

const refuse = (option: string, name: string): never => {
  const near = nearest(name, [...RULE_IDS, ...RULE_IDS.map(domainOf)]);
  throw new UsageError(
    `--${option}: there is no rule "${name}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : "lotbook check --rules lists them",
  );
};

export const checkCommand: Command = {
  name: "check",
  summary: "what is wrong with a register, or worth knowing; exits 1 when there are errors",
  argument: {
    name: "[files...]",
    description: "registers to check (as with --data)",
  },
  options: [
    { flags: "--rules", description: "instead: every rule, with how grave it is and what it finds" },
    {
      flags: "--explain <rules>",
      description: "instead: why a rule matters, how to mend it, and an example: T4, N3-rounding",
    },
  ],
  selects: false,
  showsFindings: true,
  examples: ["lotbook check", "lotbook check --format json", "lotbook check --rules", "lotbook check --explain T4"],
  columns: FINDING_COLUMNS,
  variants: { "--rules": RULE_COLUMNS },
  run: async (call) => {
    const explained = call.text("explain");
    if (explained !== undefined || call.flag("rules")) {
      await call.answer(explained === undefined ? rules() : explain(rulesOf("explain", explained)));
      return 0;
    }
    const findings = await findingsOf(call);
    await call.answer(findingsReport(async () => findings));
    return findings.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};
