import type { ModificationGround } from "../../model/modification.ts";
import type { Publication } from "../../records/history.ts";
import type { Modification } from "../../records/modification.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { extensionOf, type NoticeReading, valueIn } from "./reading.ts";

/** Codes of BT-200. */
const GROUNDS: ReadonlyMap<string, ModificationGround> = new Map([
  ["mod-rev", "review clause"],
  ["add-wss", "additional works"],
  ["mod-cir", "unforeseen circumstances"],
  ["mod-repl", "replacement of the contractor"],
  ["mod-nons", "not substantial"],
  ["mod-minv", "de minimis"],
]);

/** The changes of the contract that a notice tells of, and why they were made. It does not say by how much a ceiling grew. */
export const modificationsOf = (
  root: XmlElement,
  { id, date }: Publication,
  reading: NoticeReading,
): readonly Modification[] => {
  const modification = childOf(extensionOf(root), "ContractModification");
  if (modification === undefined || date === undefined) return [];
  const reasons = childrenOf(modification, "ChangeReason");
  const grounds = new Set(reasons.map((reason) => GROUNDS.get(valueIn(reason, "ReasonCode") ?? "")));
  if (grounds.size === 0) grounds.add(undefined);
  return [...grounds].map((ground, index) => ({
    id: grounds.size === 1 ? id : `${id}-${index + 1}`,
    date,
    lot: undefined,
    amount: undefined,
    ground,
    title: undefined,
    by: reading.by("BT-200"),
    note: undefined,
  }));
};
