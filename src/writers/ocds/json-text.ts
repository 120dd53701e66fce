import { escapeHidden } from "../../model/hidden-characters.ts";

const quoted = (text: string): string => escapeHidden(JSON.stringify(text));

/** A number of JSON as it is to be written: amounts have more digits than binary numbers keep. */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | boolean | NumberLiteral | readonly Json[] | JsonMap;

/** Members that are undefined are left out. */
export interface JsonMap {
  readonly [key: string]: Json | undefined;
}

export const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

export const jsonText = (json: Json): string => {
  if (typeof json === "string") return quoted(json);
  if (typeof json === "boolean") return String(json);
  if (json instanceof NumberLiteral) return json.text;
  if (isList(json)) return `[${json.map(jsonText).join(",")}]`;
  const members = Object.entries(json).flatMap(([key, value]) =>
    value === undefined ? [] : [`${quoted(key)}:${jsonText(value)}`],
  );
  return `{${members.join(",")}}`;
};

export const wholeNumber = (count: number): NumberLiteral => new NumberLiteral(String(count));

/** A list that is left out where it is empty, as OCDS wants it. */
export const someOf = <T extends Json>(list: readonly T[]): readonly T[] | undefined =>
  list.length === 0 ? undefined : list;

/** An object that is left out where it says nothing. */
export const anyOf = (map: JsonMap): JsonMap | undefined =>
  Object.values(map).every((value) => value === undefined) ? undefined : map;
