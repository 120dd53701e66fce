import { expect, test } from "vitest";
import { openRegister } from "../../src/index.ts";
import { allOf } from "../reading.ts";

const NOTICE = "examples/award-notice.xml";
const PROCEDURE = "0a7f2c1e-0000-4000-9000-000000000042";

const registerOf = (...contracts: readonly string[]): { readonly text: string } => ({
  text: `contracts:\n${contracts.map((written) => `  - ${written}\n`).join("")}`,
});

const toldOf = async (
  register: { readonly text: string },
  besideNotices = false,
  ...more: readonly { readonly text: string }[]
): Promise<readonly string[]> => {
  const opened = await openRegister([NOTICE, register, ...more], { besideNotices });
  await allOf(opened.contracts());
  await allOf(opened.contracts());
  return opened.assumptions().flatMap(({ rule, first }) => (rule === "T1" ? first.map(({ text }) => text) : []));
};

const own = (id: string, procedure = PROCEDURE, rest = ""): string =>
  `{ contract: ${id}, procedure: ${procedure}, lots: [{ lot: "1" }]${rest} }`;

test("a register's contract of a notice's procedure may be told twice: once said, with the first of several", async () => {
  const text =
    "00000042-2024: a register has PORT of the same procedure: both count, and may be one contract told twice";
  expect(await toldOf(registerOf(own("PORT"), own("QUAY")))).toEqual([text]);
  const line = { text: `${JSON.stringify({ contract: "PORT", procedure: PROCEDURE, lots: [{ lot: "1" }] })}\n` };
  expect(await toldOf(line)).toEqual([text]);
  expect(await toldOf(registerOf(own("QUAY", "another")), false, line)).toEqual([text]);
});

test("other procedures and call-offs are others, and what is compared is not added up", async () => {
  expect(await toldOf(registerOf(own("PORT", "0a7f2c1e-0000-4000-9000-000000000043")))).toEqual([]);
  expect(await toldOf(registerOf(own("PORT", PROCEDURE, ", callOffOf: 00000042-2024")))).toEqual([]);
  expect(await toldOf(registerOf(own("PORT")), true)).toEqual([]);
});
