import { expect, test } from "vitest";
import { nearest } from "../../src/model/nearest.ts";

test("the nearest words come first", () => {
  expect(nearest("celing", ["suppliers", "sailing", "ceiling"])).toEqual(["ceiling"]);
  expect(nearest("loot", ["lot", "lots", "loot1"])).toEqual(["lot", "loot1", "lots"]);
  expect(nearest("award", ["directAward", "awardDate"])).toEqual(["awardDate", "directAward"]);
});

test("N5: case and diacritics do not matter", () => {
  expect(nearest("telecom italia", ["Télécom Italia", "Atos"])).toEqual(["Télécom Italia"]);
});

test("a part of a word is near it, and a word is near its part", () => {
  expect(nearest("cloud", ["cloud-team-alliance"])).toEqual(["cloud-team-alliance"]);
  expect(nearest("cloud-i-2015", ["cloud-i"])).toEqual(["cloud-i"]);
});

test("a single letter is near nothing that it merely occurs in", () => {
  expect(nearest("a", ["accenture", "atos"])).toEqual([]);
});

test("what has nothing in common is not near, however short", () => {
  expect(nearest("xy", ["bt", "ab"])).toEqual([]);
  expect(nearest("zebra", ["contract", "lot"])).toEqual([]);
  expect(nearest("x", [])).toEqual([]);
});

test("at most three, each once", () => {
  expect(nearest("lot", ["lot1", "lot1", "lot2", "lot3", "lot4"])).toEqual(["lot1", "lot2", "lot3"]);
  expect(nearest("lot", ["lot1", "lot2"], 1)).toEqual(["lot1"]);
});

test("a very long word is near nothing", () => {
  expect(nearest("x".repeat(200), ["x".repeat(200)])).toEqual(["x".repeat(200)]);
  expect(nearest("x".repeat(201), ["x".repeat(201)])).toEqual([]);
});
