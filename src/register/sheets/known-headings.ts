import { fold } from "../../model/fold.ts";

/**
 * What columns are called in English, French and German, by their fields. Headings are compared without case, accents,
 * signs, and what stands in brackets. After ~ stand those that may mean something else, too.
 */
const HEADINGS: Readonly<Record<string, string>> = {
  contract:
    "contract reference|contract ref|contract number|contract no|contract id|contract|agreement number|agreement reference|vertragsnummer|vertragsnr|vertrags nr|vertrag nr|vertrags id|numero du contrat|numero du marche|n du contrat|n du marche|reference du contrat|reference du marche|id marche|reference of the legal commitment~reference|reference number|reference no|ref|ref no|number|no|nr|id|aktenzeichen|numero|lfd nr|register number|unique identifier",
  title:
    "contract name|contract title|title of agreement|agreement title|title|name of contract|objet|objet du marche|intitule|libelle|bezeichnung|vertragsbezeichnung|vertragsgegenstand|titel|contracttitle|subject of grant or contract~name|subject|short description|gegenstand|betreff",
  description:
    "contract description|description of goods and services|description of goods and or services~description|beschreibung|details|long description",
  buyer:
    "buyer|contracting authority|owning authority|authority|acheteur|acheteur nom|pouvoir adjudicateur|auftraggeber|vergabestelle|organisation name|client~department|local authority department|directorate|service acheteur|dienststelle",
  coordinator:
    "contract manager|contract owner|vertragsverantwortlicher~responsible officer|responsible department|ansprechpartner|responsable",
  supplier:
    "supplier|suppliers|supplier name|vendor|vendor name|contractor|contractors|provider|titulaire|titulaires|attributaire|fournisseur|prestataire|denomination du titulaire|auftragnehmer|lieferant|dienstleister|vertragspartner|name of beneficiary|beneficiary name|titulaire denomination~company|firma|partner|beneficiary",
  legalId:
    "company number|company no|company registration number|company registration no|registered number|crn|registration number|registration no|reg no|company reg no|supplier reg no|companies house number|legal number|siret|siren|titulaire id|siret titulaire|handelsregisternummer|registernummer|legalid|vat number of beneficiary|ust id|ust idnr|vat number|numero de tva|hrb|hrb nr|hrb nummer~supplier id|supplier number|supplier no|kreditorennummer",
  country: "country|supplier country|pays|land|beneficiary country|staat",
  startDate:
    "start date|contract start date|contract start|current start|start of contract|date from|starts|start|begin|commencement date|date de debut|debut|date de commencement|vertragsbeginn|vertragsanfang|beginn|gultig ab|startdatum|laufzeitbeginn|laufzeit von|von|startdate~from",
  endDate:
    "end date|contract end date|contract end|current end|end of contract|contract expiry|contract expiry date|expires|date to|ends|end|expiry date|expiry|date de fin|fin|date d echeance|echeance|vertragsende|ende|gultig bis|enddatum|laufzeitende|laufzeit bis|bis|enddate|firmend~to",
  latestEndDate:
    "extension end date|extension end|extended end date|renewal end date|renewal end|option end date|renewal extension end date|latest end date|maximum end date|end date including extensions|date de fin maximale|date de fin avec reconductions|ende mit verlangerung|latestend|latestenddate|letztmogliches ende",
  awardDate:
    "award date|date of award|contract award date|date de notification|datenotification|date d attribution|zuschlagsdatum|datum des zuschlags|vergabedatum|auftragsdatum|awarddate~year|date|jahr|annee",
  reviewDate:
    "contract review date|review date|date de revision|date de revue|uberprufung|prufdatum|reviewdate|wiedervorlage",
  months:
    "duration in months|contract length in months|duree en mois|dureemois|duree mois|laufzeit in monaten|vertragslaufzeit in monaten|term in months~duration|duree|duree ferme|duree initiale",
  term: "contract term|initial term|term~laufzeit|vertragslaufzeit|grundlaufzeit|length",
  renewals:
    "extension options|extension period|extensions|extension|renewals|options to extend|reconduction|reconductions|verlangerung|verlangerungen|verlangerungsoption|verlangerungsoptionen~options|option",
  noticePeriod: "notice period|preavis|delai de preavis|kundigungsfrist|noticeperiod~frist",
  ceiling:
    "ceiling|maximum value|maximum contract value|framework value|total contract value|montant maximum|montant maximal|hochstwert|hochstbetrag|obergrenze|auftragsvolumen maximal|rahmenwert|commitment total amount~contract value|value|total value|sum to be paid|montant|auftragswert|gesamtauftragswert|vertragswert|gesamtwert|volumen|wert|contract amount|amount|total amount",
  estimate:
    "estimated value|estimated contract value|estimate|valeur estimee|montant estime|schatzwert|geschatzter auftragswert|geschatzter wert",
  awarded:
    "awarded value|award value|awarded amount|montant attribue|montant notifie|zuschlagswert|vergabesumme|zuschlagssumme|commitment contracted amount|awarded",
  share:
    "beneficiary s contracted amount|beneficiarys contracted amount|amount of beneficiary|part du titulaire|anteil",
  currency: "currency|devise|monnaie|wahrung|ceiling currency",
  cpv: "cpv|cpv code|cpv codes|codecpv|code cpv",
  procedure:
    "procedure number|procedure id|numero de procedure|tender reference|vergabenummer|procedure reference~procurement reference",
  regime: "~legal regime|regime",
  framework:
    "framework|framework agreement|is framework|rahmenvertrag|rahmenvereinbarung|accord cadre~nature|contract type|type of contract|vertragsart|type de contrat",
  callOffOf:
    "idaccordcadre|id accord cadre|framework reference|parent contract|call off of|calloffof|rahmenvertragsnummer|zu rahmenvertrag",
  lot: "lot|lot number|lot no|lot id|numero de lot|n de lot|los|losnummer|los nr",
  lotTitle: "lot title|lot name|intitule du lot|losbezeichnung|lottitle",
  order:
    "order number|purchase order|po number|po|order id|order|bestellnummer|bestellung|bon de commande|numero de commande",
  date: "order date|bestelldatum|date de commande",
  amount: "order value|order amount|net amount|bestellwert|montant de la commande",
  modification:
    "modification id|idmodification|id modification|variation number|variation reference|variation ref|numero d avenant|n d avenant|avenant|nachtrag|nachtragsnummer|nachtrag nr",
  modificationDate:
    "modification date|variation date|date of variation|datenotificationmodification|date de notification de la modification|date de l avenant|nachtragsdatum|datum des nachtrags",
  modificationTitle: "objetmodification|objet de l avenant|objet de la modification|reason for variation",
  change:
    "variation value|value of variation|change in value|modification amount|montant de l avenant|nachtragswert|nachtragsbetrag|nachtragssumme",
  changedTo:
    "montantmodification|montant modification|montant apres modification|montant apres avenant|value after variation|revised value|revised contract value|neuer auftragswert|auftragswert nach nachtrag",
  tags: "category|categorie|kategorie|tags",
  note: "notes|note|comments|comment|remarques|bemerkung|bemerkungen|anmerkung|initial cost|annual cost",
};

