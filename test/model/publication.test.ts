import { expect, test } from "vitest";
import { countOfKind, otherKind } from "../../src/model/publication.ts";

test.each([
  [otherKind("a contract notice"), "1 contract notice", "2 contract notices"],
  [otherKind("an award"), "1 award", "2 awards"],
  [otherKind("a summary", "summaries"), "1 summary", "2 summaries"],
])("%j is counted without its article", (kind, one, two) => {
  expect([countOfKind(kind, 1), countOfKind(kind, 2)]).toEqual([one, two]);
});
