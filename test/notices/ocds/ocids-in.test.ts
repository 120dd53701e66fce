import { expect, test } from "vitest";
import { ocidsIn } from "../../../src/notices/ocds/read-ocds.ts";

const PROCEDURE = "5f0c7f9e-1111-4000-8000-000000000001";
const OTHER = "5f0c7f9e-2222-4000-8000-000000000002";

test.each([
  ['{"ocid":"ocds-1","id":"1"}', ["ocds-1"]],
  ['{"id":"1", "ocid" :\n "ocds-1"}', ["ocds-1"]],
  ['{"releases":[{"ocid":"ocds-1"},{"ocid":"Łódź"}]}', ["ocds-1", "Łódź"]],
  [`{"ocid":"ocds-1-${PROCEDURE}"}`, [`ocds-1-${PROCEDURE}`, PROCEDURE]],
  [`{"ocid":"1", "id": "${PROCEDURE}", "tender":{"id":"${OTHER}"}}`, ["1", OTHER]],
  ['{"ocid":"1","id":"2020/S 110-268595","tender":{"id":"7"},"tag":["tender"]}', ["1", "00268595-2020"]],
  ['{"tender":{"title":"no id"},"tender":{', []],
  ['{"scheme":"ocid","identifier":"ocds-1"}', []],
  ['{"ocid":null}', []],
  ['{"ocid":"unended', []],
  ["", []],
])("the ocids in %s, and what else the process may be called, are %j", (text, expected) => {
  expect([...ocidsIn(Buffer.from(text))].map(String)).toEqual(expected);
});
