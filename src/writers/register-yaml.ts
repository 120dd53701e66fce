import type { Register } from "../records/register.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import type { YamlEntry, YamlItem, YamlTree } from "../syntax/yaml-tree.ts";
import { printYaml, yamlText } from "./print-yaml.ts";
import { recordsOf, type WriteOptions } from "./register-records.ts";

/** The lists of a register in the order in which people read them. */
const LISTS = ["sources", "suppliers", "contracts", "queries", "ignore"] as const;

/** A register as YAML in the one layout, all of it held in memory. */
export const registerYaml = async (register: Register, options: WriteOptions): Promise<string> => {
  const lists = new Map<string, YamlItem[]>(LISTS.map((list) => [list, []]));
  for await (const records of recordsOf(register, options))
    for (const { list, plain } of records) lists.get(list)?.push(itemOf(blockOf(plain), true));
  const items = [...lists].flatMap(([list, records]): YamlEntry[] =>
    records.length === 0 ? [] : [entryOf(list, { kind: "list", flow: false, items: records, below: [] }, true)],
  );
  const nothing = entryOf("contracts", { kind: "list", flow: true, items: [], below: [] }, false);
  return printYaml({ kind: "map", flow: false, items: items.length > 0 ? items : [nothing], below: [] });
};

const itemOf = (value: YamlTree, spaced: boolean): YamlItem => ({ above: [], spaced, beside: undefined, value });

const entryOf = (key: string, value: YamlTree, spaced: boolean): YamlEntry => ({
  ...itemOf(value, spaced),
  key: yamlText(key),
});

/** A value with each part on lines of its own, but for what is flat. */
const blockOf = (plain: Plain): YamlTree => {
  if (isList(plain)) {
    const flow = plain.every((item) => typeof item === "string");
    return {
      kind: "list",
      flow,
      items: plain.map((item) => itemOf(isFlat(item) ? flatOf(item) : blockOf(item), false)),
      below: [],
    };
  }
  if (!isMap(plain)) return yamlText(plain ?? "");
  const items = Object.entries(plain).map(([key, value]) => entryOf(key, blockOf(value), false));
  return { kind: "map", flow: false, items, below: [] };
};

const isFlat = (plain: Plain): boolean =>
  isMap(plain) &&
  Object.values(plain).every((value) =>
    isList(value) ? value.every((item) => typeof item === "string") : typeof value === "string",
  );

/** A record of single values and lists of them, which fits into brackets. */
const flatOf = (plain: Plain): YamlTree => {
  const tree = blockOf(plain);
  return tree.kind === "map" ? { ...tree, flow: true } : tree;
};
