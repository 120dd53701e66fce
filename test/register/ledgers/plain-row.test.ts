import fc from "fast-check";
import { expect, test } from "vitest";
import { LedgerBlock } from "../../../src/register/ledgers/plain-row.ts";
import { seeded } from "../../seeded.ts";

test("a block gives each text by the bytes between which it stands, whatever its letters", () => {
  const texts = fc.array(fc.constantFrom("", "a", "b c", "\u00e9", "Gr\u00fcn", "\u03a9\u03bc\u03ad\u03b3\u03b1"));
  fc.assert(
    fc.property(texts, (written) => {
      const block = new LedgerBlock(Buffer.from(written.join("\n")));
      let start = 0;
      for (const text of written) {
        const end = start + Buffer.byteLength(text);
        expect(block.text(start, end)).toBe(text);
        start = end + 1;
      }
    }),
    seeded(100),
  );
});
