import { expect, test } from "vitest";
import { found, linesFound } from "../../checking.ts";

test("N5: letters of another script among Latin ones are named", async () => {
  expect(await found("N5", 'title: "\u0391cme", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its title "\u0391cme" has Greek \u0391 (U+0391), which looks like A',
  ]);
  expect(await found("N5", 'buyer: { p: "C\u0456t\u0443" }, lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its buyer "C\u0456t\u0443" has Cyrillic \u0456 (U+0456), which looks like i, and Cyrillic \u0443 (U+0443), which looks like y',
  ]);
  expect(await found("N5", 'coordinator: "D\u0555CK", lots: [{ lot: 1 }]')).toEqual([
    'warning N5-lookalike: k: its coordinator "D\u0555CK" has foreign \u0555 (U+0555), which looks like O',
  ]);
  expect(await found("N5", 'jointBuyers: ["P\u043ert"], users: [Port, "\u0420ort"], lots: [{ lot: 1 }]')).toHaveLength(
    2,
  );
});

test("N5: whole words of one script, and letters that look like no other, pass", async () => {
  for (const name of [
    "\u0421\u043e\u0444\u0438\u044f",
    "\u0391\u03b8\u03ae\u03bd\u03b1 Port",
    "\u03b2Tech",
    "Caf\u00e9 \u0141\u00f3d\u017a",
    "\u6771\u4eac IT",
  ])
    expect(await found("N5", `title: "${name}", lots: [{ lot: 1 }]`)).toEqual([]);
});

const suppliers = (...names: string[]) =>
  `suppliers: [${names.map((name, index) => `{ supplier: s${index}, name: "${name}" }`).join(", ")}]`;

test("N5: a supplier whose name looks like another's, in letters of one script", async () => {
  expect(await linesFound("N5", suppliers("HOPE", "\u041d\u041e\u0420\u0415"))).toEqual([
    'warning N5-lookalike: supplier s1: its name "\u041d\u041e\u0420\u0415" looks like, and is not, "HOPE", a name of s0',
  ]);
  expect(await linesFound("N5", suppliers("HOPE", "\u0397OPE"))).toEqual([
    'warning N5-lookalike: supplier s1: its name "\u0397OPE" has Greek \u0397 (U+0397), which looks like H',
    'warning N5-lookalike: supplier s1: its name "\u0397OPE" looks like, and is not, "HOPE", a name of s0',
  ]);
});
