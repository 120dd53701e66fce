import { expect, test } from "vitest";
import { FreeIds } from "../../src/model/free-ids.ts";

test("an id is the name in plain letters, with a number where it is taken", () => {
  const ids = new FreeIds();
  const names = [
    "Hafen & Pier GmbH",
    " (Łódź) ",
    "hafen-pier, gmbh",
    "Hafen Pier GmbH 2",
    "HAFEN PIER GMBH",
    "株式会社",
    "?",
  ];
  expect(names.map((name) => ids.of(name))).toEqual([
    "hafen-pier-gmbh",
    "lodz",
    "hafen-pier-gmbh-2",
    "hafen-pier-gmbh-2-2",
    "hafen-pier-gmbh-3",
    "supplier",
    "supplier-2",
  ]);
});
