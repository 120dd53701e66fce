import { expect, test } from "vitest";
import { appearance, hiddenLetters, latinLookAlike } from "../../src/model/similar-names.ts";

test("a text as it looks", () => {
  expect(appearance("\u0391cm\u0435")).toBe("Acme");
  expect(appearance("\uff21cme")).toBe("Acme");
  expect(appearance("Łódź Café")).toBe("Łódź Café");
  expect(appearance("東京")).toBe("東京");
});

test("letters that hide in Latin words", () => {
  expect(hiddenLetters("\u0391cme \u0430nd Co")).toEqual(["\u0391", "\u0430"]);
  expect(hiddenLetters("София and Αθήνα")).toEqual([]);
  expect(hiddenLetters("βTech ΩMega")).toEqual([]);
  expect(hiddenLetters("plain")).toEqual([]);
  expect(hiddenLetters("2024 – …")).toEqual([]);
});

test("no Latin letter is said to look like another", () => {
  for (let code = 0; code < 0x250; code++) expect(latinLookAlike(String.fromCharCode(code))).toBeUndefined();
  expect(latinLookAlike("\u0391")).toBe("A");
});
