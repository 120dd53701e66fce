import type { SuggestedMap } from "../register/sheets/suggest-map.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import type { YamlEntry, YamlTree } from "../syntax/yaml-tree.ts";
import { printYaml, yamlText } from "./print-yaml.ts";

const HEAD = [
  "# yaml-language-server: $schema=import.schema.json",
  "# What the columns of the spreadsheet are: a file to look through, and to keep beside the register.",
  "# lotbook import FILE --map this.yaml --output contracts.yaml; lotbook help import tells what can stand here.",
];

/** A map as YAML, with a word beside all that is not sure. */
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
