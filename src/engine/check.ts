import { claimOf, type Preference } from "../model/claim.ts";
import type { Contract, Supplier } from "../model/contract.ts";
import type { Finding } from "../model/errors.ts";
import { compareMoney, formatMoney, isKnown, type Money, sumByUnit, unitOf } from "../model/money.ts";
import { formatDate } from "../model/reckoned-date.ts";
import type { Register } from "../model/register.ts";
import { SEVERITIES } from "../model/rule.ts";
import { formatDuration, longestMonths } from "../model/term.ts";
import { suppliersOf } from "../query/subject.ts";
import { contractFacts, type FactView, lotFacts, overallVerdict, supplierFacts } from "./facts.ts";
import { type Cell, column, hidden, NOTHING_TO_ADD, type Report, reportLater } from "./report.ts";
import { lotRef, nameOf } from "./views.ts";

export const FINDING_COLUMNS = [
  column.text<Finding>("severity", "Severity", "error, warning or info.", (row) => row.severity),
  column.id<Finding>("rule", "Rule", "The id of the rule.", (row) => row.rule),
  column.text<Finding>("message", "Finding", "What was found.", (row) => row.message),
  column.text<Finding>(
    "at",
    "At",
    "file:line:column.",
    ({ position }) => position && `${position.file}:${position.line}:${position.column}`,
  ),
  hidden(column.text<Finding>("hint", "Hint", "What to do about it.", (row) => row.hint)),
] as const;

/** Findings as a report, errors first, otherwise in the order in which they were found. */
export const findingsReport = (find: () => Promise<readonly Finding[]>): Report<Finding> =>
  reportLater(FINDING_COLUMNS, async () => {
    const rows = [...(await find())].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    return { rows, closing: NOTHING_TO_ADD };
  });

/** What is wrong with, or worth knowing about, a register that can be read. */
export const check = async (register: Register): Promise<readonly Finding[]> => {
  const { preference } = register;
  const findings: Finding[] = [];
  const seated = new Set<Supplier>();
  for (const supplier of register.suppliers) {
    for (const fact of supplierFacts(supplier, preference)) {
      findings.push(...checkFact(fact, `supplier ${supplier.id}`, supplier));
    }
  }
  for await (const batch of register.contracts()) {
    for (const contract of batch) {
      findings.push(...checkContract(contract, preference));
      for (const lot of contract.lots)
        for (const claim of lot.suppliers ?? []) for (const supplier of claim.value) seated.add(supplier);
    }
  }
  for (const supplier of register.suppliers) {
    if (seated.has(supplier)) continue;
    const message = `supplier ${supplier.id} (${nameOf(supplier, preference)}) holds no lot`;
    findings.push({
      rule: "T2-unused",
      severity: "info",
      message,
      position: supplier.origin.locate(["supplier"]),
    });
  }
  return [...register.findings(), ...findings];
};

const checkContract = (contract: Contract, preference: Preference): Finding[] => [
  ...checkTotals(contract),
  ...checkChildren(contract),
  ...checkSupplierCount(contract, preference),
  ...checkOffers(contract),
  ...checkTerm(contract, preference),
  ...contractFacts(contract, preference).flatMap((fact) => checkFact(fact, contract.id, contract)),
  ...contract.lots.flatMap((lot, index) =>
    lotFacts(lot, index, preference).flatMap((fact) => checkFact(fact, `lot ${lotRef(contract, lot)}`, contract)),
  ),
];

type Located = Pick<Contract | Supplier, "origin">;

const cellText = (cell: Cell): string => {
  switch (cell.type) {
    case "money":
      return isKnown(cell.value) ? formatMoney(cell.value) : cell.value;
    case "suppliers":
      return cell.value.map(({ id }) => id).join(", ");
    case "moneys":
      return cell.value.map(formatMoney).join(", ");
    case "texts":
      return cell.value.join(", ");
    case "date":
      return formatDate(cell.value);
    default:
      return String(cell.value);
  }
};

/** Sources that say different things of one fact (N3): rounding is worth knowing, a contradiction is worth a look. */
const checkFact = (fact: FactView, what: string, record: Located): Finding[] => {
  const verdict = overallVerdict(fact);
  if (verdict === undefined || verdict === "agrees") return [];
  const said = fact.claims.map(({ by, cell }) => `${by.source ?? "the register"} says ${cellText(cell)}`).join("; ");
  const reading = {
    rounded: "the same figure, rounded",
    cut: "the same figure, cut",
    "names differ": "names of one supplier",
    contradicts: "they contradict each other",
  }[verdict];
  const finding = {
    message: `${what}, ${fact.name}: ${said}: ${reading}`,
    position: record.origin.locate(fact.path),
  };
  if (verdict === "contradicts") {
    return [
      {
        rule: "N3-contradiction",
        severity: "warning",
        ...finding,
        hint: "put the source to be believed first, or mend the register",
      },
    ];
  }
  return [
    {
      rule: verdict === "names differ" ? "T2-names" : "N3-rounding",
      severity: "info",
      ...finding,
    },
  ];
};

const sourcesOfCeilings = (contract: Contract): readonly (string | undefined)[] => [
  ...new Set(
    [contract.ceiling, ...contract.lots.map((lot) => lot.ceiling)]
      .flatMap((fact) => fact ?? [])
      .map(({ by }) => by.source),
  ),
];

/** One source's ceilings of all lots, or undefined where it is silent about one, or withholds it. */
const lotCeilingsBy = (contract: Contract, source: string | undefined): readonly Money[] | undefined => {
  const amounts = contract.lots.map((lot) => lot.ceiling && claimOf(lot.ceiling, source)?.value);
  const known = amounts.filter((value) => typeof value === "object");
  return known.length === contract.lots.length ? known : undefined;
};

