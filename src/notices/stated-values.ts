import { minorUnitDigits } from "../model/currency.ts";
import { flatMap } from "../model/lists.ts";
import { type Money, minorDigits, roundDecimal } from "../model/money.ts";
import { type PartialDate, parsePartialDate } from "../model/partial-date.ts";
import { firmTerm, parseDuration, type Term } from "../model/term.ts";
import type { Regime } from "../records/contract.ts";
import type { Notes } from "./notice.ts";

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ]\S*?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * The day of a date or moment of ISO 8601, with the offset that was written, which never shifts it (N4):
 * `2024-01-31`, `2024-01-31+01:00`, `2024-01-31T23:59:59.000Z`. Undefined for any other text.
 */
export const readNoticeDate = (text: string): PartialDate | undefined => {
  const [, day, offset = ""] = MOMENT.exec(text.trim()) ?? [];
  return day === undefined ? parsePartialDate(text.trim()) : parsePartialDate(day + offset);
};

/** The same for a text that should be a date. One that is not counts as missing, with a note. */
export const statedDate = (text: string | undefined, place: string, notes: Notes): PartialDate | undefined => {
  const date = text === undefined ? undefined : readNoticeDate(text);
  if (text !== undefined && date === undefined)
    notes.add("N4", `a text that is not a date counts as missing: ${text}`, place);
  return date;
};

/** When a contract or one of its lots runs, as far as a notice says. */
export interface Period {
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
  readonly term: Term | undefined;
}

/**
 * The term that a notice states as a number of units: `months`, or the codes `MONTH`, `YEAR`, `WEEK` or `DAY`. A part
 * of a year counts if it is whole months. What is no whole number of any unit is left out, with a note.
 */
export const statedTerm = (count: string, unit: string, notes: Notes, subject?: string): Term | undefined => {
  const isYears = /^years?$/i.test(unit);
  const duration = parseDuration(`${Number(count) * (isYears ? 12 : 1)} ${isYears ? "months" : unit.toLowerCase()}`);
  if (duration === undefined) notes.add("D1", `a duration of ${count} ${unit} is left out`, subject);
  return duration && firmTerm(duration);
};

/** An amount as a notice states it, and what had to be assumed to read it. */
interface FigureRead {
  readonly money: Money;
  readonly assumption: string | undefined;
}

/** Numbers in XML may begin with a plus. */
const NUMBER = /^(?:\+|(-))?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Most figures look like this, and a binary number holds them exactly. */
const SHORT_WHOLE_NUMBER = /^\d{1,15}$/;
const MOST_DIGITS = 24;

/** Further decimals are the trace of binary arithmetic: `553056.1799999999`. */
const MOST_DECIMALS = 6;

/**
 * Reads a figure exactly, as programs write it: `120000.50`, `1.2e6`. Decimals beyond the minor units of its currency
 * are rounded half away from zero, which `assumption` says. Decimals that somebody may have meant are kept to be shown
 * (N1, N2). A figure with decimals is known to the last minor unit, because programs leave out zeros at its end.
 */
export const readFigure = (figure: string, currency: string): FigureRead | { readonly problem: string } => {
  const digits = minorUnitDigits(currency);
  if (digits === undefined) return { problem: `"${currency}" is not an ISO 4217 currency code` };
  if (SHORT_WHOLE_NUMBER.test(figure)) {
    const minor = BigInt(Number(figure)) * 10n ** BigInt(digits);
    return { money: { minor, currency, precision: 0 }, assumption: undefined };
  }
  const match = NUMBER.exec(figure.trim());
  if (match === null) return { problem: `"${figure}" is not a figure` };
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const decimal = shift(whole, fraction, Number(exponent));
  if (decimal === undefined) return { problem: `"${figure}" has more than ${MOST_DIGITS} digits` };
  const precision = decimal.fraction === "" || digits === 0 ? 0 : -digits;
  if (decimal.fraction.length <= digits) {
    const minor = BigInt(sign + (decimal.whole || "0") + decimal.fraction.padEnd(digits, "0"));
    return { money: { minor, currency, precision }, assumption: undefined };
  }
  return roundedFigure(
    figure,
    `${sign}${decimal.whole || "0"}.${decimal.fraction.replace(/0+$/, "")}`,
    currency,
    precision,
  );
};

const roundedFigure = (figure: string, written: string, currency: string, precision: number): FigureRead => {
  const digits = minorDigits(currency);
  const money = { minor: roundDecimal(written, digits), currency, precision };
  const decimals = written.length - written.indexOf(".") - 1;
  if (decimals <= digits) return { money, assumption: undefined };
  const assumption = `${figure} is rounded to ${digits} decimals, as ${currency} has`;
  return { money: decimals > MOST_DECIMALS ? money : { ...money, written }, assumption };
};

/** The digits before and after the point, once the exponent has moved it; undefined where there are too many. */
const shift = (whole: string, fraction: string, exponent: number) => {
  const written = whole + fraction;
  const point = whole.length + exponent;
  if (Math.max(written.length, point, written.length - point) > MOST_DIGITS + 8) return undefined;
  const padded = written.padStart(written.length - point, "0").padEnd(point, "0");
  const split = Math.max(point, 0);
  const digits = padded.slice(0, split).replace(/^0+/, "");
  return digits.length > MOST_DIGITS ? undefined : { whole: digits, fraction: padded.slice(split) };
};

/**
 * The legal acts by which notices say which rules govern them: by their CELEX numbers, or by the numbers of the acts.
 */
