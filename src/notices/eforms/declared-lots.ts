import { flatMap } from "../../model/lists.ts";
import type { StatedAmount } from "../../model/money.ts";
import { NATURES, type Nature } from "../../records/contract.ts";
import type { LotGroup } from "../../records/group.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { isCpv, type Period } from "../stated-values.ts";
import {
  type AmountField,
  ANNOUNCED_MAXIMUM,
  amountIn,
  ESTIMATE,
  extensionOf,
  GROUP_MAXIMUM,
  GROUP_REESTIMATE,
  idIn,
  idsIn,
  type NoticeReading,
  periodOf,
  valueIn,
} from "./reading.ts";

/** Codes of BT-765 that make a lot a framework agreement. */
export type Technique = "fa-wo-rc" | "fa-w-rc" | "fa-mix";

const TECHNIQUES: readonly string[] = ["fa-wo-rc", "fa-w-rc", "fa-mix"] satisfies Technique[];

const isTechnique = (code: string | undefined): code is Technique => code !== undefined && TECHNIQUES.includes(code);

/** What a notice says of a lot, a group of lots or the whole procedure before it tells of results. */
export interface Announced {
  readonly title: string | undefined;
  /** The main code first. */
  readonly cpv: readonly string[];
  readonly nature: Nature | undefined;
  readonly estimate: StatedAmount | undefined;
  readonly maximum: StatedAmount | undefined;
}

export interface DeclaredLot extends Announced {
  readonly id: string;
  readonly period: Period;
  readonly technique: Technique | undefined;
  /** BT-109. */
  readonly longTermReason: string | undefined;
}

export const announcedIn = (project: XmlElement | undefined, reading: NoticeReading): Announced => {
  const total = childOf(project, "RequestedTenderTotal");
  return {
    title: reading.text(project, "Name"),
    cpv: cpvOf(project),
    nature: natureOf(project),
    estimate: amountIn(total, ESTIMATE, reading),
    maximum: amountIn(extensionOf(total), ANNOUNCED_MAXIMUM, reading),
  };
};

/** BT-23. The same element also states other kinds (BT-531 and others), in other lists. */
const natureOf = (project: XmlElement | undefined): Nature | undefined => {
  const code = childrenOf(project, "ProcurementTypeCode").find(
    ({ attributes }) => (attributes["listName"] ?? NATURE_LIST) === NATURE_LIST,
  );
  return NATURES.find((nature) => code !== undefined && nature === textOf(code));
};
const NATURE_LIST = "contract-nature";

const cpvOf = (project: XmlElement | undefined): readonly string[] => {
  const codes = new Set<string>();
  for (const kind of ["MainCommodityClassification", "AdditionalCommodityClassification"]) {
    for (const classification of childrenOf(project, kind)) {
      const code = valueIn(classification, "ItemClassificationCode");
      if (code !== undefined && isCpv(code)) codes.add(code);
    }
  }
  return [...codes];
};

/** The parts of a procedure that are lots: not those that group lots, nor those that are only announced. */
export const declaredLotsOf = (root: XmlElement, reading: NoticeReading): readonly DeclaredLot[] => {
  const lots = new Map<string, DeclaredLot>();
  for (const element of childrenOf(root, "ProcurementProjectLot")) {
    if (schemeOf(element) !== "lot") continue;
    const id = idIn(element) ?? `(lot ${lots.size + 1})`;
    if (lots.has(id)) reading.notes.add("R-LOTNO", "several lots have one id: the first is taken for all", id);
    else lots.set(id, declaredLot(id, element, reading));
  }
  return [...lots.values()];
};

const declaredLot = (id: string, element: XmlElement, reading: NoticeReading): DeclaredLot => {
  const project = childOf(element, "ProcurementProject");
  const process = childOf(element, "TenderingProcess");
  const technique = flatMap(childrenOf(process, "ContractingSystem"), (system) =>
    childrenOf(system, "ContractingSystemTypeCode"),
  )
    .filter(({ attributes }) => attributes["listName"] === "framework-agreement")
    .map(textOf)
    .find(isTechnique);
  return {
    id,
    ...announcedIn(project, reading),
    period: periodOf(project, id, reading),
    technique,
    longTermReason: reading.text(childOf(process, "FrameworkAgreement"), "Justification"),
  };
};

/** The project of each group of lots, by the group's id. */
const groupProjectsOf = (root: XmlElement): ReadonlyMap<string, XmlElement> =>
  new Map(
    flatMap(
      childrenOf(root, "ProcurementProjectLot").filter((element) => schemeOf(element) === "lotsgroup"),
      (element) => {
        const [id, project] = [idIn(element), childOf(element, "ProcurementProject")];
        return id === undefined || project === undefined ? [] : [[id, project] as const];
      },
    ),
  );

/**
 * What kind of part an id is of: a lot, a group of lots or a part that is only announced. Converters write `LOT`. Where
 * the scheme is not stated, the form of the id tells.
 */
const schemeOf = (element: XmlElement): string => {
  const scheme = childOf(element, "ID")?.attributes["schemeName"]?.toLowerCase();
  if (scheme === "lotsgroup" || scheme === "part" || scheme === "lot") return scheme;
  const id = idIn(element) ?? "";
  return id.startsWith("GLO-") ? "lotsgroup" : id.startsWith("PAR-") ? "part" : "lot";
};

/** The groups of lots that a notice declares (BT-330, BT-1375), with the ceilings that are stated for them (BT-156, BT-1561). */
export const declaredGroupsOf = (
  root: XmlElement,
  noticeResult: XmlElement | undefined,
  lots: ReadonlySet<string>,
  reading: NoticeReading,
): readonly LotGroup[] => {
  const projects = groupProjectsOf(root);
  const frameworks = new Map(
    flatMap(childrenOf(noticeResult, "GroupFramework"), (framework) =>
      idsIn(framework, "TenderLot").map((group) => [group, framework] as const),
    ),
  );
  const described = childrenOf(childOf(childOf(root, "TenderingTerms"), "LotDistribution"), "LotsGroup");
  const groups = flatMap(described, (element) => {
    const id = valueIn(element, "LotsGroupID");
    const members = idsIn(element, "ProcurementProjectLotReference").filter((lot) => lots.has(lot));
    if (id === undefined || members.length === 0) return [];
    const announced = announcedIn(projects.get(id), reading);
    const framework = frameworks.get(id);
    const stated = (field: AmountField) => reading.fact(framework && amountIn(framework, field, reading), field.term);
    return {
      id,
      title: announced.title,
      lots: members,
      ceiling: stated(GROUP_MAXIMUM) ?? reading.fact(announced.maximum, "BT-271"),
      reestimate: stated(GROUP_REESTIMATE),
      certain: true,
      note: undefined,
    };
  });
  for (const { id } of groups) frameworks.delete(id);
  for (const id of frameworks.keys())
    reading.notes.add("R-MAX", "what is stated of a group whose lots the notice does not name is left out", id);
  return groups;
};
