import { type Finding, findingOf, type Origin } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import { type Codec, Decoding, hintFor, type References } from "../records/codec.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { type ListName, REGISTER_LISTS } from "../records/register.ts";
import type { JsonCursor } from "../syntax/json-cursor.ts";
import { type Issue, isList, isMap, type Path, type Plain, type PlainDocument } from "../syntax/plain.ts";

export interface PlainRecord {
  readonly plain: Plain;
  readonly origin: Origin;
}

export type RecordLists = {
  readonly [List in ListName]: readonly PlainRecord[];
};

const LIST_NAMES = Object.keys(REGISTER_LISTS).filter((name): name is ListName => name in REGISTER_LISTS);

const originIn = (document: PlainDocument, prefix: Path): Origin => ({
  locate: (path, part) => document.locate([...prefix, ...path], part),
});

const problem = (
  document: PlainDocument,
  path: Path,
  message: string,
  hint: string,
  part: "key" | "value" = "value",
): Finding => findingOf(part === "key" ? "F3" : "F2", message, document.locate(path, part), hint);

export const hasLists = ({ value }: PlainDocument): boolean =>
  isMap(value) && LIST_NAMES.some((name) => value[name] !== undefined);

/** The lists of a register document. Whatever is not a list of records is reported. */
export const listsOf = (document: PlainDocument, findings: Finding[]): RecordLists => {
  const lists: Record<ListName, PlainRecord[]> = {
    sources: [],
    prefer: [],
    suppliers: [],
    contracts: [],
    queries: [],
    ignore: [],
  };
  const { value } = document;
  if (!isMap(value)) {
    const hint = `a register is a map with ${LIST_NAMES.join(", ")}`;
    findings.push(problem(document, [], value === "" ? "the file is empty" : "this is not a register", hint));
    return lists;
  }
  for (const key of Object.keys(value)) {
    const name = LIST_NAMES.find((candidate) => candidate === key);
    if (name === undefined) {
      const { hint = `a register has ${LIST_NAMES.join(", ")}` } = hintFor(key, LIST_NAMES);
      findings.push(problem(document, [key], `unknown key "${key}"`, hint, "key"));
      continue;
    }
    const list = value[key];
    if (list === undefined || !isList(list)) {
      findings.push(
        problem(document, [key], `"${key}" is not a list`, `for example ${key}: ${REGISTER_LISTS[name].example}`),
      );
      continue;
    }
    for (const [index, plain] of list.entries()) {
      lists[name].push({ plain, origin: originIn(document, [key, index]) });
    }
  }
  return lists;
};

export const toFinding = ({ rule, message, hint, path, part }: Issue, origin: Origin): Finding => ({
  ...findingOf(rule, message, origin.locate(path, part), hint),
  severity: "error",
});

/**
 * Decodes one record from exact text, and adds its problems to the findings. A record that has problems is still given,
 * with its id, so that what refers to it is not reported, too. The findings keep it from ever being used in an answer.
 */
export const decodeDefinition = <T>(
  codec: Codec<T>,
  { plain, origin }: PlainRecord,
  references: References,
  findings: Finding[],
): T | undefined => {
  const at = new Decoding(references, origin);
  const value = codec.decode(plain, at);
  addAll(
    findings,
    at.issues.map((issue) => toFinding(issue, origin)),
  );
  return value;
};

/** Like {@link decodeDefinition}, but gives undefined for a record that has problems. */
export const decodeRecord = <T>(
  codec: Codec<T>,
  record: PlainRecord,
  references: References,
  findings: Finding[],
): T | undefined => {
  const before = findings.length;
  const value = decodeDefinition(codec, record, references, findings);
  return findings.length === before ? value : undefined;
};

/** A line of a text, and where it begins in it. */
export interface TextLine {
  readonly text: string;
  readonly start: number;
  readonly line: string;
}

/**
 * Decodes a record from JSON as most programs write it, or a sketch of it, which may have no more than its id and the
 * ids of what is in it. Undefined where it is written otherwise, or has problems.
 */
export const decodeLine = <T>(
  codec: Codec<T>,
  json: JsonCursor,
  { text, start, line }: TextLine,
  references: References,
  origin: Origin,
  extent: "whole" | "sketch" = "whole",
): T | undefined => {
  json.begin(text, start);
  const at = new Decoding(references, origin);
  const decode = extent === "whole" ? codec.decodeQuickly : codec.sketchQuickly;
  const value = decode?.(json, at);
  return at.issues.length === 0 && json.at === start + line.length ? value : undefined;
};

/** Like {@link decodeRecord}, for a contract. Findings that keep a contract out name it (`leftOut`). */
export const decodeContract = (
  record: PlainRecord,
  references: References,
  findings: Finding[],
): Contract | undefined => {
  const problems: Finding[] = [];
  const contract = decodeDefinition(contractCodec, record, references, problems);
  if (problems.length === 0) return contract;
  const leftOut = contract?.id ?? "";
  addAll(findings, leftOut === "" ? problems : problems.map((problem) => ({ ...problem, leftOut })));
  return undefined;
};
