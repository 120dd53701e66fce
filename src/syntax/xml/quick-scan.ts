/**
 * XML is scanned, and parsed where there is doubt (a DOCTYPE, a processing instruction, a letter beyond ASCII in a
 * name, any fault). Then saxes reads the document, and says what is wrong and where. Tests with generated and mutated
 * documents hold that the scan gives the parser's tree, or none.
 */

import { detached } from "../detached.ts";
import { MAX_DEPTH, MAX_ELEMENTS, type XmlElement } from "./element.ts";
import { type KeepElement, NameScope, type XmlName } from "./names.ts";

const NO_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const DECLARATION =
  /(?:<\?xml version=["']1\.0["'](?: encoding=["'][A-Za-z][\w.-]*["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>)?/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * The tree of a document, as `TreeBuilder` would make it, but several times as fast. The scan goes from `<` to `<`, and
 * knows again the tags that it has met before. Undefined where anything is unusual or may be wrong: it is for the
 * parser to say what is allowed, and what is wrong.
 */
export const quickScan = (text: string, keep: KeepElement): XmlElement | undefined => {
  if (NO_CHARACTER.test(text) || !text.isWellFormed() || !hasKnownEntitiesOnly(text)) return undefined;
  return new QuickScan(text, keep).read();
};

/** The children of each element that has none. Most have none, and an array for each would take much memory. */
const NO_CHILDREN: XmlElement[] = [];

interface OpenElement extends XmlElement {
  children: XmlElement[];
  text: string;
}

const SLASH = 0x2f;
const EXCLAMATION = 0x21;

/** A place from which reading goes on; undefined where there is doubt. */
type Next = number | undefined;

class QuickScan {
  readonly #text: string;
  /** Whether the text has a `]]>` anywhere, which must not stand between tags. */
  readonly #closesData: boolean;
  /** Whether the text has carriage returns. */
  readonly #returns: boolean;
  #scope: NameScope;
  #root: XmlElement | undefined;
  #open: OpenElement | undefined;
  /** What was open around each open element that is kept. */
  readonly #outerElements: (OpenElement | undefined)[] = [];
  readonly #outerScopes: NameScope[] = [];
  /** The tags of all open elements. */
  readonly #tags: Tag[] = [];
  /** The tag that began an element last. */
  #before: Tag | undefined;
  /** How many open elements are left out. */
  #skipped = 0;
  #elements = 0;

  constructor(text: string, keep: KeepElement) {
    this.#text = text;
    this.#closesData = text.includes("]]>");
    this.#returns = text.includes("\r");
    this.#scope = NameScope.outermost(keep);
  }

  read(): XmlElement | undefined {
    const text = this.#text;
    let at: Next = afterMatch(DECLARATION, text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    while (at !== undefined && at < text.length) {
      if (this.#tags.length === 0) at = afterMatch(SPACE, text, at);
      const tag: number = text.indexOf("<", at);
      if (tag === -1) break;
      at = this.#addText(at, tag) ? this.#markup(tag) : undefined;
    }
    const ended = at !== undefined && this.#tags.length === 0 && afterMatch(SPACE, text, at) === text.length;
    return ended ? this.#root : undefined;
  }

  /** Adds the text between two tags. False where it may not stand there. */
  #addText(from: number, to: number): boolean {
    if (this.#tags.length === 0) return from === to;
    const checked = this.#closesData || (this.#skipped === 0 && from < to);
    if (!checked) return true;
    const source = this.#text.slice(from, to);
    if (this.#closesData && source.includes("]]>")) return false;
    this.#append(decodeEntities(this.#withoutReturns(source)));
    return true;
  }

  #append(text: string): void {
    if (this.#skipped === 0 && this.#open !== undefined) this.#open.text += text;
  }

  /** The text with each line break as one line feed, as XML has it (XML 1.0, 2.11). */
  #withoutReturns(source: string): string {
    return this.#returns ? source.replace(/\r\n?/g, "\n") : source;
  }

  #markup(at: number): Next {
    switch (this.#text.charCodeAt(at + 1)) {
      case SLASH:
        return this.#closeTag(at + 2);
      case EXCLAMATION:
        return this.#comment(at) ?? this.#data(at);
      default:
        return this.#openTag(at + 1);
    }
  }

  #comment(at: number): Next {
    if (!this.#text.startsWith("<!--", at)) return undefined;
    const end = this.#text.indexOf("--", at + 4);
    return end !== -1 && this.#text[end + 2] === ">" ? end + 3 : undefined;
  }

  #data(at: number): Next {
    if (!this.#text.startsWith("<![CDATA[", at) || this.#tags.length === 0) return undefined;
    const end = this.#text.indexOf("]]>", at);
    if (end === -1) return undefined;
    this.#append(this.#withoutReturns(this.#text.slice(at + "<![CDATA[".length, end)));
    return end + 3;
  }

  #closeTag(at: number): Next {
    const tag = this.#tags.pop();
    if (tag === undefined || !this.#text.startsWith(tag.closing, at)) return undefined;
    if (this.#skipped > 0) this.#skipped--;
    else this.#leave();
    return at + tag.closing.length;
  }

  #openTag(at: number): Next {
    const tag = tagAt(this.#text, at, this.#before);
    const isSecondRoot = this.#tags.length === 0 && this.#root !== undefined;
    if (tag === undefined || isSecondRoot || this.#tags.length >= MAX_DEPTH) return undefined;
    this.#before = tag;
    const end = at + tag.source.length + 1;
    if (!tag.empty) this.#tags.push(tag);
    if (this.#skipped === 0) return this.#enter(tag, end) ? end : undefined;
    if (!tag.empty) this.#skipped++;
    return end;
  }

  /**
   * Keeps an element, or begins to leave it out. False where a name in its tag is wrong, or there are too many
   * elements.
   */
  #enter(tag: Tag, tagEnd: number): boolean {
    const { inner, name: meant, problem } = meaningOf(tag, this.#scope);
    if (problem !== undefined) return false;
    const { name, namespace, kept } = meant;
    const parent = this.#open;
    if (!kept && parent !== undefined) {
      if (!tag.empty) this.#skipped = 1;
      return true;
    }
    if (++this.#elements > MAX_ELEMENTS) return false;
    const textBefore = parent === undefined ? 0 : parent.text.length;
    const element = {
      name,
      namespace,
      attributes: tag.attributes,
      children: NO_CHILDREN,
      text: "",
      textBefore,
      tagEnd,
    };
    if (parent === undefined) this.#root = element;
    else if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
    if (!tag.empty) this.#goInto(element, inner);
    return true;
  }

  #goInto(element: OpenElement, scope: NameScope): void {
    this.#outerElements.push(this.#open);
    this.#outerScopes.push(this.#scope);
    this.#open = element;
    this.#scope = scope;
  }

  #leave(): void {
    this.#open = this.#outerElements.pop();
    this.#scope = this.#outerScopes.pop() ?? this.#scope;
  }
}

const afterMatch = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
};

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
interface Tag {
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
  /** The tag that began the next element when this one was last met, if that was known by then. */
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
/** A longer tag is left to the parser: the pattern takes room on the stack for each attribute that it matches. */
const LONGEST_TAG = 1 << 16;
/** Tags by their source. Documents of one kind have few different tags. */
const REMEMBERED = new Map<string, Tag>();

const GREATER = 0x3e;

/**
 * Reads a tag of the usual form, which begins behind a `<`; undefined for any other. Most tags follow the same tag as
 * last time. That one is tried first, because then neither its end nor the tag itself need be looked up.
 */
const tagAt = (text: string, at: number, before: Tag | undefined): Tag | undefined => {
  const next = before?.next;
  if (next !== undefined && text.startsWith(next.source, at) && text.charCodeAt(at + next.source.length) === GREATER)
    return next;
  const end = text.indexOf(">", at);
  return end === -1 ? undefined : tagOf(text.slice(at, end), before);
};

const tagOf = (source: string, before: Tag | undefined): Tag | undefined => {
  const known = REMEMBERED.get(source);
  if (before !== undefined) before.next = known;
  if (known !== undefined || source.length > LONGEST_TAG) return known;
  const own = detached(source);
  const tag = parseTag(own);
  if (tag !== undefined && own.length < LONGEST_REMEMBERED && REMEMBERED.size < MOST_REMEMBERED) {
    REMEMBERED.set(own, tag);
  }
  return tag;
};

/** What a tag means in a scope. It is worked out anew only where the scope is not that of the last time. */
const meaningOf = (tag: Tag, outer: NameScope): TagMeaning => {
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

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(?:(\d{1,7})|x([\da-fA-F]{1,6})));/;
const STICKY = new RegExp(ENTITY.source, "y");
const EVERY = new RegExp(ENTITY.source, "g");

const codeOf = (decimal: string | undefined, hexadecimal: string | undefined): number =>
  decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);

/** What XML 1.0 allows as a character. */
const isCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Whether every ampersand of a text begins an entity that XML itself knows, or a character by its number. */
const hasKnownEntitiesOnly = (text: string): boolean => {
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", at + 1)) {
    STICKY.lastIndex = at;
    const match = STICKY.exec(text);
    if (match === null) return false;
    if (match[1] === undefined && !isCharacter(codeOf(match[2], match[3]))) return false;
  }
  return true;
};

/** A text for which {@link hasKnownEntitiesOnly} holds, with its entities decoded. */
const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(EVERY, (_, named: string | undefined, decimal?: string, hexadecimal?: string) =>
        named === undefined ? String.fromCodePoint(codeOf(decimal, hexadecimal)) : (NAMED.get(named) ?? ""),
      )
    : text;
