import type { LotGroup } from "../../records/group.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { type AmountField, amountIn, GROUP_MAXIMUM, GROUP_REESTIMATE } from "./amounts.ts";
import { announcedIn, groupProjectsOf } from "./declared-lots.ts";
import { idsIn, type NoticeReading, valueIn } from "./reading.ts";

/** The groups of lots that a notice declares (BT-330, BT-1375), with the ceilings that are stated for them (BT-156, BT-1561). */
export const declaredGroupsOf = (
  root: XmlElement,
  noticeResult: XmlElement | undefined,
  lots: ReadonlySet<string>,
  reading: NoticeReading,
): readonly LotGroup[] => {
  const projects = groupProjectsOf(root);
  const frameworks = new Map(
    childrenOf(noticeResult, "GroupFramework").flatMap((framework) =>
      idsIn(framework, "TenderLot").map((group) => [group, framework] as const),
    ),
  );
  return childrenOf(childOf(childOf(root, "TenderingTerms"), "LotDistribution"), "LotsGroup").flatMap((element) => {
    const id = valueIn(element, "LotsGroupID");
    const members = [...new Set(idsIn(element, "ProcurementProjectLotReference"))].filter((lot) => lots.has(lot));
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
};
