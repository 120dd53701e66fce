import { expect, test } from "vitest";
import { readEforms } from "../../../src/notices/eforms/read-eforms.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import { lot, notice } from "./notice-xml.ts";

const refusal = (xml: string): readonly string[] => {
  const { notices, findings } = readEforms(xml, "notice.xml", new SupplierPool());
  expect(notices).toEqual([]);
  return findings.map(
    ({ severity, rule, message, position }) =>
      `${position?.file}:${position?.line}:${position?.column} ${severity} ${rule} ${message}`,
  );
};

test.each(["<html/>", "<ContractAwardNotice/>", '<ContractAwardNotice xmlns="urn:example"/>'])(
  "%s is refused with what it is",
  (xml) => {
    const name = /\w+/.exec(xml)?.[0];
    const message = `${name} is no notice of eForms, not an award notice`;
    expect(refusal(`<?xml version="1.0"?>\n ${xml}`)).toEqual([`notice.xml:2:2 error F9 ${message}`]);
  },
);

test("what is not well-formed is refused with the place", () => {
  const cut = notice({ lots: lot("LOT-1") })
    .replace("<cbc:VersionID>", "\n<cbc:VersionID>")
    .replace("</cbc:VersionID>", "");
  expect(refusal(cut)).toEqual([
    expect.stringMatching(/^notice\.xml:2:\d+ error F1 <cbc:VersionID> is not closed before$/),
  ]);
  expect(refusal(cut.slice(0, 100))).toHaveLength(1);
});

test("where a notice stands is known without its line", () => {
  const { notices } = readEforms(`<?xml version="1.0"?>\n\n  ${notice({})}`, "notice.xml", new SupplierPool());
  expect(notices[0]?.contract.origin.locate(["lots", 0, "ceiling"])).toEqual({
    file: "notice.xml",
    line: 3,
    column: 3,
    text: "",
  });
});
