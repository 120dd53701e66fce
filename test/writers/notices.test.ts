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
  suppliers,
  total,
} from "../../src/index.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

const NOTICES = join(import.meta.dirname, "..", "..", "..", "shared", "notices");
const FOLDERS = ["eforms", "ted", "ocds"] as const;
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

const HERE = { folder: "." };

describe.skipIf(!isThere)(`published notices answer the same as registers${because}`, () => {
  test.each(FOLDERS)("each of %s as YAML", { timeout: 60_000 }, async (name) => {
    for (const file of filesIn(name)) {
      const register = await openRegister(file, { skipBad: true });
      const answers = await answersOf(register);
      const again = await openText(await registerYaml(register, HERE));
      expect({ file, answers: await answersOf(again) }).toEqual({ file, answers });
    }
  });

  test.each(FOLDERS)("all of %s together as JSON Lines", { timeout: 60_000 }, async (name) => {
    const register = await openRegister(join(NOTICES, name), { skipBad: true });
    const answers = await answersOf(register);
    const again = await openText((await allOf(registerLines(register, HERE))).join(""));
    expect(await answersOf(again)).toEqual(answers);
  });
});
