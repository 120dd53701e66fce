import type { Register } from "../records/register.ts";
import type { SuggestedMap } from "../register/sheets/suggest-map.ts";
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
  key: yamlText(key),
  ...itemOf(value, spaced),
});

/** A value with each part on lines of its own. Lists of texts, and flat records in lists, are in brackets. */
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

/** A record of texts and lists of texts, in brackets. */
const flatOf = (plain: Plain): YamlTree => {
  const tree = blockOf(plain);
  return tree.kind === "map" ? { kind: "map", flow: true, items: tree.items, below: tree.below } : tree;
};

const HEAD = [
  "# yaml-language-server: $schema=import.schema.json",
  "# What the columns of the spreadsheet are: a file to look through, and to keep beside the register.",
  "# lotbook import FILE --map this.yaml --output contracts.yaml; lotbook help import tells what can stand here.",
];

/** A map of an import as YAML, with a comment beside everything that is unsure. */
export const importMapYaml = ({ map, doubts }: SuggestedMap): string => {
  const told = new Set<string>();
  const items = entriesOf(map, "", doubts, told);
  const [first, ...others] = items;
  const above = HEAD.map((text) => ({ text, spaced: false }));
  const left = [...doubts].flatMap(([path, text]) =>
    told.has(path) ? [] : [{ text: `# unsure: ${text}`, spaced: false }],
  );
  const all =
    first === undefined ? [] : [{ ...first, above: [...above, ...left, ...first.above], spaced: false }, ...others];
  return printYaml({ kind: "map", flow: false, items: all, below: [] });
};

const entriesOf = (
  map: Readonly<Record<string, Plain>>,
  path: string,
  doubts: SuggestedMap["doubts"],
  told: Set<string>,
): readonly YamlEntry[] =>
  Object.entries(map).map(([key, value]) => {
    const here = path === "" ? key : `${path} ${key}`;
    const doubt = doubts.get(here);
    if (doubt !== undefined) told.add(here);
    const beside = doubt === undefined ? undefined : `# unsure: ${doubt}`;
    const isBlock = isMap(value);
    return {
      above: isBlock && beside !== undefined ? [{ text: beside, spaced: false }] : [],
      spaced: false,
      beside: isBlock ? undefined : beside,
      key: yamlText(key),
      value: treeOf(value, here, doubts, told),
    };
  });

const treeOf = (value: Plain, path: string, doubts: SuggestedMap["doubts"], told: Set<string>): YamlTree => {
  if (isMap(value)) return { kind: "map", flow: false, items: entriesOf(value, path, doubts, told), below: [] };
  if (!isList(value)) return yamlText(value ?? "");
  const items = value.map((item) => ({
    above: [],
    spaced: false,
    beside: undefined,
    value: treeOf(item, path, doubts, told),
  }));
  return { kind: "list", flow: true, items, below: [] };
};
