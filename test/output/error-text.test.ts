import fc from "fast-check";
import { expect, test } from "vitest";
import { notesText } from "../../src/cli/remarks.ts";
import { DataError, findingOf, UsageError } from "../../src/model/errors.ts";
import { errorText } from "../../src/output/error-text.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";
import { safeLines } from "../../src/output/safe-text.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

const hostile = fc.oneof(
  anyText(8),
  fc
    .array(
      fc.constantFrom(
        ..."a ::error:: ##[x] \u2063 \u00ad \u{e0041} \u3164 \u0301 \u202e \u001b[2J \r ❤ 日本".split(" "),
        "\n",
        " ",
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join("")),
);

/** What acts or shows nothing, but for what joins letters and signs that Unicode draws around numbers. */
const ACTS =
  /(?!\n|\u200c|\u200d|\ufe0f|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

test("errors, excerpts, hints and notes hold nothing that acts, and no line that a log obeys", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, fc.nat(12), async (message, hint, text, column) => {
      const position = { file: message, line: 1, column: Math.min(column, text.length) + 1, text };
      const written = [
        await errorText(new UsageError(message, hint), PLAIN_STYLE),
        await errorText(new DataError([findingOf("F1", message, position, hint)]), PLAIN_STYLE),
        notesText([message], { style: PLAIN_STYLE, width: 20 }),
      ].map(safeLines);
      for (const lines of written) {
        expect(lines).not.toMatch(ACTS);
        expect(lines).not.toMatch(/^\s*::|##\[/m);
      }
    }),
    seeded(300),
  );
});
