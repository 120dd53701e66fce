import { expect, test } from "vitest";
import { OutputBuffer } from "../../src/cli/output-buffer.ts";

test("a long answer leaves while it is written: it is never held in memory as a whole", () => {
  let written = "";
  const buffer = new OutputBuffer({
    write: (text) => {
      written += text;
    },
    isTerminal: false,
    columns: undefined,
  });
  const piece = "x".repeat(1000);
  for (let length = piece.length; length <= 1e6; length += piece.length) {
    buffer.write(piece);
    expect(length - written.length).toBeLessThan(100_000);
  }
  buffer.flush();
  expect(written).toBe(piece.repeat(1000));
});
