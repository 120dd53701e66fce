import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import {
  awards,
  FORMATS,
  lots,
  openRegister,
  type Register,
  registerLines,
  registerYaml,
  releasePackage,
  suppliers,
  total,
} from "../../src/index.ts";
import type { Money } from "../../src/model/money.ts";
import type { Contract } from "../../src/records/contract.ts";
import type { Lot } from "../../src/records/lot.ts";
import { LONG, someOf } from "../long.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { schemaProblems } from "./ocds/release-package-schema.ts";
import { hasStandardSchema, standardProblems } from "./ocds/standard-schema.ts";

const NOTICES = join(import.meta.dirname, "..", "..", "..", "shared", "notices");
/** Each with how many of its notices state nothing that releases of OCDS cannot state. */
const FOLDERS = [
  ["eforms", 222],
  ["ted", 150],
  ["ocds", 86],
] as const;
const isThere = existsSync(NOTICES);
const because = isThere ? "" : " (skipped: ../shared/notices is not there)";

const jsonOf = async <Row>(report: Report<Row>): Promise<string> =>
  (await allOf(FORMATS.ndjson(arrange(report, {})))).join("");

const answersOf = async (register: Register): Promise<readonly string[]> => [
  await jsonOf(lots(register)),
  await jsonOf(awards(register)),
  await jsonOf(suppliers(register)),
  await jsonOf(total(register)),
  await jsonOf(total(register, {}, { by: "supplier", split: "equal" })),
];

const filesIn = (name: string): readonly string[] =>
  readdirSync(join(NOTICES, name))
    .map((file) => join(NOTICES, name, file))
    .filter((file) => statSync(file).isFile());

/** In the short run one of so many. */
const EVERY = 15;

const HERE = { folder: "." };
const AT = { year: 2026, month: 1, day: 2 };

/** In releases a contract and its suppliers have other ids, and other notes and sources; of its own facts OCDS keeps less. */
const RENAMED = new Set(
  "contract supplier sources source notes procedureType directAward buyerCountry longTermReason awardDate callDate daysToAward".split(
    " ",
  ),
);

/** An answer without them, and without what OCDS has no word for: that the result of a lot is not published. */
const plainly = (answer: string): unknown =>
  JSON.parse(`[${answer.trim().split("\n").join(",")}]`, (key, value) => {
    if (RENAMED.has(key)) return undefined;
    if (typeof value === "object" && value !== null && "organisations" in value) return { ...value, id: undefined };
    return key === "status" && value === "unpublished" ? "awarded" : value;
  });

/** Ceilings that releases cannot state so: for each supplier, perhaps for a group, beside the only lot, or as a secret. */
const statesCeilingsOtherwise = ({ ceiling, groups, lots: [lot, ...others], lots: all }: Contract): boolean =>
  all.some(({ ceilingPerSupplier }) => ceilingPerSupplier !== undefined) ||
  groups.some(({ certain }) => !certain) ||
  [ceiling, ...groups.map((group) => group.ceiling)].some((fact) => fact?.some(({ value }) => value === "withheld")) ||
  (ceiling !== undefined && others.length === 0 && lot?.ceiling === undefined);

/** What a release has no word for: the declared value of all contracts, and how high a figure is at most (both are told as lost). */
const withoutDeclared = (contract: Contract): Contract => ({
  ...contract,
  awarded: undefined,
  lots: contract.lots.map((lot) => ({ ...lot, awarded: lot.awarded && atLeast(lot.awarded) })),
});

/** What is certain, where not all is. */
const atLeast = (awarded: NonNullable<Lot["awarded"]>): Lot["awarded"] => {
  const [{ value, by }] = awarded;
  if (value === "withheld" || value.every(({ bound }) => bound === undefined)) return awarded;
  const [first, ...others] = value.flatMap(({ bound, least = 0n, minor, ...money }): readonly Money[] => {
    const certain = bound === undefined || bound === "atLeast" ? minor : least;
    return certain === 0n ? [] : [{ ...money, minor: certain, bound: "atLeast" }];
  });
  return first && [{ value: [first, ...others], by }];
};

const asReleased = (register: Register): Register => ({
  ...register,
  contracts: async function* () {
    for await (const batch of register.contracts()) yield batch.map(withoutDeclared);
  },
});

/** All of a format together: in the short run those of the one of which there are fewest. */
const TOGETHER = LONG ? FOLDERS : FOLDERS.slice(-1);

describe.skipIf(!isThere)(`published notices answer the same as registers${because}`, () => {
  test.each(FOLDERS)("each of %s as YAML, and as releases of OCDS", { timeout: 60_000 }, async (name, least) => {
    let compared = 0;
    for (const file of someOf(filesIn(name), EVERY)) {
      const register = await openRegister(file, { skipBad: true });
      const answers = await answersOf(register);
      const again = await openText(await registerYaml(register, HERE));
      expect({ file, answers: await answersOf(again) }).toEqual({ file, answers });

      const contracts = (await allOf(register.contracts())).flat();
      if (contracts.length === 0) continue;
      const text = (await allOf(releasePackage(register, { at: AT }))).join("");
      const problems = [...schemaProblems(text), ...(hasStandardSchema ? standardProblems(text) : [])];
      expect({ file, problems }).toEqual({ file, problems: [] });
      if (contracts.some(statesCeilingsOtherwise)) continue;
      const released = await openText(text);
      const fromReleases = (await answersOf(released)).map(plainly);
      expect({ file, answers: fromReleases }).toEqual({
        file,
        answers: (await answersOf(asReleased(register))).map(plainly),
      });
      expect(released.findings()).toEqual([]);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(LONG ? least : least / (2 * EVERY));
  });

  test.each(TOGETHER)("all of %s together as JSON Lines", { timeout: 60_000 }, async (name) => {
    const register = await openRegister(join(NOTICES, name), { skipBad: true });
    const answers = await answersOf(register);
    const again = await openText((await allOf(registerLines(register, HERE))).join(""));
    expect(await answersOf(again)).toEqual(answers);
  });
});
