import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { escapeHidden } from "../../src/model/hidden-characters.ts";
import { quoted, yamlText } from "../../src/writers/print-yaml.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

const HOSTILE = fc.oneof(
  anyText(10),
  fc
    .array(
      fc.constantFrom(
        ..."a ::error:: ##[x] ##vso[ section_start:1: \n \u2060 \u2064 \u{e0041} \u00ad \u2800 \u3164 \ufe0f".split(
          " ",
        ),
        ...'e\u0301\u0302\u0303\u0304\u0305 \u{1d173} \u2028 \u202e \u200b \ud83d\udc69\u200d\ud83d\udcbb \\ "'.split(
          " ",
        ),
        " ",
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join("")),
);

/** What Unicode says shows nothing, but for what joins letters. */
const UNSEEN =
  /(?!\n|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

test("quoted texts and JSON hold nothing that cannot be seen, and say the same", () => {
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const json = escapeHidden(JSON.stringify(text));
      expect(JSON.parse(json)).toBe(text);
      expect(json).not.toMatch(UNSEEN);
      expect(json).not.toMatch(/##(?:\[|vso\[)/);
      const yaml = quoted(text);
      expect(yaml).not.toMatch(UNSEEN);
      expect(yaml).not.toMatch(/##(?:\[|vso\[)/);
      // Half a surrogate pair cannot be written in YAML; the reader of registers refuses it.
      if (text.isWellFormed()) expect(parse(yaml)).toBe(text);
    }),
    seeded(1_000),
  );
});

test.each([
  ["BE:0403.170.701", "plain"],
  ["12:30", "quoted"],
  ["North", "plain"],
  ["No", "quoted"],
  ["two\nlines", "literal"],
  ["two\n\n lines\n", "literal"],
  [" two\nlines", "quoted"],
  ["two\n\u202elines", "quoted"],
  ["a\n::error::", "quoted"],
  ["a\n  ::error::", "quoted"],
  ["a\nsection_end:1", "quoted"],
  ["a\nb ##[x]", "quoted"],
  ["a\nb::error", "literal"],
])("%j is %s", (text, form) => {
  expect(yamlText(text)).toMatchObject({ form, value: text });
});

test("a text that is written without quotes can be seen, and no log obeys a line of it", () => {
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const { form, source, value } = yamlText(text);
      const written = form === "literal" ? value : source;
      expect(written).not.toMatch(UNSEEN);
      expect(written).not.toMatch(/^\s*(?:::|section_start:)|##(?:\[|vso\[)/m);
    }),
    seeded(1_000),
  );
});
