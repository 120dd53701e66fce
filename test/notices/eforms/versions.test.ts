import { describe, expect, test } from "vitest";
import {
  contract,
  extension,
  group,
  lot,
  notice,
  organisation,
  party,
  project,
  result,
  technique,
  tender,
} from "./notice-xml.ts";
import { amountsText, amountText, claimText, contractIn, lotLines, noteLines } from "./reading.ts";

const version = (written: string): string => `<cbc:CustomizationID>${written}</cbc:CustomizationID>`;

/** What SDK 1.16 declares secret once, at the notice. */
const undisclosed = (codes: readonly string[], until?: string): string =>
  `<efac:NoticeInformationNondisclosure>${codes
    .map(
      (code) =>
        `<efac:NondisclosureReference><efbc:NondisclosureID>${code}</efbc:NondisclosureID></efac:NondisclosureReference>`,
    )
    .join(
      "",
    )}${until === undefined ? "" : `<efbc:InformationDisclosureDate>${until}</efbc:InformationDisclosureDate>`}</efac:NoticeInformationNondisclosure>`;

const COMPANIES = organisation("ORG-1", "Acme") + organisation("ORG-2", "Bcme");
const PARTIES = party("TPA-1", ["ORG-1"]) + party("TPA-2", ["ORG-2"]);

interface Parts {
  readonly secret?: string;
  readonly totals?: string;
  readonly sdk?: string;
}

const contractWith = ({ secret = "", totals = "", sdk = "eforms-sdk-1.16" }: Parts) =>
  contractIn(
    notice({
      organisations: COMPANIES,
      results:
        totals +
        result("LOT-1", { status: "selec-w", tenders: ["TEN-1"] }) +
        result("LOT-2", { status: "selec-w", tenders: ["TEN-2"], maximum: "EUR 5" }) +
        tender("TEN-1", { party: "TPA-1", value: "EUR 3" }) +
        tender("TEN-2", { party: "TPA-2" }) +
        contract("CON-1", { tenders: ["TEN-1"] }) +
        contract("CON-2", { tenders: ["TEN-2"] }) +
        PARTIES,
      changes: secret,
      lots: lot("LOT-1", technique("fa-wo-rc")) + lot("LOT-2", technique("fa-wo-rc")),
      more: version(sdk),
    }),
  );

describe("E6: SDK 1.16 declares secrecy once, at the notice", () => {
  test("of all values of framework agreements, whatever stands there", () => {
    const answer = contractWith({ secret: undisclosed(["not-fram"], "2999-12-31Z") });
    expect(lotLines(answer)).toEqual([
      "LOT-1 | awarded | Acme | withheld (BT-709) | EUR 3",
      "LOT-2 | awarded | Bcme | withheld (BT-709) | nothing awarded",
    ]);
    expect(answer.ceiling?.[0].value).toBe("withheld");
    expect(answer.awarded).toBeUndefined();
  });

  test("of tenders and of the notice's own value", () => {
    const answer = contractWith({ secret: undisclosed(["ten-valu", "not-valu", "ten-rank"]) });
    expect(answer.lots.map(({ awarded }) => amountsText(awarded?.[0].value))).toEqual(["withheld", "withheld"]);
    expect(claimText(answer.awarded, amountText)).toBe("withheld (BT-161)");
    expect(answer.lots.map(({ ceiling }) => claimText(ceiling, amountText))).toEqual([undefined, "EUR 5 (BT-709)"]);
  });

  test("until the day on which it is disclosed: then what stands there counts", () => {
    const answer = contractWith({ secret: undisclosed(["not-fram", "ten-valu"], "2024-01-31+01:00") });
    expect(lotLines(answer)).toEqual([
      "LOT-1 | awarded | Acme | no ceiling | EUR 3",
      "LOT-2 | awarded | Bcme | EUR 5 (BT-709) | nothing awarded",
    ]);
  });

  test("of what nobody won, and of groups that have no value, nothing is withheld", () => {
    const answer = contractIn(
      notice({
        organisations: COMPANIES,
        results: result("LOT-1", { status: "clos-nw" }).replace(/<efac:FrameworkAgreementValues>.*?Values>/, ""),
        changes: undisclosed(["not-fram"]),
        lots: lot("LOT-1") + lot("LOT-2"),
        groups: group("GLO-1", ["LOT-1", "LOT-2"]),
      }),
    );
    expect(lotLines(answer)[0]).toBe("LOT-1 | closed-no-winner | nobody | no ceiling | nothing awarded");
    expect(answer.groups.map(({ ceiling }) => ceiling)).toEqual([undefined]);
  });

  test("without one, nothing is", () => {
    expect(lotLines(contractWith({}))).toEqual([
      "LOT-1 | awarded | Acme | no ceiling | EUR 3",
      "LOT-2 | awarded | Bcme | EUR 5 (BT-709) | nothing awarded",
    ]);
  });
});

test("SDK 1.16: extensions of a country's own come first, and change nothing", () => {
  const plain = notice({ organisations: COMPANIES, results: PARTIES, lots: lot("LOT-1", project("")) });
  const own =
    '<efext:local-extensions><own:NoticeResult xmlns:own="urn:own"><own:TotalAmount>7</own:TotalAmount></own:NoticeResult></efext:local-extensions>';
  const extended = plain.replace("<efext:EformsExtension>", `<efext:EformsExtension>${own}`);
  expect(extended).not.toBe(plain);
  expect(contractIn(extended)).toEqual({ ...contractIn(plain), origin: expect.anything() });
});

