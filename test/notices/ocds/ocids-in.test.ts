import { expect, test } from "vitest";
import { ocidsIn } from "../../../src/notices/ocds/read-ocds.ts";

test.each([
  ['{"ocid":"ocds-1","id":"1"}', ["ocds-1"]],
  ['{"id":"1", "ocid" :\n "ocds-1"}', ["ocds-1"]],
  ['{"releases":[{"ocid":"ocds-1"},{"ocid":"Łódź"}]}', ["ocds-1", "Łódź"]],
  ['{"scheme":"ocid","identifier":"ocds-1"}', []],
  ['{"ocid":null}', []],
  ['{"ocid":"unended', []],
  ["", []],
])("the ocids in %s are %j", (text, expected) => {
  expect([...ocidsIn(Buffer.from(text))].map(String)).toEqual(expected);
});
