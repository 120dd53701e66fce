import { fold } from "../../model/fold.ts";

/**
 * What columns are called in English, French and German, by what they are, as headings are compared: without case,
 * accents, signs, and what stands in brackets. After ~ stand those that may mean something else, too.
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

/**
 * What headings mean in France's essential data, whose other columns make them clear; nothing, where they are no fact.
 */
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

/** What headings mean on the sheet of seats that lotbook writes, whose rows have all that is known of each. */
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

/** Tables whose headings mean what they mean beside certain others only. */
const KNOWN_TABLES = { decp: DECP, fts: FTS, seats: SEATS };

/** A heading says what it does in any table, or in one of these. */
export type KnownTable = keyof typeof KNOWN_TABLES | undefined;

export interface KnownHeading {
  readonly field: string;
  readonly sure: boolean;
}

/** Whether tax is in amounts is no part of what they are. */
const TAX =
  / (?:net|netto|brutto|gross|ht|ttc|(?:(?:ex|excl|exkl|incl|inkl|including|excluding|zzgl|ohne|mit) (?:vat|mwst|ust|tva)))(?= |$)/g;

/** *N° du marché* is *N° marché*; what ends in one of these is another thing: *call-off of*. */
const SMALL_WORDS = /(?<= )(?:of|the|de|du|des|d|l|la|le|les|der|die|das) (?=\S)/g;

/**
 * A heading without what stands in brackets, signs, small words, words of tax, and the number of a column of several.
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

/**
 * Phrases that tell also within a longer heading what it heads, the longest first. What a contract is called is no part
 * of it.
 */
const PARTS = [...KNOWN]
  .filter(([phrase]) => phrase !== "contract")
  .filter(([phrase, { sure, field }]) => (sure ? phrase.length > 3 : field === "ceiling" && phrase.length > 8))
  .sort(([a], [b]) => b.length - a.length);

/** An amount of a year, or the least there is, limits nothing. */
const NO_CEILING =
  /\b(?:annual|annually|yearly|monthly|per (?:year|annum|month)|p a|jahr\w*|monat\w*|annuel\w*|mensuel\w*|par (?:an|mois)|minimum|minimal\w*|mindest\w*|remaining|spent|spend)\b/;

/** What a heading may head, the likeliest first: by the whole of it, or by words of it, which leaves a doubt. */
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

/** How much a heading says what it heads: what is above it, too, may say so better than a word such as *Name*. */
export const weightOf = (heading: string): number => {
  const whole = KNOWN.get(plainHeading(heading));
  if (whole !== undefined) return whole.sure ? 3 : 1;
  return headingMeanings(heading, undefined).length > 0 ? 2 : 0;
};

const GROSS = /\b(?:incl|inkl|including|inclusive|brutto|gross|ttc|mit mwst)\b/;

export const saysGross = (heading: string): boolean => GROSS.test(fold(heading));
