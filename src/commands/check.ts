import { check } from "../engine/check/check.ts";
import { FINDING_COLUMNS, findingsReport } from "../engine/check/findings-report.ts";
import type { SplitLimits } from "../engine/check/orders.ts";
import { explain, RULE_COLUMNS, rules } from "../engine/rules/explain.ts";
import { UsageError } from "../model/errors.ts";
import { isMoneyProblem, parseMoney } from "../model/money.ts";
import { meantBy } from "../model/nearest.ts";
import { domainOf, RULE_IDS, type RuleId, rulesNamed, type Severity, tellsOfAgreement } from "../model/rule.ts";
import type { Call, CommandBody } from "./command.ts";

/** Reads `T4,N3-rounding`: every rule that a name stands for. */
const rulesOf = (option: string, text: string): readonly RuleId[] =>
  text.split(",").flatMap((part) => {
    const name = part.trim();
    const found = rulesNamed(name);
    return found.length > 0 ? found : refuse(option, name);
  });

/**
 * The rules that `--only` names. Rules that tell where figures agree are among them only with `verbose`, or if they are
 * named themselves.
 */
const onlyThese = (text: string, verbose: boolean): readonly RuleId[] => {
  const names = text.split(",").map((part) => part.trim());
  return rulesOf("only", text).filter((rule) => verbose || names.includes(rule) || !tellsOfAgreement(rule));
};

const refuse = (option: string, name: string): never => {
  throw new UsageError(
    `--${option}: there is no rule "${name}"`,
    meantBy(name, [...RULE_IDS, ...RULE_IDS.map(domainOf)], "lotbook check --rules lists them"),
  );
};

/**
 * Throws UsageError for data or options beside `option`: the list of rules, and what is said of them, is the same for
 * all data.
 */
const refuseBesideRules = (call: Call, option: string): void => {
  const besides = ["only", "ignore", "strict", "verbose", "rules"].filter(
    (name) => call.text(name) !== undefined || call.flag(name),
  );
  const [other] = besides.map((name) => `--${name}`).filter((name) => name !== option);
  const needless = other ?? call.paths[0];
  if (needless !== undefined)
    throw new UsageError(`${needless} does nothing beside ${option}`, "leave one of them out");
};

/** Reads `--split-below "EUR 15k" --split-days 30`. Neither has a meaning without the other. */
const splitOf = (call: Call): SplitLimits | undefined => {
  const [amount, count] = [call.text("split-below"), call.text("split-days")];
  if (amount === undefined && count === undefined) return undefined;
  if (amount === undefined) throw new UsageError("--split-days needs a threshold", 'add --split-below "EUR 15k"');
  const below = parseMoney(amount);
  if (isMoneyProblem(below)) throw new UsageError(`--split-below: ${below.problem}`, below.hint);
  if (count === undefined) throw new UsageError("--split-below needs days", "add --split-days 30");
  if (!/^[1-9]\d{0,4}$/.test(count))
    throw new UsageError(`--split-days: "${count}" is not a number of days`, "write 30");
  return { below, days: Number(count) };
};

export const checkCommand: CommandBody = {
  argument: {
    name: "[files...]",
    description: "data to check (as with --data)",
  },
  options: [
    {
      flags: "--only <rules>",
      description: "only these rules: T4-child, or T4 for all that begin with it",
      offers: RULE_IDS,
    },
    { flags: "--ignore <rules>", description: "all rules but these", offers: RULE_IDS },
    {
      flags: "--split-below <amount>",
      description: "find orders below this amount that together reach it: EUR 15k (L5)",
    },
    { flags: "--split-days <n>", description: "within so many days, counting the first and the last" },
    { flags: "--verbose", description: "tell also where figures agree" },
    { flags: "--strict", description: "exit with 1 on warnings, too" },
    { flags: "--rules", description: "list every rule, with its severity and what it finds" },
    {
      flags: "--explain <rules>",
      description: "explain a rule: why it matters, how to fix it, an example: T4, N3-rounding",
      offers: RULE_IDS,
    },
  ],
  words: "files",
  selects: false,
  showsFindings: true,
  examples: [
    "lotbook check examples/fleet.yaml",
    "lotbook check builtin:cloud-i --only T4,N3-contradiction --strict",
    "lotbook check examples/checked.yaml --format github",
    "lotbook check examples/checked.yaml --format json",
    "lotbook check --rules",
    "lotbook check --explain T4",
  ],
  columns: FINDING_COLUMNS,
  variants: { "--rules": RULE_COLUMNS },
  run: async (call) => {
    const explained = call.text("explain");
    if (explained !== undefined || call.flag("rules")) {
      refuseBesideRules(call, explained === undefined ? "--rules" : "--explain");
      await call.answer(explained === undefined ? rules() : explain(rulesOf("explain", explained)));
      return 0;
    }
    const only = call.text("only");
    const verbose = call.flag("verbose");
    const ignore = call.text("ignore");
    const split = splitOf(call);
    const options = {
      at: call.today(),
      verbose,
      ...(split !== undefined && { split }),
      ...(only !== undefined && { only: onlyThese(only, verbose) }),
      ...(ignore !== undefined && { ignore: rulesOf("ignore", ignore) }),
    };
    const checked = await check(await call.open({ checking: true, own: true }), options);
    await call.answer(findingsReport(checked));
    const failing: readonly Severity[] = call.flag("strict") ? ["error", "warning"] : ["error"];
    return checked.findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
  },
};
