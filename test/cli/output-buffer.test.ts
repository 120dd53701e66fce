import { expect, test } from "vitest";
import type { AnswerSink } from "../../src/cli/io.ts";
import { OutputBuffer } from "../../src/cli/output-buffer.ts";

const sinkTo = (written: (text: string) => void): AnswerSink => ({
  write: written,
  writeBytes: (bytes) => written(`<${bytes.length} bytes>`),
  isTerminal: false,
  columns: undefined,
});

test("a long answer leaves while it is written: it is never held in memory as a whole", () => {
  let written = "";
  const buffer = new OutputBuffer(
    sinkTo((text) => {
      written += text;
    }),
  );
  const piece = "x".repeat(1000);
  for (let length = piece.length; length <= 1e6; length += piece.length) {
    buffer.write(piece);
    expect(length - written.length).toBeLessThan(100_000);
  }
  buffer.flush();
  expect(written).toBe(piece.repeat(1000));
});

test("bytes come after the text before them, and before the text after them", () => {
  const written: string[] = [];
  const buffer = new OutputBuffer(sinkTo((text) => written.push(text)));
  buffer.write("before");
  buffer.write(new Uint8Array(3));
  buffer.write("after");
  buffer.flush();
  expect(written).toEqual(["before", "<3 bytes>", "after"]);
});
