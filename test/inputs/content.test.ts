import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Content, contentOf, contentOfChunks } from "../../src/inputs/content.ts";

const wide = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

const tar = (): Buffer => {
  const block = Buffer.alloc(512);
  block.write("register.yaml", 0);
  block.write("ustar", 257);
  return block;
};

const WHOLE: readonly (readonly [string, string | Buffer, Content])[] = [
  ["an empty file", "", "yaml"],
  ["blank lines", " \n\n", "yaml"],
  ["YAML", "contracts:\n  - contract: c\n", "yaml"],
  ["YAML in braces", "{contracts: [{contract: c, lots: [{lot: 1}]}]}", "yaml"],
  ["any text", "Nothing that lotbook reads.", "yaml"],
  ["XML", '<?xml version="1.0"?><a/>', "xml"],
  ["XML behind a byte order mark", "\uFEFF<a/>", "xml"],
  ["XML behind blank lines", "\n\n  <a/>", "xml"],
  ["XML in UTF-16", wide("<a/>"), "xml"],
  ["XML in UTF-16 without a mark", Buffer.from("<a/>", "utf16le"), "xml"],
  ["XML in UTF-16, big end first", Buffer.from("<a/>", "utf16le").swap16(), "xml"],
  ["gzip", gzipSync("contracts: []"), "gzip"],
  ["zip", Buffer.from("PK\u0003\u0004 and so on", "latin1"), "zip"],
  ["an empty zip", Buffer.from("PK\u0005\u0006 and so on", "latin1"), "zip"],
  ["tar", tar(), "tar"],

  ["a register over several lines of JSON", '{\n  "contracts": []\n}\n', "yaml"],
  [
    "a register on one line of JSON",
    '{"suppliers": [], "contracts": [{"contract": "c", "buyer": "b"}]}',
    "register-json",
  ],
  [
    "a register over lines of JSON with suppliers alone",
    '{"suppliers": [\n{"supplier": "a", "name": "A"}]}',
    "register-json",
  ],
  ["a list of contracts, which is no register", '[{"contract": "c", "lots": []}]', "register-json"],
  ["contracts of another kind", '{"contracts": [{"id": "c"}], "suppliers": 3}', "yaml"],
  ["a register on one line with its end", '{"contracts": []}\n', "yaml"],
  ["a contract on a line", '{"contract":"c","lots":[{"lot":"1"}]}', "register-lines"],
  ["a contract on a line, its id last", '{"lots":[{"lot":"1"}],"contract":"c"}\n', "register-lines"],
  ["a broken contract on a line", '{"contract":"c","lots":[{"lot":"1"}', "register-lines"],
  ["a query on a line", '{"query":"late","find":"is:ended"}\n{"contract":"c"}\n', "register-lines"],
  ["records of no kind, one a line", '{"a":1}\n{"b":2}\n', "json-lines"],
  ["an object of no kind", '{"a":1}\n', "yaml"],
  ["a list of no kind", '[{"a":1}]', "yaml"],
  ["a list of texts", '["ocid"]', "yaml"],
  ["an empty list", "[]", "yaml"],

  ["a release package", '{"uri":"x","releases":[{"ocid":"1","tag":["award"]}]}', "ocds"],
  ["a release package with its releases on lines", '{"releases":[\n{"ocid":"1"},\n{"ocid":"2"}\n]}', "ocds"],
  ["a record package", '{\n"version":"1.1",\n"records":[]}', "ocds"],
  ["a release without an ocid", '{"contracts":[{"id":"1"}],"awards":[]}', "ocds"],
  ["a release in Latin-1", Buffer.from('{"buyer":{"name":"Ciudad de M\u00e9xico"},"tender":{}}', "latin1"), "ocds"],
  ["a release behind a byte order mark", '\uFEFF{"ocid":"1"}', "ocds"],
  ["a release in UTF-16", wide('{"ocid":"1"}'), "ocds"],
  ["releases in UTF-16, one a line, which cannot be cut by bytes", wide('{"ocid":"1"}\n{"ocid":"2"}\n'), "ocds"],
  ["a list of releases", '[{"ocid":"1"},{"ocid":"2"}]', "ocds"],
  ["a list of releases, on lines", '[\n{"ocid":"1"},\n{"ocid":"2"}\n]', "ocds"],
  ["a list of releases with a source each", '[{"source":"x","ocid":"1"}]', "ocds"],
  ["releases, one a line", '{"ocid":"1"}\n{"ocid":"2"}\n', "ocds-lines"],
  ["packages, one a line", '{"releases":[{"ocid":"1"}]}\r\n{"releases":[]}', "ocds-lines"],
  ["a release cut short", '{"ocid":"1","tender":{"id', "ocds"],
  ["brackets and quotes in texts", '{"a":"}\\"{[","ocid":"\\\\"}\n{"ocid":"2"}', "ocds-lines"],
  ["keys of inner objects", '{"contract":"c","note":{"ocid":1}}', "register-lines"],
  ["an ocid within", '{"a":{"ocid":1}}', "yaml"],
  ["a wrapped release package", '{"releasePackage":{"releases":[{"ocid":"1"}]},"pages":1}', "ocds"],
  ["wrapped packages", '{"arrayReleasePackage":[{"releases":[]}]}', "ocds"],
  ["wrapped releases over lines", '{\n"data":[\n{"ocid":"1"}],"page":0}', "ocds"],
  ["wrapped releases, one a line", '{"result":{"ocid":"1"}}\n{"result":{"ocid":"2"}}\n', "ocds-lines"],
  ["a release in a wrapper of its name", '{"release":{"ocid":"1"}}', "ocds"],
  ["a page of releases in a wrapper", '{"payload":{"content":[{"ocid":"1"}]}}', "ocds"],
  ["a wrapper of something else", '{"data":[{"name":"ocid"}]}', "yaml"],
  ["a release on one line, others over lines", '{"ocid":"1"}\n{\n"ocid":"2"\n}\n', "ocds"],
  ["a record of no kind on one line, others over lines", '{"a":1}\n{\n"b":2\n}\n', "json-lines"],
  ["a release, and what begins another", '{"ocid":"1"}\n{', "ocds-lines"],
  ["pretty releases one after the other", '{\n"ocid":"1"\n}\n{\n"ocid":"2"\n}\n', "ocds"],

  ["a package of DECP", '{"marches":{"marche":[]}}', "decp"],
  ["records of DECP", '[{"id":"1","acheteur":{"id":"2"},"titulaires":[]}]', "decp"],
  ["records of DECP, one a line", '{"id":"1","acheteur_id":"2"}\n{"id":"2","acheteur_id":"2"}\n', "decp-lines"],
  ["a table of DECP", "id;acheteur_id;montant\n1;2;3\n", "decp-csv"],
  ["a quoted table of DECP behind a mark", '\uFEFF"id","acheteur_id","montant"\n', "decp-csv"],

  ["a table of DECP with the buyer's number in one word", "id;idacheteur;montant\n1;2;3\n", "decp-csv"],
  ["an answer of BOAMP", '{"total_count":1,"results":[{"idweb":"24-1","objet":"x"}]}', "boamp"],
  ["a table of BOAMP", "idweb;id;objet\n1;2;x\n", "boamp"],
  ["an answer of TED's search", '{"notices":[{"publication-number":"1-2030"}],"totalNoticeCount":1}', "ted-search"],
  ["TED CSV", "ID_NOTICE_CAN,TED_NOTICE_URL\n1,x\n", "ted-csv"],
  ["Contracts Finder CSV", '"Notice Identifier","Notice Type","Title"\n"1","x","y"\n', "contracts-finder-csv"],
  ["Contracts Finder CSV without quotes", "\uFEFFNotice Identifier,Notice Type,Title\n1,x,y\n", "contracts-finder-csv"],
  ["flattened OCDS", "ocid,id,awards/0/id\n1,2,3\n", "ocds-csv"],
  ["flattened OCDS of releases", "id,releases/0/ocid,x\n1,2,3\n", "ocds-csv"],
  ["flattened OCDS of records", "compiledRelease/ocid;compiledRelease/id\n1;2\n", "ocds-csv"],
  ["a table with an id that ends alike", "myocid,id\n1,2\n", "yaml"],
  ["a tender of Prozorro", '{"data":{"id":"a","tenderID":"UA-1","awards":[]}}', "prozorro"],
  ["tenders of Opentender", '{"persistentId":"1","lots":[]}\n{"persistentId":"2"}\n', "opentender"],
  ["any other table", "a,b\n1,2\n", "yaml"],
  ["YAML with commas", "a, b: c\n", "yaml"],
  ["RAR", Buffer.from("Rar!\x1a\x07\x01\x00 and so on", "latin1"), "RAR"],
  ["7z", Buffer.from("7z\xbc\xaf\x27\x1c and so on", "latin1"), "7z"],
  ["PDF", "%PDF-1.7\n", "pdf"],
  ["Parquet", "PAR1 and so on", "parquet"],
  ["an older workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "xls"],
];

describe("what bytes hold", () => {
  test.each(WHOLE)("%s", (_, written, content) => {
    expect(contentOf(Buffer.from(written), true)).toBe(content);
  });

  test.each(WHOLE)("%s, in chunks of three bytes", (_, written, content) => {
    const bytes = Buffer.from(written);
    const reused = Buffer.alloc(3);
    const chunks = function* () {
      for (let at = 0; at < bytes.length; at += 3) yield reused.subarray(0, bytes.copy(reused, 0, at, at + 3));
    };
    expect(contentOfChunks(chunks())).toBe(content);
  });

  test("no more is read than it takes to tell", () => {
    const chunks = function* () {
      yield Buffer.from('{"ocid":"1","title":"');
      yield Buffer.from(`${"a long text ".repeat(100)}"}\n`);
      yield Buffer.from('{"ocid":"2"}\n'.repeat(200));
      throw new Error("too far");
    };
    expect(contentOfChunks(chunks())).toBe("ocds-lines");
  });
});
