import { presentDay } from "../../model/calendar.ts";
import type { Attribution, Fact } from "../../model/claim.ts";
import { flatMap } from "../../model/lists.ts";
import type { StatedAmount } from "../../model/money.ts";
import { remembered } from "../../model/once.ts";
import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { formatTerm, type Term } from "../../model/term.ts";
import { childOf, childrenOf, descend, plainText, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { factOf, Notes } from "../notice.ts";
import { amountFrom, type Period, readNoticeDate, statedDate, statedTerm } from "../stated-values.ts";

interface AboutNotice {
  /** The number of the notice, which is the id of the source that its facts name. */
  readonly source: string;
  /** The names by which others refer to it. */
  readonly names: readonly string[];
  readonly language: string | undefined;
  /** The groups of fields that the notice as a whole keeps secret. */
  readonly secret: ReadonlySet<string>;
  /** Whether -1 may be an amount, rather than always stand for one that is withheld (from SDK 1.14 on). */
  readonly allowsMinusOne: boolean;
}

/** One notice while it is read: who speaks, in which language, and what had to be assumed. */
export class NoticeReading {
  readonly notes = new Notes();
  readonly about: AboutNotice;

  constructor(about: AboutNotice) {
    this.about = about;
  }

  by(locator: string): Attribution {
    return { source: this.about.source, locator };
  }

  /** A fact that the notice states in the field of this name (`BT-709`); undefined where it has no value. */
  fact<T>(value: T | undefined, locator: string): Fact<T> | undefined {
    return factOf(value, this.by(locator));
  }

  /** A text in the language of the notice, else the first that is not empty (R-LANG). */
  text(parent: XmlElement | undefined, name: string): string | undefined {
    const elements = childrenOf(parent, name);
    return elements.length === 0 ? undefined : this.choose(elements);
  }

  /** The text of one of several elements that say the same in different languages (R-LANG). */
  choose(elements: readonly XmlElement[]): string | undefined {
    const said = elements.map((element) => ({ element, text: textOf(element) })).filter(({ text }) => text !== "");
    const [first] = said;
    if (first === undefined || said.length === 1) return first?.text;
    const own = said.find(({ element }) => element.attributes["languageID"] === this.about.language);
    this.notes.add(
      "R-LANG",
      own === undefined ? "the first of several languages is taken" : "of several languages the notice's own is taken",
      first.element.name,
    );
    return (own ?? first).text;
  }
}

/** The text of the first element of a name; undefined where there is none, or an empty one. */
export const valueIn = (parent: XmlElement | undefined, name: string): string | undefined => {
  const element = childOf(parent, name);
  const text = element === undefined ? "" : textOf(element);
  return text === "" ? undefined : text;
};

/** The id that an element has, or by which it refers to another. */
export const idIn = (parent: XmlElement | undefined): string | undefined => valueIn(parent, "ID");

/** The ids of all elements of a name, each once: what their parent refers to. */
export const idsIn = (parent: XmlElement | undefined, name: string, notes?: Notes): readonly string[] => {
  const ids = new Set<string>();
  for (const element of childrenOf(parent, name)) {
    const id = idIn(element);
    if (id !== undefined) ids.add(id);
    else notes?.add("E1", `what refers to something without its id is left out (${name})`, idIn(parent));
  }
  return [...ids];
};

/**
 * The extension of a part of a notice, in which eForms put what UBL has no place for. Several extensions are taken
 * together.
 */
export const extensionOf = (parent: XmlElement | undefined): XmlElement | undefined => {
  const extensions = flatMap(
    childrenOf(childOf(parent, "UBLExtensions"), "UBLExtension"),
    (extension) => descend(extension, "ExtensionContent", "EformsExtension") ?? [],
  );
  const [first] = extensions;
  if (first === undefined || extensions.length === 1) return first;
  return { ...first, children: flatMap(extensions, ({ children }) => children) };
};

/** The period of a lot's procurement project: BT-36, BT-536, BT-537 and BT-58. */
export const periodOf = (project: XmlElement | undefined, lot: string, { notes }: NoticeReading): Period => {
  const planned = childOf(project, "PlannedPeriod");
  const renewals = valueIn(childOf(project, "ContractExtension"), "MaximumNumberNumeric");
  if (renewals !== undefined && Number(renewals) > 0) {
    notes.add("D1", `renewed up to ${renewals} times, for a length that no field states: it is left out`, lot);
  }
  return {
    term: termOf(childOf(planned, "DurationMeasure"), lot, notes),
    start: dateIn(planned, "StartDate", notes),
    end: dateIn(planned, "EndDate", notes),
  };
};

const termOf = (measure: XmlElement | undefined, lot: string, notes: Notes): Term | undefined => {
  if (measure === undefined) return undefined;
  return statedTerm(textOf(measure), measure.attributes["unitCode"] ?? "", notes, lot);
};

/**
 * A day as notices write it; undefined for years up to 2000, which stand for a day that is not known. Remembered,
 * because days recur.
 */
const dayOf = remembered((written: string): PartialDate | undefined => {
  const read = readNoticeDate(written);
  return read === undefined || read.year <= 2000 ? undefined : read;
});

/** A day that an element states; `notes` are told of a text that is no date. */
export const dateIn = (parent: XmlElement | undefined, name: string, notes?: Notes): PartialDate | undefined => {
  const written = valueIn(parent, name);
  const day = written === undefined ? undefined : dayOf(written);
  if (day === undefined && notes !== undefined) statedDate(written, name, notes);
  return day;
};

export const commonPeriod = (periods: readonly Period[]): Period => ({
  term: common(
    periods,
    ({ term }) => term,
    (a, b) => formatTerm(a) === formatTerm(b),
  ),
  start: common(periods, ({ start }) => start, isSameDate),
  end: common(periods, ({ end }) => end, isSameDate),
});

/** What a lot states by itself where lots do not agree: its begin, and its end with its term. */
export const ownPeriod = (own: Period | undefined, common: Period): Partial<Period> => {
  if (own === undefined) return {};
  const ends = (own.term && !common.term) || (own.end && !common.end);
  return {
    start: common.start === undefined ? own.start : undefined,
    ...(ends && { term: own.term, end: own.end }),
  };
};

const isSameDate = (a: PartialDate, b: PartialDate): boolean =>
  comparePartialDates(a, b) === 0 && a.offset === b.offset;

const common = <T>(
  periods: readonly Period[],
  partOf: (period: Period) => T | undefined,
  isSame: (a: T, b: T) => boolean,
): T | undefined => {
  const [first] = periods;
  const part = first && partOf(first);
  if (part === undefined) return undefined;
  const agree = (other: T | undefined) => other !== undefined && isSame(part, other);
  return periods.every((period) => agree(partOf(period))) ? part : undefined;
};

/**
 * Groups of fields that notices of SDK 1.16 and later keep secret together, by their codes in the list
 * `undisclosed-data-group`.
 */
type SecretGroup = "not-valu" | "not-fram" | "ten-valu";

/** The groups of fields that a notice as a whole still keeps secret (BT-195 from SDK 1.16 on). */
export const secretGroupsIn = (extension: XmlElement | undefined): ReadonlySet<string> =>
  new Set(
    flatMap(
      flatMap(
        childrenOf(extension, "NoticeInformationNondisclosure").filter(
          (declaration) => !isOver(dateIn(declaration, "InformationDisclosureDate")),
        ),
        (declaration) => childrenOf(declaration, "NondisclosureReference"),
      ),
      (reference) => childrenOf(reference, "NondisclosureID"),
    ).map(textOf),
  );

/** Whether the day up to which something was secret has come (BT-198). */
const isOver = (until: PartialDate | undefined): boolean =>
  until !== undefined && comparePartialDates(until, presentDay()) <= 0;

/** Whether a field is declared secret where it would stand (BT-195 before SDK 1.16). */
const isDeclaredSecret = (parent: XmlElement | undefined, code: string): boolean =>
  childrenOf(parent, "FieldsPrivacy").some((privacy) => {
    const element = childOf(privacy, "FieldIdentifierCode");
    return element !== undefined && textOf(element) === code;
  });

/** A field that states an amount: its element, and its number among the business terms. */
export interface AmountField {
  readonly element: string;
  readonly term: string;
  /** The codes by which it is kept secret: its own, and from SDK 1.16 on that of its group (BT-195). */
  readonly secret?: readonly [alone: string, group: SecretGroup];
  /** Whether it may be negative: credits, and contracts that bring money in (T10e). */
  readonly signed?: boolean;
}

const field = (term: string, element: string, secret?: AmountField["secret"]): AmountField =>
  secret === undefined ? { element, term } : { element, term, secret };

export const NOTICE_VALUE: AmountField = { ...field("BT-161", "TotalAmount", ["not-val", "not-valu"]), signed: true };
export const NOTICE_MAXIMUM = field("BT-118", "OverallMaximumFrameworkContractsAmount", ["not-max-val", "not-fram"]);
export const NOTICE_REESTIMATE = field("BT-1118", "OverallApproximateFrameworkContractsAmount", [
  "not-app-val",
  "not-fram",
]);
export const GROUP_MAXIMUM = field("BT-156", "GroupFrameworkMaximumValueAmount", ["gro-max-val", "not-fram"]);
export const GROUP_REESTIMATE = field("BT-1561", "GroupFrameworkReestimatedValueAmount", ["gro-ree-val", "not-fram"]);
export const LOT_MAXIMUM = field("BT-709", "MaximumValueAmount", ["max-val", "not-fram"]);
export const LOT_REESTIMATE = field("BT-660", "ReestimatedValueAmount", ["ree-val", "not-fram"]);
export const ANNOUNCED_MAXIMUM = field("BT-271", "FrameworkMaximumAmount");
export const ESTIMATE = field("BT-27", "EstimatedOverallContractAmount");
export const TENDER_VALUE: AmountField = {
  ...field("BT-720", "PayableAmount", ["win-ten-val", "ten-valu"]),
  signed: true,
};

const WITHHELD = /^-1(\.0*)?$/;

/**
 * What a part of a notice says of an amount (R-AMT). Where the Official Journal may not publish an amount, it writes
 * -1, or `unpublished` for the currency. If its part declares it secret but a figure stands there all the same, the
 * figure counts. What the notice as a whole keeps secret is withheld whatever stands there, up to the day on which it
 * is disclosed (E6).
 */
export const amountIn = (
  parent: XmlElement | undefined,
  field: AmountField,
  reading: NoticeReading,
  privacy: XmlElement | undefined = parent,
): StatedAmount | undefined => {
  const [alone, group] = field.secret ?? [];
  const secret = alone !== undefined && isDeclaredSecret(privacy, alone);
  if (group !== undefined && reading.about.secret.has(group)) return "withheld";
  const stated = parent?.children.find(({ name }) => name === field.element);
  const figure = stated === undefined ? "" : plainText(stated.text);
  const currency = stated?.attributes["currencyID"] ?? "";
  if (figure === "") return secret ? "withheld" : undefined;
  const masked = WITHHELD.test(figure) && (secret || field.signed !== true || !reading.about.allowsMinusOne);
  if (masked || [figure, currency].includes("unpublished")) return "withheld";
  if (secret) {
    reading.notes.add("R-AMT", "declared secret, yet a figure stands there: it counts", field.term);
  }
  return amountFrom(figure, currency, reading.notes, field.term, { signed: field.signed === true });
};