/** What headings mean in France's essential data, where other columns make them clear. Empty for what is no fact. */
const DECP: Readonly<Record<string, string | undefined>> = {
  id: "contract",
  montant: "value",
  nature: "framework",
  procedure: "",
  "acheteur id": "",
  "titulaire typeidentifiant": "",
};

/**
 * What headings mean in the European Union's Financial Transparency System, as it was until 2020: a row for each
 * beneficiary.
 */
const FTS: Readonly<Record<string, string | undefined>> = {
  "commitment position key": "contract",
  reference: "",
  amount: "share",
  "total amount": "ceiling",
};

/** What headings mean on the sheet of seats that lotbook writes, whose rows have all that is known of each seat. */
const SEATS: Readonly<Record<string, string | undefined>> = {
  supplier: "",
  name: "supplier",
  source: "",
  status: "status",
  cpv: "lotCpv",
  procedure: "procedure",
  calloff: "callOff",
  ...Object.fromEntries(
    ["ceiling", "ceilingPerSupplier", "contractCeiling", "estimate", "awarded"].flatMap((figure) => [
      [fold(figure), figure],
      [`${fold(figure)} state`, figure],
    ]),
  ),
};

/** Tables in which headings have meanings of their own, because certain others stand beside them. */
const KNOWN_TABLES = { decp: DECP, fts: FTS, seats: SEATS };

