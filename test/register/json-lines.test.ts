import { expect, test } from "vitest";
import { openRegister } from "../../src/register/open-register.ts";

const RECORD = '{"contract":"c","lots":[{"lot":"1","ceiling":"EUR 1M"}]}\n';

const findingsOf = async (text: string) => {
  const register = await openRegister("-", {
    lenient: true,
    async *stdin() {
      yield Buffer.from(text);
    },
  });
  for await (const _ of register.contracts());
  return register.findings();
};

test.each(["{}\n", "{\n", "1\n"])(
  "of lines like %j ten thousand mistakes are told, and where the reading stops",
  async (line) => {
    const findings = await findingsOf(RECORD + line.repeat(10_010));
    expect(findings).toHaveLength(10_001);
    expect(findings.at(-1)).toMatchObject({
      rule: "F1",
      message: "more than 10000 mistakes: the rest of <stdin> was not read",
      position: { line: 10_002, column: 1 },
    });
  },
);

test("as many mistakes as that are all told", async () => {
  expect(await findingsOf(RECORD + "{}\n".repeat(10_000))).toHaveLength(10_000);
});

test("lists in lists, however deep, are a mistake with a place", async () => {
  const [finding, ...others] = await findingsOf(
    `{"contract":"c","lots":${"[".repeat(200_000)}${"]".repeat(200_000)}}\n`,
  );
  expect(finding).toMatchObject({ severity: "error", position: { line: 1 } });
  expect(finding?.message).toMatch(/nested|deep/);
  expect(others).toEqual([]);
});