export const LEGAL_ACTS: ReadonlyMap<string, Regime> = new Map([
  ["32014L0024", "classic"],
  ["2014/24/EU", "classic"],
  ["32014L0025", "utilities"],
  ["2014/25/EU", "utilities"],
  ["32014L0023", "concession"],
  ["2014/23/EU", "concession"],
  ["32009L0081", "defence"],
  ["2009/81/EC", "defence"],
  ["32018R1046", "financial regulation"],
  ["32024R2509", "financial regulation"],
  ["2023/54", "uk-2023"],
]);

/** Whether it is a code of the Common Procurement Vocabulary, with its check digit or without. */
export const isCpv = (code: string): boolean => /^\d{8}(?:-\d)?$/.test(code);

/** Reads an amount, with a note on what had to be assumed. What cannot be read is left out, with a note. */
export const amountFrom = (
  figure: string,
  currency: string,
  notes: Notes,
  subject: string | undefined,
  { signed = true, leftOut = "left out" } = {},
): Money | undefined => {
  const read = readFigure(figure, currency);
  if ("problem" in read || (read.money.minor < 0n && !signed)) {
    const problem = "problem" in read ? read.problem : `"${figure}" is less than nothing`;
    notes.add("N2", `${leftOut}: ${problem}`, subject);
    return undefined;
  }
  if (read.assumption !== undefined) notes.add("N2", read.assumption, subject);
  return read.money;
};

/** ISO 3166-1: each code of three letters, followed by the code of two letters for the same country. */
const COUNTRIES =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE " +
  "BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW " +
  "CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY " +
  "CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR " +
  "FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU " +
  "GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE " +
  "JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT " +
  "LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ " +
  "MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ " +
  "OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU " +
  "RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK " +
  "SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV " +
  "TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA " +
  "ZMBZM ZWEZW";

/** The European Union's own codes, and those of Kosovo, which has none in ISO 3166-1. */
const OTHERS: readonly (readonly [string, string])[] = [
  ["1A0", "XK"],
  ["XKX", "XK"],
  ["UK", "GB"],
  ["EL", "GR"],
];

const KNOWN: ReadonlyMap<string, string> = new Map([
  ...flatMap(COUNTRIES.split(" "), (pair): [string, string][] => {
    const two = pair.slice(3);
    return [
      [pair.slice(0, 3), two],
      [two, two],
    ];
  }),
  ...OTHERS,
]);

/** The two letters of ISO 3166-1 for a country's code as notices write it: `DEU`, `DE`, `UK`; undefined for any other text. */
export const countryCode = (text: string): string | undefined => KNOWN.get(text);

/** Runs of digits that fill a field where a number had to be given: `0000000`, `999999`, `123456789`. */
const FILLER = /^(\d)\1*$|^0?123456789?0?$/;
const NO_NUMBER = /^(?:n\/?a|none|null|unknown|internal)?$/i;
/** Numbers in the register of one German court. Other courts give the same numbers to others. */
const ONE_COURT = /^(HR[AB]|GNR|PR|VR)\d/i;

/**
 * A company's number; undefined where the text cannot be one. It matters because suppliers with one number are taken
 * for one (T2). Notices also write `0`, `n/a` or the company's name there, and numbers that mean something only beside
 * the name of a court.
 */
export const legalId = (text: string): string | undefined => {
  const compact = text.replace(/[\s./_-]/g, "");
  const digits = compact.replace(/\D/g, "");
  return digits.length < 5 || FILLER.test(digits) || ONE_COURT.test(compact) ? undefined : text;
};

/** A company's number that stands beside the name of its register, which vouches for all numbers but fillers. */
export const registeredId = (text: string): string | undefined =>
  NO_NUMBER.test(text) || FILLER.test(text.replace(/\W/g, "")) || !/\w/.test(text) ? undefined : text;

/** `627166-2024` as eForms write it, `2024/S 201-627166` as the Official Journal did before. */
const NOTICE_NUMBER = /^(\d{1,8})-(\d{4})$/;
const JOURNAL_NUMBER = /^(\d{4})\/S \d{1,3}-(\d{1,8})$/;

/** The number of a notice in the Official Journal, always written as `00627166-2024`; undefined for any other text. */
export const publicationNumber = (text: string): string | undefined => {
  const [, number, year] = NOTICE_NUMBER.exec(text) ?? [];
  const [, journalYear = year, journalNumber = number] = JOURNAL_NUMBER.exec(text) ?? [];
  return journalNumber === undefined ? undefined : `${journalNumber.padStart(8, "0")}-${journalYear}`;
};

/** The id of a notice with its version, as BT-758 names it. */
const VERSIONED = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-\d+$/i;

/**
 * The name of a notice, always written in the same way: its number in the Official Journal, or its id without a
 * version.
 */
export const noticeName = (text: string): string => publicationNumber(text) ?? VERSIONED.exec(text)?.[1] ?? text;

const PROCEDURE = /^-?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;
const PROCEDURE_LENGTH = 36;

/** The number of the procedure in eForms (BT-04) that an id of OCDS is or ends with. */
export const procedureAtEnd = (id: string): string | undefined => PROCEDURE.exec(id.slice(-PROCEDURE_LENGTH - 1))?.[1];

/** The number of a notice of TED whose id is written as in the Official Journal; undefined for any other id. */
export const journalNumber = (id: string): string | undefined =>
  JOURNAL_NUMBER.test(id) ? publicationNumber(id) : undefined;

/** The id of the lot that stands for a process without lots, and for awards that name none of several. */
export const NO_LOT = "no-lot";
