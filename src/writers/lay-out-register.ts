import type { Finding } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { registerSchema } from "../records/register-lists.ts";
import { showingLines } from "../register/read-register.ts";
import { listsOf } from "../register/records.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import type { commentsIn, Remark, YamlEntry, YamlItem, YamlList, YamlMap, YamlTree } from "../syntax/yaml-tree.ts";

import { printYaml } from "./print-yaml.ts";

/**
 * The text of a YAML register in the one layout, or what keeps it from being one. It says the same, with every comment.
 * JSON, which is YAML in brackets, comes back as it is.
 */
export const layOutRegister = async (
  text: string,
  file: string,
): Promise<{ readonly text: string } | { readonly findings: readonly Finding[] }> => {
  const yaml = await import("../syntax/yaml.ts");
  const plainBreaks = text.replaceAll("\r\n", "\n");
  const read = showingLines(plainBreaks, yaml.readYaml(plainBreaks, file));
  if (!("document" in read)) return read;
  const findings: Finding[] = [];
  listsOf(read.document, findings);
  if (findings.length > 0) return { findings };
  const tree = yaml.readYamlTree(plainBreaks);
  if (tree.kind !== "map" || tree.flow) return { text };
  const laidOut = printYaml(arrangeRegister(tree, registerSchema()));
  const again = yaml.readYaml(laidOut, file);
  const same = "document" in again && saysTheSame(again.document.value, read.document.value);
  if (!same || commentsOf(laidOut, yaml.commentsIn) !== commentsOf(plainBreaks, yaml.commentsIn))
    throw new Error(`laying out ${file} would change what it says, so it stays as it is`);
  return { text: text.includes("\r\n") ? laidOut.replaceAll("\n", "\r\n") : laidOut };
};

const commentsOf = (text: string, read: typeof commentsIn): string =>
  read(text)
    .map((comment) => comment.text)
    .sort()
    .join("\n");

/** Whether two texts say the same; the keys of a map may stand in another order. */
const saysTheSame = (a: Plain, b: Plain): boolean => {
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, index) => saysTheSame(item, b[index] ?? ""));
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => saysTheSame(a[key] ?? "", b[key] ?? ""));
};

/**
 * Puts the keys of every record in the order of the format, each with its comments. Keys that the format does not know
 * come last. Lists, and the claims of a fact, stay in their order, for it says something.
 */
const arrangeRegister = (register: YamlMap, format: JsonSchema): YamlMap => {
  const { head, spaced, body } = withoutHead(register);
  const { items, ...rest } = arrangeMap(body, format);
  const [first, ...others] = items.map((entry, index) => setSpaced(entry, index > 0 || spaced));
  if (first === undefined) return register;
  return { ...rest, items: [{ ...first, above: [...head, ...first.above] }, ...others] };
};

const arrange = (tree: YamlTree, format: JsonSchema | undefined): YamlTree => {
  switch (tree.kind) {
    case "text":
      return tree;
    case "list":
      return arrangeList(tree, formOf(format, "array")?.items);
    case "map":
      return arrangeMap(tree, formOf(format, "object"));
  }
};

const arrangeList = (list: YamlList, format: JsonSchema | undefined): YamlList => ({
  ...list,
  items: list.items.map((item) => lifted({ ...item, value: arrange(item.value, format) })),
});

/** An item whose first line is that of its first key has the comments of that key, too. */
const lifted = (item: YamlItem): YamlItem => {
  const { value } = item;
  const [first, ...others] = value.kind === "map" ? value.items : [];
  if (value.kind !== "map" || first === undefined || first.above.length === 0) return item;
  return {
    ...item,
    above: [...item.above, ...first.above],
    value: { ...value, items: [{ ...first, above: [] }, ...others] },
  };
};

const arrangeMap = (map: YamlMap, format: JsonSchema | undefined): YamlMap => {
  const keys = Object.keys(format?.properties ?? {});
  const claims = typeof format?.additionalProperties === "object" ? format.additionalProperties : undefined;
  const items = map.items.map((entry) => ({
    ...entry,
    value: arrange(entry.value, format?.properties?.[entry.key.value] ?? claims),
  }));
  const place = ({ key }: YamlEntry): number => (keys.includes(key.value) ? keys.indexOf(key.value) : keys.length);
  return { ...map, items: keys.length === 0 ? items : items.sort((a, b) => place(a) - place(b)) };
};

/** Of several forms that a value may have, the one of this type. */
const formOf = (format: JsonSchema | undefined, type: "array" | "object"): JsonSchema | undefined =>
  [format, ...(format?.anyOf ?? [])].find((form) => form?.type === type);

/** What stands above the last empty line, or names the schema, is about the file and not about its first key. */
const withoutHead = (
  register: YamlMap,
): { readonly head: readonly Remark[]; readonly spaced: boolean; readonly body: YamlMap } => {
  const [first, ...others] = register.items;
  if (first === undefined) return { head: [], spaced: false, body: register };
  const lines = [...first.above, { text: "", spaced: first.spaced }];
  const end = Math.max(
    lines.findLastIndex(({ spaced }, index) => spaced && index > 0),
    lines.findIndex(({ text }) => !/^# *yaml-language-server:/.test(text)),
  );
  const own = { ...first, above: first.above.slice(end) };
  const body = { ...register, items: [own, ...others] };
  return { head: first.above.slice(0, end), spaced: end > 0 && lines[end]?.spaced === true, body };
};

const setSpaced = (entry: YamlEntry, spaced: boolean): YamlEntry => {
  const [first, ...others] = entry.above;
  return first === undefined ? { ...entry, spaced } : { ...entry, above: [{ ...first, spaced }, ...others] };
};
