import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/errors.ts";
import { listsOf } from "../../src/register/records.ts";
import { readXml } from "../../src/syntax/xml.ts";

/** More than there is room for on the stack, where each item of a list or each repetition of a pattern takes some. */
const MANY = 1_000_000;

describe("numbers of things have no cliff", () => {
  test("records of a list", () => {
    const suppliers = Array.from({ length: MANY }, (_, index) => `s${index}`);
    const findings: Finding[] = [];
    const locate = () => ({ file: "many.yaml", line: 1, column: 1, text: "" });
    expect(listsOf({ value: { suppliers }, locate }, findings).suppliers.length).toBe(MANY);
    expect(findings).toEqual([]);
  });

  test("attributes of an element", () => {
    const result = readXml(`<a ${'x="" '.repeat(4 * MANY)}/>`, "notice.xml");
    if (!("findings" in result)) throw new Error("it was read");
    expect(result.findings[0]).toMatchObject({ message: "duplicate attribute: x", position: { file: "notice.xml" } });
  });
});
