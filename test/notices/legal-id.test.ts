import { expect, test } from "vitest";
import { legalId } from "../../src/notices/legal-id.ts";

test.each(["552 100 554", "BE 0403.170.701", "RO12473347", "MNCRRT54B15F132U", "FN 123456 a"])(
  "T2: %s can be a company's number",
  (text) => expect(legalId(text)).toBe(text),
);

test.each([
  "",
  "0",
  "n/a",
  "000000000",
  "999999",
  "123456789",
  "0123456789",
  "HRB 12345",
  "VR 40123",
  "TBD",
  "BE001",
  "Acme GmbH",
])("T2: %s proves nothing", (text) => expect(legalId(text)).toBeUndefined());
