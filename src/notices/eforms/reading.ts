import type { Attribution, Fact } from "../../model/claim.ts";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { Notes } from "../notice.ts";

/** What a notice says of itself that decides how it is read. */
interface Reading {
  readonly source: string;
  readonly names?: readonly string[];
  readonly language: string | undefined;
  readonly secret?: ReadonlySet<string>;
  readonly allowsMinusOne?: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

/** One notice while it is read: who speaks, in which language, and what had to be assumed. */
export class NoticeReading {
  readonly notes = new Notes();
  /** The number of the notice, which is the id of the source that its facts name. */
  readonly source: string;
  /** By what others call the notice. */
  readonly names: readonly string[];
  /** The groups of fields that the notice as a whole keeps secret. */
  readonly secret: ReadonlySet<string>;
  /** Whether -1 may be an amount, and not only stand for one that is withheld (SDK 1.14 on). */
  readonly allowsMinusOne: boolean;
  readonly #language: string | undefined;

  constructor({ source, names = [], language, secret = NOTHING, allowsMinusOne = false }: Reading) {
    this.source = source;
    this.names = names;
    this.secret = secret;
    this.allowsMinusOne = allowsMinusOne;
    this.#language = language;
  }

  by(locator: string): Attribution {
    return { source: this.source, locator };
  }

  /** A fact that the notice states in the field of this name (`BT-709`); undefined where it has no value. */
  fact<T>(value: T | undefined, locator: string): Fact<T> | undefined {
    return value === undefined ? undefined : [{ value, by: this.by(locator) }];
  }

  /** A text in the language of the notice, else the first that is not empty (R-LANG). */
  text(parent: XmlElement | undefined, name: string): string | undefined {
    const elements = childrenOf(parent, name);
    return elements.length === 0 ? undefined : this.choose(elements);
  }

  /** Of elements that say the same in several languages, the text of one (R-LANG). */
  choose(elements: readonly XmlElement[]): string | undefined {
    const said = elements.map((element) => ({ element, text: textOf(element) })).filter(({ text }) => text !== "");
    const [first] = said;
    if (first === undefined || said.length === 1) return first?.text;
    const own = said.find(({ element }) => element.attributes["languageID"] === this.#language);
    this.notes.add(
      "R-LANG",
      own === undefined ? "the first of several languages is taken" : "of several languages the notice's own is taken",
      first.element.name,
    );
    return (own ?? first).text;
  }
}

/** The text of the first element of a name; undefined where there is none, or an empty one. */
export const valueIn = (parent: XmlElement | undefined, name: string): string | undefined => {
  const element = childOf(parent, name);
  const text = element === undefined ? "" : textOf(element);
  return text === "" ? undefined : text;
};

/** The id that an element has, or by which it refers to another. */
export const idIn = (parent: XmlElement | undefined): string | undefined => valueIn(parent, "ID");

/** The ids of all elements of a name: to what their parent refers. */
export const idsIn = (parent: XmlElement | undefined, name: string): readonly string[] => {
  const ids: string[] = [];
  for (const element of childrenOf(parent, name)) {
    const id = idIn(element);
    if (id !== undefined) ids.push(id);
  }
  return ids;
};

/** The extension of a part of a notice, in which eForms put what UBL has no place for; of several, all they hold. */
export const extensionOf = (parent: XmlElement | undefined): XmlElement | undefined => {
  const extensions = childrenOf(childOf(parent, "UBLExtensions"), "UBLExtension").flatMap(
    (extension) => descend(extension, "ExtensionContent", "EformsExtension") ?? [],
  );
  const [first] = extensions;
  if (first === undefined || extensions.length === 1) return first;
  return { ...first, children: extensions.flatMap(({ children }) => children) };
};