describe("R-VERSION: a notice of a newer version is read, and a note says so", () => {
  test.each([
    ["eforms-sdk-1.17", true],
    ["eforms-sdk-2.1", true],
    ["eforms-sdk-3.0#urn:national", true],
    ["eforms-sdk-1.16", false],
    ["eforms-sdk-1.10#extended#urn:fdc:anskaffelser.no:2023:eforms:eu", false],
    ["eforms-sdk-2.0", false],
    ["eforms-de-1.0", false],
    ["", false],
  ])("%s: %s", (sdk, told) => {
    const answer = contractWith({ sdk });
    expect(lotLines(answer)).toHaveLength(2);
    expect(noteLines(answer).filter((line) => line.startsWith("R-VERSION"))).toHaveLength(told ? 1 : 0);
  });
});

describe("R-AMT: -1", () => {
  const minusOne = (sdk: string, more = "") =>
    contractIn(
      notice({
        organisations: COMPANIES,
        results:
          result("LOT-1", { status: "selec-w", tenders: ["TEN-1"], maximum: "EUR -1" }) +
          tender("TEN-1", { party: "TPA-1", value: "EUR -1", more }) +
          PARTIES,
        lots: lot("LOT-1"),
        more: version(sdk),
      }),
    );
  const SECRET =
    "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>win-ten-val</efbc:FieldIdentifierCode></efac:FieldsPrivacy>";

  test.each([
    ["eforms-sdk-1.13", "", "withheld"],
    ["", "", "withheld"],
    ["eforms-sdk-1.14", "", "EUR -1"],
    ["eforms-sdk-2.0", "", "EUR -1"],
    ["eforms-sdk-1.15", SECRET, "withheld"],
  ])("of a tender under %j %s is %s; of a ceiling it is always withheld", (sdk, more, expected) => {
    const [only] = minusOne(sdk, more).lots;
    expect(amountsText(only?.awarded?.[0].value)).toBe(expected);
    expect(only?.ceiling?.[0].value).toBe("withheld");
  });
});

describe("E9: plain UBL, as German notices were before eForms-DE", () => {
  const winner = (name: string): string =>
    `<cac:WinningParty><cac:Party><cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName></cac:Party></cac:WinningParty>`;
  const tenderResult = (content: string): string =>
    `<cac:TenderResult><cbc:TenderResultCode>selec-w</cbc:TenderResultCode><cbc:AwardDate>2023-01-20</cbc:AwardDate>${content}</cac:TenderResult>`;
  const awarded = (target: string, figure: string): string =>
    `<cac:AwardedTenderedProject><cac:ProcurementProjectLot><cbc:ID>${target}</cbc:ID></cac:ProcurementProjectLot><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">${figure}</cbc:PayableAmount></cac:LegalMonetaryTotal></cac:AwardedTenderedProject>`;
  const buyer =
    "<cac:ContractingParty><cac:Party><cac:PartyName><cbc:Name>Amt Erlen</cbc:Name></cac:PartyName></cac:Party></cac:ContractingParty>";
  const plainly = (lots: string, results: string) =>
    contractIn(
      notice({ lots, more: version("eforms-sdk-0.1") + buyer + results }).replace(
        /<ext:UBLExtensions>.*?<\/ext:UBLExtensions>/s,
        "",
      ),
    );

  test("winner, buyer and date of the only lot", () => {
    const answer = plainly(lot("LOT-0000", project("<cbc:Name>Salt</cbc:Name>")), tenderResult(winner("Sole GmbH")));
    expect(lotLines(answer)).toEqual(["LOT-0000 | awarded | Sole GmbH | no ceiling | nothing awarded"]);
    expect(answer.lots[0]?.title).toBe("Salt");
    expect(answer.buyer?.[0].value).toBe("Amt Erlen");
    expect(answer.awardDate?.[0].value).toMatchObject({ year: 2023, month: 1, day: 20 });
    expect(noteLines(answer)).toEqual([]);
  });

  test("results name their lots; what names none of several stands by itself", () => {
    const lots = lot("LOT-1") + lot("LOT-2") + lot("LOT-3");
    const results =
      tenderResult(awarded("LOT-1", "10") + winner("A") + winner("B")) +
      tenderResult(awarded("LOT-2", "20") + winner("A")) +
      tenderResult(winner("C"));
    expect(noteLines(plainly(lots, results))).toEqual(["R-LOTNO a result names no lot: it stands as a lot of its own"]);
    expect(lotLines(plainly(lots, results))).toEqual([
      "LOT-1 | awarded | A, B | no ceiling | EUR 10",
      "LOT-2 | awarded | A | no ceiling | EUR 20",
      "LOT-3 | no-result | nobody | no ceiling | nothing awarded",
      "no-lot | awarded | C | no ceiling | nothing awarded",
    ]);
  });

  test("the dummy result that UBL demands of every notice says nothing", () => {
    const dummy = "<cac:TenderResult><cbc:AwardDate>2000-01-01Z</cbc:AwardDate></cac:TenderResult>";
    expect(noteLines(plainly(lot("LOT-1"), dummy))).toContain("R-STATUS the notice has no results");
    expect(
      contractIn(notice({ results: extension(""), lots: lot("LOT-1"), more: tenderResult(winner("A")) })).lots[0]
        ?.suppliers,
    ).toBeUndefined();
  });
});
