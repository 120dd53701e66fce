import { list, type Rec, type Shapes } from "./shape.ts";

const eur = (amount: number): Rec => ({ amount, currency: "EUR" });

const rel = (i: number, more: Rec = {}): Rec => ({
  ocid: "ocds-1",
  id: `r${i}`,
  date: `2024-05-01T00:00:${String(i % 60).padStart(2, "0")}Z`,
  tag: ["award"],
  ...more,
});

const award = (i: number, more: Rec = {}): Rec => ({
  id: `a${i}`,
  status: "active",
  suppliers: [{ id: `s${i}`, name: `S ${i}` }],
  value: eur(5),
  ...more,
});

const contract = (i: number, amount: number, amendments: readonly Rec[] = []): Rec => ({
  id: `c${i}`,
  awardID: `a${i}`,
  value: eur(amount),
  amendments,
});

const pack = (...releases: readonly Rec[]): string => JSON.stringify({ uri: "u", version: "1.1", releases });

/** Releases of OCDS. */
export const RELEASES: Shapes = {
  "ocds releases of one": (n) => pack(...list(n, (i) => rel(i, { awards: [award(i)] }))),
  "ocds releases growing lots": (n) =>
    pack(
      ...list(n, (i) =>
        rel(i, { tender: { lots: [{ id: `${i}`, value: eur(5) }] }, awards: [award(i, { relatedLots: [`${i}`] })] }),
      ),
    ),
  "ocds lines of one": (n) => list(n, (i) => `${JSON.stringify(rel(i, { awards: [award(i)] }))}\n`).join(""),
  "ocds pairs": (n) =>
    list(n, (i) => `${JSON.stringify({ ...rel(i, { awards: [award(i)] }), ocid: `ocds-${i % (n / 2)}` })}\n`).join(""),
  "ocds lots": (n) =>
    pack(
      rel(1, {
        tender: {
          lots: list(n, (i) => ({ id: `${i}`, value: eur(5) })),
          items: list(n, (i) => ({
            id: `${i}`,
            relatedLot: `${i}`,
            classification: { scheme: "CPV", id: "45221110" },
          })),
        },
        awards: list(n, (i) => award(i, { relatedLots: [`${i}`] })),
      }),
    ),
  "ocds parties": (n) =>
    pack(
      rel(1, {
        parties: list(n, (i) => ({ id: `s${i}`, name: `S ${i}`, roles: ["supplier"] })),
        awards: list(n, (i) => award(i)),
      }),
    ),
  "ocds awards one lot": (n) =>
    pack(rel(1, { tender: { lots: [{ id: "1" }] }, awards: list(n, (i) => award(i, { relatedLots: ["1"] })) })),
  "ocds award suppliers": (n) =>
    pack(rel(1, { awards: [award(1, { suppliers: list(n, (i) => ({ id: `s${i}`, name: `S ${i}` })) })] })),
  "ocds contracts": (n) =>
    pack(
      rel(1, {
        awards: list(n, (i) => award(i)),
        contracts: list(n, (i) => ({
          id: `c${i}`,
          awardID: `a${i}`,
          status: "active",
          value: eur(5),
          dateSigned: "2024-06-03T00:00:00Z",
        })),
      }),
    ),
  "ocds contracts of one award": (n) =>
    pack(
      rel(1, {
        awards: [award(1)],
        contracts: list(n, (i) => ({ id: `c${i}`, awardID: `a1`, status: "active", value: eur(5) })),
      }),
    ),
  "ocds contracts amended": (n) =>
    pack(
      rel(1, { awards: list(n, (i) => award(i)), contracts: list(n, (i) => contract(i, 5)) }),
      rel(2, {
        date: "2024-06-01T00:00:00Z",
        tag: ["contractAmendment"],
        contracts: list(n, (i) => contract(i, 6, [{ id: "1", date: "2024-06-01T00:00:00Z" }])),
      }),
    ),
  "ocds amendments of one contract": (n) =>
    pack(
      rel(1, { awards: [award(1)], contracts: [contract(1, 5)] }),
      ...list(n, (i) =>
        rel(i + 2, {
          date: `20${30 + (i % 60)}-06-01T00:00:00Z`,
          tag: ["contractAmendment"],
          contracts: [contract(1, 6 + i, [{ id: `${i}`, date: "2024-06-01T00:00:00Z" }])],
        }),
      ),
    ),
  "ocds bids": (n) =>
    pack(
      rel(1, {
        tender: { lots: list(n, (i) => ({ id: `${i}` })) },
        bids: {
          details: list(n, (i) => ({
            id: `b${i}`,
            status: "valid",
            relatedLots: [`${i}`],
            tenderers: [{ id: `s${i}` }],
          })),
          statistics: list(n, (i) => ({
            id: `${i}`,
            measure: "bids",
            value: 3,
            relatedLots: [`${i}`],
            relatedLot: `${i}`,
          })),
        },
        awards: list(n, (i) => award(i, { relatedLots: [`${i}`] })),
      }),
    ),
  "ocds deep": (n) => `{"releases":[{"ocid":"ocds-1","id":"1","x":${"[".repeat(n)}${"]".repeat(n)}}]}`,
  "ocds bad lines": (n) => `${JSON.stringify(rel(1))}\n${"{}\n".repeat(n)}`,
  "ocds broken lines": (n) => `${JSON.stringify(rel(1))}\n${"{\n".repeat(n)}`,
};
