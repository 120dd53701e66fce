import { expect, test } from "vitest";
import { publicationNumber } from "../../src/notices/publication-number.ts";

test.each([
  ["627166-2024", "00627166-2024"],
  ["00627166-2024", "00627166-2024"],
  ["2022/S 084-228541", "00228541-2022"],
])("%s is %s", (written, expected) => expect(publicationNumber(written)).toBe(expected));

test.each(["", "n.a.", "2022-945636", "123456789-2024", "9c0fd704-64d3-4294-a3b6-6df45911ab9f-01"])(
  "%s is none",
  (written) => expect(publicationNumber(written)).toBeUndefined(),
);
