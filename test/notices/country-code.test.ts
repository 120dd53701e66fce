import { expect, test } from "vitest";
import { countryCode } from "../../src/notices/country-code.ts";

test.each([
  ["DEU", "DE"],
  ["DE", "DE"],
  ["AUT", "AT"],
  ["1A0", "XK"],
  ["UK", "GB"],
  ["EL", "GR"],
  ["GRC", "GR"],
  ["ZWE", "ZW"],
])("%s is %s", (code, expected) => expect(countryCode(code)).toBe(expected));

test.each(["", "D", "XXX", "Germany", "constructor"])("%s is no country", (code) =>
  expect(countryCode(code)).toBeUndefined(),
);