/** A table in which headings have meanings of their own, or undefined for any other. */
export type KnownTable = keyof typeof KNOWN_TABLES | undefined;

export interface KnownHeading {
  readonly field: string;
  readonly sure: boolean;
}

/** Words for whether amounts include tax, which do not say what the amounts are. */
const TAX =
  / (?:net|netto|brutto|gross|ht|ttc|(?:(?:ex|excl|exkl|incl|inkl|including|excluding|zzgl|ohne|mit) (?:vat|mwst|ust|tva)))(?= |$)/g;

/**
 * Small words that make no difference: *N° du marché* is *N° marché*. At the end of a heading they do: *call-off of*.
 */
const SMALL_WORDS = /(?<= )(?:of|the|de|du|des|d|l|la|le|les|der|die|das) (?=\S)/g;

/**
 * A heading without what stands in brackets, signs, small words, words for tax, and the number of one of several
 * columns.
 */
export const plainHeading = (heading: string): string =>
  fold(heading)
    .replace(/\([^)]*\)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(TAX, "")
    .replace(SMALL_WORDS, "")
    .replace(/ \d+$/, "")
    .trim();

const listOf = (phrases: string, field: string, sure: boolean): readonly (readonly [string, KnownHeading])[] =>
  phrases === "" ? [] : phrases.split("|").map((phrase) => [plainHeading(phrase), { field, sure }]);

const KNOWN: ReadonlyMap<string, KnownHeading> = new Map(
  Object.entries(HEADINGS).flatMap(([field, phrases]) => {
    const [sure = "", unsure = ""] = phrases.split("~");
    return [...listOf(sure, field, true), ...listOf(unsure, field, false)];
  }),
);

/** Phrases that also tell what a longer heading with them in it means, the longest first. *Contract* alone does not. */
const PARTS = [...KNOWN]
  .filter(([phrase]) => phrase !== "contract")
  .filter(([phrase, { sure, field }]) => (sure ? phrase.length > 3 : field === "ceiling" && phrase.length > 8))
  .sort(([a], [b]) => b.length - a.length);

/** Words for amounts that are no ceilings: an amount a year, a minimum, or what is left or spent limits nothing. */
const NO_CEILING =
  /\b(?:annual|annually|yearly|monthly|per (?:year|annum|month)|p a|jahr\w*|monat\w*|annuel\w*|mensuel\w*|par (?:an|mois)|minimum|minimal\w*|mindest\w*|remaining|spent|spend)\b/;

/**
 * What a heading may mean, the likeliest first: judged by the whole of it, or by phrases in it, which leaves a doubt.
 */
export const headingMeanings = (heading: string, table: KnownTable): readonly KnownHeading[] => {
  const plain = plainHeading(heading);
  const here = table && KNOWN_TABLES[table][plain];
  if (here !== undefined) return here === "" ? [] : [{ field: here, sure: true }];
  const whole = KNOWN.get(plain);
  if (whole !== undefined) return [whole];
  const isCeiling = !NO_CEILING.test(plain);
  const parts = PARTS.filter(
    ([phrase, { field }]) => ` ${plain} `.includes(` ${phrase} `) && (isCeiling || field !== "ceiling"),
  );
  return parts.map(([, { field }]) => ({ field, sure: false }));
};

/**
 * How clearly a heading says what it means. A word such as *Name* may be clearer together with what stands above it.
 */
export const weightOf = (heading: string): number => {
  const whole = KNOWN.get(plainHeading(heading));
  if (whole !== undefined) return whole.sure ? 3 : 1;
  return headingMeanings(heading, undefined).length > 0 ? 2 : 0;
};

const GROSS = /\b(?:incl|inkl|including|inclusive|brutto|gross|ttc|mit mwst)\b/;

export const saysGross = (heading: string): boolean => GROSS.test(fold(heading));
