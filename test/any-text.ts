import fc from "fast-check";

/** One UTF-16 code unit or one letter beyond them: ASCII, every script, controls, surrogates without their other half. */
const anyLetter = fc
  .oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff }), fc.integer({ min: 0x10000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text whatever. (`fc.string({ unit: "binary" })` takes most of a second to make, and gives no lone surrogates.) */
export const anyText = (maxLength: number, minLength = 0): fc.Arbitrary<string> =>
  fc.array(anyLetter, { minLength, maxLength }).map((letters) => letters.join(""));
