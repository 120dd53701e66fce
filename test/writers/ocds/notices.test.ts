import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arrange, type Report } from "../../../src/engine/report.ts";
import { FORMATS, lots, openRegister, type Register, releasePackage, suppliers, total } from "../../../src/index.ts";
import type { Contract } from "../../../src/model/contract.ts";
import { openText } from "../../open-text.ts";
import { allOf } from "../../reading.ts";
import { schemaProblems } from "./release-package-schema.ts";

const NOTICES = join(import.meta.dirname, "..", "..", "..", "..", "shared", "notices");
/** Each with how many of its notices state nothing that releases cannot state. */
const FOLDERS = [
  ["eforms", 226],
  ["ted", 150],
  ["ocds", 86],
] as const;
const isThere = existsSync(NOTICES);
const because = isThere ? "" : " (skipped: ../shared/notices is not there)";

const filesIn = (name: string): readonly string[] =>
  readdirSync(join(NOTICES, name))
    .map((file) => join(NOTICES, name, file))
    .filter((file) => statSync(file).isFile());

/** A contract and its suppliers have other ids, and other notes and sources, once they are releases. */
const RENAMED = new Set(["contract", "supplier", "sources", "source", "notes"]);

/** What OCDS has no word for: that the result of a lot is not published. */
const plainly = (key: string, value: unknown): unknown => {
  if (RENAMED.has(key)) return undefined;
  if (typeof value === "object" && value !== null && "organisations" in value) return { ...value, id: undefined };
  return key === "status" && value === "unpublished" ? "awarded" : value;
};

const answerOf = async <Row>(report: Report<Row>): Promise<unknown> =>
  JSON.parse((await allOf(FORMATS.json(arrange(report, {})))).join(""), plainly);

const answersOf = async (register: Register): Promise<unknown> => ({
  lots: await answerOf(lots(register)),
  suppliers: await answerOf(suppliers(register)),
  total: await answerOf(total(register)),
});

/** Ceilings that releases cannot state so: for each supplier, perhaps for a group, or beside the only lot. */
const statesCeilingsOtherwise = ({ ceiling, groups, lots: [lot, ...others], lots: all }: Contract): boolean =>
  all.some(({ ceilingPerSupplier }) => ceilingPerSupplier !== undefined) ||
  groups.some(({ certain }) => !certain) ||
  (ceiling !== undefined && others.length === 0 && lot?.ceiling === undefined);

describe.skipIf(!isThere)(`published notices answer the same as releases of OCDS${because}`, () => {
  test.each(FOLDERS)("each of %s", { timeout: 60_000 }, async (name, least) => {
    let compared = 0;
    for (const file of filesIn(name)) {
      const register = await openRegister(file, { skipBad: true });
      const contracts = (await allOf(register.contracts())).flat();
      if (contracts.length === 0) continue;
      const text = (await allOf(releasePackage(register, { at: { year: 2026, month: 1, day: 2 } }))).join("");
      expect({ file, problems: schemaProblems(text) }).toEqual({ file, problems: [] });
      if (contracts.some(statesCeilingsOtherwise)) continue;
      const again = await openText(text);
      expect({ file, answers: await answersOf(again) }).toEqual({ file, answers: await answersOf(register) });
      expect(again.findings()).toEqual([]);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(least);
  });
});
