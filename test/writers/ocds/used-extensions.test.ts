import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRegister, releasePackage } from "../../../src/index.ts";
import { UsedExtensions } from "../../../src/writers/ocds/release-package.ts";
import { wholeNumber } from "../../../src/writers/ocds/values.ts";
import { allOf, readRegister } from "../../reading.ts";
import { schemaProblems } from "./release-package-schema.ts";
import { hasStandardSchema, standardProblems } from "./standard-schema.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const AT = { year: 2026, month: 1, day: 2 };
const because = hasStandardSchema ? "" : " (skipped: ../shared/ocds is not there)";

const namesOf = (urls: readonly string[]): readonly string[] =>
  urls.map((url) => /ocds_(\w+)_extension\/master\/extension\.json$/.exec(url)?.[1] ?? url);

const used = (release: Parameters<UsedExtensions["add"]>[0]): readonly string[] => {
  const extensions = new UsedExtensions();
  extensions.add(release);
  return namesOf(extensions.urls());
};

describe("O6: a package declares the extensions that it uses, and no others", () => {
  test.each([
    [{ ocid: "1", tender: { id: "1", title: "lots", value: { amount: wholeNumber(1), currency: "EUR" } } }, []],
    [{ tender: { lots: [{ id: "1" }] } }, ["lots"]],
    [{ tender: { lots: [{ id: "1", renewal: { maximumRenewals: wholeNumber(1) } }] } }, ["lots", "renewal"]],
    [{ tender: { techniques: { hasFrameworkAgreement: true } } }, ["techniques"]],
    [{ tender: { legalBasis: { id: "1" } } }, ["legalBasis"]],
    [{ parties: [{ id: "1", address: { country: "AT" } }] }, ["countryCode"]],
    [{ parties: [{ id: "1", memberOf: [{ id: "2" }] }] }, ["memberOf"]],
    [{ awards: [{ id: "1", suppliers: [{ id: "1" }] }] }, []],
    [{ contracts: [{ id: "1", suppliers: [{ id: "1" }] }] }, ["contract_suppliers"]],
    [
      { awards: [{ id: "1", maximumValue: { amount: wholeNumber(1), valueAddedTaxIncluded: true } }] },
      ["1_2_draft", "valueAddedTax"],
    ],
    [
      { bids: { details: [{ id: "1", subcontracting: {} }] }, withheldInformation: [{ id: "1" }] },
      ["bid", "subcontracting", "withheldInformation"],
    ],
    [{ tender: { lots: undefined } }, []],
  ])("%j: %j", (release, expected) => expect(used(release)).toEqual(expected));

  test("in the package, behind its releases", async () => {
    const register = await readRegister(
      '{"contracts": [{"contract": "c", "buyer": "b", "framework": "no", "lots": []}]}',
    );
    const text = (await allOf(releasePackage(register, { at: AT }))).join("");
    expect(namesOf(JSON.parse(text).extensions)).toEqual(["techniques"]);
    expect(schemaProblems(text)).toEqual([]);
  });
});

/** Registers that are written to be read. */
const registers = (): readonly string[] =>
  [join(ROOT, "examples"), join(ROOT, "test", "registers")].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => join(folder, name)),
  );

test.skipIf(!hasStandardSchema)(`every register here is written as the standard wants it${because}`, async () => {
  let written = 0;
  for (const file of registers()) {
    const register = await openRegister(file).catch(() => undefined);
    if (register === undefined) continue;
    const text = (await allOf(releasePackage(register, { at: AT }))).join("");
    expect({ file, problems: standardProblems(text) }).toEqual({ file, problems: [] });
    written++;
  }
  expect(written).toBeGreaterThan(15);
});
