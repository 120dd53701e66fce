import { detached } from "../detached.ts";
import type { XmlElement } from "./element.ts";
import { decodeEntities } from "./entities.ts";
import type { NameScope, XmlName } from "./names.ts";

/** What a tag means where it stands. */
interface TagMeaning {
  /** What prefixes mean around the element. */
  readonly outer: NameScope;
  /** What they mean within it. */
  readonly inner: NameScope;
  readonly name: XmlName;
  /** What is wrong with its names. */
  readonly problem: string | undefined;
}

/** What stands between `<` and `>` where an element begins. */
export interface Tag {
  /** All of it, as it is written. */
  readonly source: string;
  /** Its name as it is written. */
  readonly written: string;
  /** What closes it, behind `</`. */
  readonly closing: string;
  readonly attributes: XmlElement["attributes"];
  readonly empty: boolean;
  /** Whether an attribute has a prefix, or declares a namespace. */
  readonly qualified: boolean;
  /** What it means in the scope that was asked for last. */
  meaning: TagMeaning | undefined;
  /** The one that began an element next when it was met last. */
  next: Tag | undefined;
}

const NAME = "[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?";
const VALUE = `"[^<"\\t\\n\\r]*"|'[^<'\\t\\n\\r]*'`;
const TAG = new RegExp(
  `^(${NAME})((?:[ \\t\\n\\r]+${NAME}[ \\t\\n\\r]*=[ \\t\\n\\r]*(?:${VALUE}))*)[ \\t\\n\\r]*(/?)$`,
);
const ATTRIBUTE = new RegExp(`(${NAME})[ \\t\\n\\r]*=[ \\t\\n\\r]*(${VALUE})`, "g");

const NO_ATTRIBUTES: XmlElement["attributes"] = Object.freeze(Object.create(null));
const MOST_REMEMBERED = 5000;
const LONGEST_REMEMBERED = 2000;
/** A longer one would be too much for the pattern: matching takes room on the stack for each attribute. */
const LONGEST_TAG = 1 << 16;
/** Documents of one kind are made of few unlike tags. */
const REMEMBERED = new Map<string, Tag>();

const GREATER = 0x3e;

/**
 * Reads a tag of the usual form, which begins behind a `<`; undefined for any other. Most come after the same one as the
 * last time, which takes no look for where they end, and among all that were met.
 */
export const tagAt = (text: string, at: number, before: Tag | undefined): Tag | undefined => {
  const next = before?.next;
  if (next !== undefined && text.startsWith(next.source, at) && text.charCodeAt(at + next.source.length) === GREATER)
    return next;
  const end = text.indexOf(">", at);
  return end === -1 ? undefined : tagOf(text.slice(at, end), before);
};

const tagOf = (source: string, before: Tag | undefined): Tag | undefined => {
  const known = REMEMBERED.get(source);
  if (known !== undefined && before !== undefined) before.next = known;
  if (known !== undefined || source.length > LONGEST_TAG) return known;
  const own = detached(source);
  const tag = parseTag(own);
  if (tag !== undefined && own.length < LONGEST_REMEMBERED && REMEMBERED.size < MOST_REMEMBERED) {
    REMEMBERED.set(own, tag);
  }
  return tag;
};

/** What a tag means in a scope; worked out once while documents have the same. */
export const meaningOf = (tag: Tag, outer: NameScope): TagMeaning => {
  if (tag.meaning?.outer === outer) return tag.meaning;
  const inner = tag.qualified ? outer.within(tag.attributes) : outer;
  const name = inner.nameOf(tag.written);
  const problem = name.problem ?? (tag.qualified ? inner.problemIn(tag.attributes) : undefined);
  tag.meaning = { outer, inner, name, problem };
  return tag.meaning;
};

const parseTag = (source: string): Tag | undefined => {
  const [, written, list = "", slash] = TAG.exec(source) ?? [];
  if (written === undefined) return undefined;
  const attributes: Record<string, string> = Object.create(null);
  let qualified = false;
  for (const [, name = "", value = ""] of list.matchAll(ATTRIBUTE)) {
    if (name in attributes) return undefined;
    attributes[name] = decodeEntities(value.slice(1, -1));
    qualified ||= name === "xmlns" || name.includes(":");
  }
  return {
    source,
    written,
    closing: `${written}>`,
    attributes: list === "" ? NO_ATTRIBUTES : attributes,
    empty: slash === "/",
    qualified,
    meaning: undefined,
    next: undefined,
  };
};
