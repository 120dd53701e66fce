import { expect, test } from "vitest";
import { graphemeWidth } from "../../src/output/grapheme-width.ts";
import { graphemeWidth as inPages } from "../../src/page/page-widths.ts";

test.each([
  "",
  "City of Graz",
  "Łódź",
  "e\u0301te\u0301",
  "東京都",
  "ひらがなカタカナ、。",
  "한국",
  "👍🏽 👩‍👩‍👧",
  "（全角）！",
  "Ελλάδα",
  "مصر",
])("%s is as wide in pages as in terminals", (text) => expect(inPages(text)).toBe(graphemeWidth(text)));
