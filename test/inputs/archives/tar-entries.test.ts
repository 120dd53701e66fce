import { expect, test } from "vitest";
import { isZeroBlock, readPaxAttributes, readTarHeader } from "../../../src/inputs/archives/tar-entries.ts";

/** A header with the fields written where they belong, and its checksum. */
const headerOf = (fields: readonly (readonly [number, string])[]): Buffer => {
  const block = Buffer.alloc(512);
  for (const [offset, text] of fields) block.write(text, offset, "latin1");
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
};

test("name, size and type", () => {
  const ustar = [257, "ustar\u000000"] as const;
  expect(readTarHeader(headerOf([[0, "a.xml"], [124, "00000000017\0"], [156, "0"], ustar]))).toEqual({
    name: "a.xml",
    size: 15,
    type: "0",
    target: "",
    goesOn: false,
  });
  expect(readTarHeader(headerOf([[0, "a.xml"], [345, "deep/er"], ustar]))?.name).toBe("deep/er/a.xml");
});

test("only a sparse file goes on with more of a header", () => {
  const goesOn = (type: string, said: string) =>
    readTarHeader(
      headerOf([
        [0, "a.xml"],
        [156, type],
        [482, said],
      ]),
    )?.goesOn;
  expect([goesOn("S", "\x01"), goesOn("S", "\0"), goesOn("0", "\x01")]).toEqual([true, false, false]);
});

test("the form of old has no prefix, and files of type NUL", () => {
  expect(
    readTarHeader(
      headerOf([
        [0, "a.xml"],
        [345, "no prefix"],
      ]),
    ),
  ).toMatchObject({ name: "a.xml", size: 0, type: "0" });
});

test("sizes past eight gigabytes", () => {
  const size = "\x80\0\0\0\0\0\0\x02\0\0\0\x01";
  expect(readTarHeader(headerOf([[124, size]]))?.size).toBe(2 * 2 ** 32 + 1);
  for (const absurd of ["\xff".repeat(12), `${"\xff".repeat(11)}\xfe`, `\xc0${"\0".repeat(10)}\x05`, "\x80\x7f"]) {
    expect(readTarHeader(headerOf([[124, absurd]]))).toBeUndefined();
  }
});

test("what is no header", () => {
  const header = headerOf([[0, "a.xml"]]);
  expect(readTarHeader(header)).toBeDefined();
  header.write("b", 0);
  expect(readTarHeader(header)).toBeUndefined();
  expect(readTarHeader(headerOf([[124, "9"]]))).toBeUndefined();
  expect(isZeroBlock(Buffer.alloc(512))).toBe(true);
  expect(isZeroBlock(header)).toBe(false);
});

test("attributes of pax", () => {
  const bytes = Buffer.from("11 path=é\n19 comment=a=b\nc d\n5 x=\n");
  expect([...(readPaxAttributes(bytes) ?? [])]).toEqual([
    ["path", "é"],
    ["comment", "a=b\nc d"],
    ["x", ""],
  ]);
  expect(readPaxAttributes(Buffer.alloc(0))?.size).toBe(0);
  for (const broken of [
    "x",
    "0 path=a\n",
    "-5 path=a\n",
    "path",
    "8 path=a\n",
    "99 path=a\n",
    "1e1 path=a\n",
    "10 path=aa",
  ]) {
    expect(readPaxAttributes(Buffer.from(broken)), broken).toBeUndefined();
  }
});
