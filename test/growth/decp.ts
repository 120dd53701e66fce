import { list, type Rec, type Shapes } from "./shape.ts";

const holder = (i: number): Rec => ({ titulaire: { id: `${10 ** 13 + i}`, typeIdentifiant: "SIRET" } });

const contract = (i: number, more: Rec = {}): Rec => ({
  id: `2024-${i}`,
  acheteur: { id: "21010000000017", nom: "Town" },
  nature: "Marché",
  objet: "Grit",
  dureeMois: 24,
  dateNotification: "2024-05-15",
  montant: 1000,
  titulaires: [holder(i)],
  ...more,
});

const change = (i: number): Rec => ({
  modification: { id: i, dateNotificationModification: `20${10 + (i % 14)}-06-15`, montant: 2000 + i },
});

const pack = (...contracts: readonly Rec[]): string => JSON.stringify({ marches: { marche: contracts } });

const table = (headings: string, rows: readonly string[]): string => [headings, ...rows, ""].join("\n");

const HEADINGS = "id,acheteur_id,titulaire_id,titulaire_typeIdentifiant,montant,modification_id,objet";

/** France's essential data that have much of one thing. */
export const DECP: Shapes = {
  "decp contracts": (n) => pack(...list(n, (i) => contract(i))),
  "decp lines": (n) => list(n, (i) => `${JSON.stringify(contract(i))}\n`).join(""),
  "decp holders": (n) => pack(contract(1, { titulaires: list(n, holder) })),
  "decp holders together": (n) =>
    pack(contract(1, { titulaires: list(n, holder), typeGroupementOperateurs: "Conjoint" })),
  "decp modifications": (n) => pack(contract(1, { modifications: list(n, change) })),
  "decp subcontractors": (n) =>
    pack(
      contract(1, { actesSousTraitance: list(n, (i) => ({ acteSousTraitance: { sousTraitant: { id: `S${i}` } } })) }),
    ),
  "decp versions of one": (n) => pack(...list(n, (i) => contract(1, { modification_id: `${i}`, montant: i }))),
  "decp contracts of one number": (n) =>
    pack(...list(n, (i) => contract(1, { objet: `Grit ${i}`, montant: i + 1, titulaires: [holder(i)] }))),
  "decp amounts of one number": (n) =>
    pack(...list(n, (i) => contract(1, { montant: i, techniques: { technique: ["Accord-cadre"] } }))),
  "decp same again": (n) => pack(...list(n, () => contract(1))),
  "decp call-off chain": (n) => pack(...list(n, (i) => contract(i, { idAccordCadre: `2024-${i + 1}` }))),
  "decp call-offs of one": (n) => pack(...list(n, (i) => contract(i, i === 0 ? {} : { idAccordCadre: "2024-0" }))),
  "decp no contracts": (n) => pack(contract(1), ...list(n, (i) => ({ objet: `${i}` }))),
  "decp members": (n) => pack(contract(1, Object.fromEntries(list(n, (i) => [`x${i}`, "v"])))),
  "decp deep": (n) => `{"marches":{"marche":[${JSON.stringify(contract(1))},${"[".repeat(n)}${"]".repeat(n)}]}}`,
  "decp table of contracts": (n) =>
    table(
      HEADINGS,
      list(n, (i) => `2024-${i},21010000000017,${10 ** 13 + i},SIRET,1000,0,Grit`),
    ),
  "decp table of holders": (n) =>
    table(
      HEADINGS,
      list(n, (i) => `2024-1,21010000000017,${10 ** 13 + i},SIRET,1000,0,Grit`),
    ),
  "decp table of versions": (n) =>
    table(
      HEADINGS,
      list(n, (i) => `2024-1,21010000000017,10000000000001,SIRET,${i},${i},Grit`),
    ),
  "decp table of columns": (n) =>
    table(`${HEADINGS},${list(n, (i) => `x${i}`).join(",")}`, [
      `2024-1,21010000000017,10000000000001,SIRET,1000,0,Grit${",v".repeat(n)}`,
    ]),
  "decp table of wide rows": (n) =>
    table(
      HEADINGS,
      list(n, () => `2024-1,21010000000017,1,SIRET,1,0,Grit,more`),
    ),
  "decp table of quotes": (n) => table(HEADINGS, [`2024-1,21010000000017,1,SIRET,1,0,"${'""'.repeat(n * 4)}"`]),
  "decp table never closed": (n) =>
    table(
      HEADINGS,
      list(n, (i) => `2024-${i},21010000000017,1,SIRET,1,0,"Grit`),
    ),
};