/** The declared total against the lots' sum, source by source (T4). */
const checkTotals = (contract: Contract): Finding[] => {
  if (contract.ceiling === undefined) return [];
  const position = contract.origin.locate(["ceiling"]);
  const declaredFact = contract.ceiling;
  return sourcesOfCeilings(contract).flatMap((source): Finding[] => {
    const parts = lotCeilingsBy(contract, source);
    const [sum, ...others] = sumByUnit(parts ?? []);
    if (sum === undefined || others.length > 0) return [];
    const declared = claimOf(declaredFact, source)?.value;
    const says = `${contract.id}: ${source ?? "the register"} `;
    const count = contract.lots.length;
    const lots = `${count === 1 ? "its lot has" : `its ${count} lots add up to`} ${formatMoney(sum)}`;
    if (declared === undefined || declared === "withheld") {
      return [
        {
          rule: "T4-untotalled",
          severity: "info",
          message: `${says}declares no total; ${lots}`,
          position,
        },
      ];
    }
    const verdict = compareMoney(declared, sum);
    const declares = `${says}declares a total of ${formatMoney(declared)}; ${lots}`;
    if (verdict !== "contradicts") {
      return [
        {
          rule: "T4-agrees",
          severity: "info",
          message: `${declares}: ${verdict === "agrees" ? "they agree" : `the same, ${verdict}`}`,
          position,
        },
      ];
    }
    const above = unitOf(sum) === unitOf(declared) && sum.minor > declared.minor;
    const effect = above ? "the declared total is the limit" : "the lots' sum is the limit";
    return [
      {
        rule: "T4-sum",
        severity: "warning",
        message: `${declares}: ${effect}`,
        position,
      },
    ];
  });
};

/** A lot's ceiling above the contract's own, as the same source states them (T4). */
const checkChildren = (contract: Contract): Finding[] =>
  contract.lots.flatMap((lot, index) =>
    (lot.ceiling ?? []).flatMap(({ value, by }): Finding[] => {
      const parent = contract.ceiling && claimOf(contract.ceiling, by.source)?.value;
      if (value === "withheld" || parent === undefined || parent === "withheld") return [];
      if (
        unitOf(parent) !== unitOf(value) ||
        value.minor <= parent.minor ||
        compareMoney(value, parent) !== "contradicts"
      )
        return [];
      return [
        {
          rule: "T4-child",
          severity: "error",
          message: `lot ${lotRef(contract, lot)}: its ceiling ${formatMoney(value)} is above its contract's ${formatMoney(parent)}`,
          hint: "a part cannot be larger than the whole",
          position: contract.origin.locate(["lots", index, "ceiling"]),
        },
      ];
    }),
  );

/** The declared origins of suppliers against the suppliers that hold lots: each counted once, groupings as one (T2). */
const checkSupplierCount = (contract: Contract, preference: Preference): Finding[] => {
  const origins = preference.value(contract.supplierOrigins);
  if (origins === undefined) return [];
  const declared = origins.reduce((sum, { count }) => sum + count, 0);
  const held = new Set(contract.lots.flatMap((lot) => suppliersOf(lot, preference))).size;
  const parts = origins.map(({ count, unit }) => `${count} ${unit}`).join(" + ");
  const agrees = declared === held;
  return [
    {
      rule: agrees ? "T2-agrees" : "T2-count",
      severity: agrees ? "info" : "warning",
      message: `${contract.id}: ${parts} = ${declared} suppliers declared; its lots are held by ${held}: ${agrees ? "they agree" : "they differ"}`,
      position: contract.origin.locate(["supplierOrigins"]),
    },
  ];
};

/** The declared number of offers against the lots' sum, where one source states them all. */
const checkOffers = (contract: Contract): Finding[] =>
  (contract.offers ?? []).flatMap(({ value, by }): Finding[] => {
    const parts = contract.lots.map((lot) => lot.offers && claimOf(lot.offers, by.source)?.value.count);
    const known = parts.filter((part) => part !== undefined);
    const sum = known.reduce((total, part) => total + part, 0);
    if (known.length < contract.lots.length || value.approximate || sum === value.count) return [];
    const message = `${contract.id}: ${value.count} offers declared; its lots add up to ${sum}`;
    return [
      {
        rule: "T4-offers",
        severity: "warning",
        message,
        position: contract.origin.locate(["offers"]),
      },
    ];
  });

const FOUR_YEARS = 48;

/** A framework agreement of more than four years needs a justification (Directive 2014/24/EU art. 33(1)). */
const checkTerm = (contract: Contract, preference: Preference): Finding[] => {
  const term = preference.value(contract.term);
  const months = term === undefined ? preference.value(contract.maximumDuration)?.months : longestMonths(term);
  if (months === undefined) return [];
  const findings: Finding[] = [];
  if (contract.framework && months > FOUR_YEARS) {
    const position = contract.origin.locate([term === undefined ? "maximumDuration" : "term"]);
    const message = `${contract.id}: runs for up to ${formatDuration({ months })}, more than four years`;
    const hint = "Directive 2014/24/EU art. 33(1) asks for a justification; utilities have 8 years, defence 7";
    findings.push({ rule: "D2-length", severity: "warning", message, hint, position });
  }
  for (const { value, by } of contract.maximumDuration ?? []) {
    if (term === undefined || value.months === months) continue;
    const message = `${contract.id}: ${by.source ?? "the register"} declares at most ${formatDuration(value)}; the term with its renewals is ${formatDuration({ months })}`;
    findings.push({
      rule: "D1-maximum",
      severity: "warning",
      message,
      position: contract.origin.locate(["maximumDuration"]),
    });
  }
  return findings;
};
