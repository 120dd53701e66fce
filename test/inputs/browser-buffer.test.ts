import { Buffer as NodeBuffer, isAscii as nodeIsAscii, isUtf8 as nodeIsUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Buffer, isAscii, isUtf8 } from "../../src/inputs/browser-buffer.ts";
import { anyText } from "../any-text.ts";

/** What stands in for Node's own in browsers does the same. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  anyText(20).map((text) => new Uint8Array(NodeBuffer.from(text))),
  fc
    .array(fc.constantFrom(0x61, 0x0a, 0xef, 0xbb, 0xbf, 0xc3, 0xa9), { maxLength: 12 })
    .map((all) => new Uint8Array(all)),
);
const wanted = fc.oneof(
  fc.constantFrom(0x0a, "a", "é", "ab", "\n"),
  bytes.filter(({ length }) => length > 0),
);

test("texts of bytes, and what they are", () => {
  fc.assert(
    fc.property(bytes, fc.nat(45), fc.nat(45), (all, start, end) => {
      const [own, node] = [Buffer.from(all), NodeBuffer.from(all)];
      for (const encoding of ["utf8", "latin1"] as const) {
        expect(own.toString(encoding)).toBe(node.toString(encoding));
        expect(own.toString(encoding, start, end)).toBe(node.toString(encoding, start, end));
      }
      expect(own.toString()).toBe(node.toString());
      expect([isAscii(own), isUtf8(own)]).toEqual([nodeIsAscii(node), nodeIsUtf8(node)]);
    }),
  );
});

test("where something stands", () => {
  fc.assert(
    fc.property(bytes, wanted, fc.nat(45), (all, what, from) => {
      const [own, node] = [Buffer.from(all), NodeBuffer.from(all)];
      expect(own.indexOf(what, from)).toBe(node.indexOf(what, from));
      expect(own.includes(what)).toBe(node.includes(typeof what === "object" ? NodeBuffer.from(what) : what));
      if (typeof what === "number") expect(own.lastIndexOf(what)).toBe(node.lastIndexOf(what));
    }),
  );
});

test("making, joining and comparing", () => {
  fc.assert(
    fc.property(fc.array(bytes), anyText(10), (parts, text) => {
      expect([...Buffer.concat(parts)]).toEqual([...NodeBuffer.concat(parts)]);
      expect([...Buffer.from(text)]).toEqual([...NodeBuffer.from(text)]);
      const [first = new Uint8Array(), second = new Uint8Array()] = parts;
      expect(Buffer.from(first).equals(second)).toBe(NodeBuffer.from(first).equals(second));
    }),
  );
});

test("a part of what is there is no copy", () => {
  const { buffer } = new Uint8Array([1, 2, 3, 4]);
  const part = Buffer.from(buffer, 1, 2);
  part[0] = 9;
  expect([[...part], [...new Uint8Array(buffer)]]).toEqual([
    [9, 3],
    [1, 9, 3, 4],
  ]);
  expect(Buffer.from(part).toString("latin1", 1)).toBe("\u0003");
});
