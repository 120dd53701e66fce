import { describe, expect, test } from "vitest";
import { meantField, QUERY_FIELDS, queryFieldNamed } from "../../src/query/fields.ts";
import { parseQuery } from "../../src/query/parse-query.ts";

describe("names that are no fields", () => {
  const ELSEWHERE = [
    ...[
      "id",
      "name",
      "vendor",
      "contractor",
      "company",
      "winner",
      "holder",
      "seller",
      "authority",
      "client",
      "customer",
      "value",
      "price",
      "cost",
    ],
    ...["budget", "max", "maximum", "end", "ends", "expires", "expiry", "until", "start", "starts", "year", "state"],
    ...["cat", "category"],
  ];

  test.each(ELSEWHERE)("%s, as others call it, leads to fields that there are", (name) => {
    expect(queryFieldNamed(name)).toBeUndefined();
    for (const written of [name, name.toUpperCase()]) {
      const [, meant = ""] = /^did you mean (.+)\?$/.exec(meantField(written)) ?? [];
      const fields = meant.split(" or ");
      expect(fields.map((field) => queryFieldNamed(field)?.name)).toEqual(fields);
    }
  });

  test("written wrongly, lead to the nearest; far from all, to the list", () => {
    expect(meantField("celing")).toBe("did you mean ceiling?");
    expect(meantField("zzzzzzzz")).toBe("lotbook fields lists all that there are");
  });
});

test("every field has a meaning, and an example that is a query of it", () => {
  for (const { name, meaning, example, only } of QUERY_FIELDS) {
    expect(meaning).toMatch(/^[A-Z].*\.$/s);
    expect(parseQuery(example, undefined, undefined, only)).toMatchObject({ field: name });
  }
});
