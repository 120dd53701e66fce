import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { RuleId } from "../../model/rule.ts";
import type { TextIssue } from "../plain.ts";
import { MAX_DEPTH, MAX_ELEMENTS, type XmlElement } from "./element.ts";
import { type KeepElement, NameScope } from "./names.ts";

/** Reading stops after this many mistakes, which are enough to see what is wrong. */
export const MOST_ISSUES = 20;
/**
 * Faults after which the parser still knows where it is. Any other ends the reading, because more faults would mostly
 * follow from it.
 */
const WITHOUT_ECHO =
  /^(undefined entity|malformed character entity|disallowed character\.|duplicate attribute|the string)/;

/** An element while its document is read. */
interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  /** What prefixes mean in it. */
  readonly scope: NameScope;
  /** The kept element that it stands in. */
  readonly parent: OpenElement | undefined;
}

/** Thrown, and caught, to make the parser stop. */
class Enough extends Error {}

/** Makes the tree of one document from what the parser meets in it. */
export class TreeBuilder {
  readonly issues: TextIssue[] = [];
  root: XmlElement | undefined;
  readonly #text: string;
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  /** What prefixes mean outside of the root. */
  readonly #outermost: NameScope;
  /** The innermost open element that is kept. */
  #open: OpenElement | undefined;
  #depth = 0;
  /** How many open elements are left out: one that nobody asks for, and those within it. */
  #skipped = 0;
  #elements = 0;
  #lastLeft = "";

  constructor(text: string, keep: KeepElement) {
    this.#text = text;
    this.#outermost = NameScope.outermost(keep);
  }

  build(): void {
    const parser = this.#parser;
    parser.on("error", ({ message }) => this.#addFault(message));
    parser.on("doctype", () => this.#refuseDoctype());
    parser.on("opentag", (tag) => this.#enter(tag));
    parser.on("closetag", (tag) => this.#leave(tag));
    parser.on("text", (text) => this.#addText(text));
    parser.on("cdata", (text) => this.#addText(text));
    try {
      parser.write(this.#text).close();
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
  }

  #enter(tag: SaxesTagPlain): void {
    if (++this.#depth > MAX_DEPTH) {
      this.#refuse(`nested more than ${MAX_DEPTH} levels deep`, "a notice needs far fewer", this.#tagStart());
    }
    if (this.#skipped > 0) this.#skipped++;
    else this.#grow(tag);
  }

  /**
   * Adds an element to the tree, or begins to leave it out. Elements within one that is left out do not come here, so
   * their names are not checked.
   */
  #grow({ name: written, attributes }: SaxesTagPlain): void {
    const parent = this.#open;
    const scope = (parent === undefined ? this.#outermost : parent.scope).within(attributes);
    const { name, namespace, kept, problem } = scope.nameOf(written);
    const fault = problem ?? scope.problemIn(attributes);
    if (fault !== undefined) this.#add("F1", fault, NOT_WELL_FORMED, this.#tagStart());
    if (!kept && parent !== undefined) {
      this.#skipped = 1;
      return;
    }
    if (++this.#elements > MAX_ELEMENTS) {
      this.#refuse(`more than ${MAX_ELEMENTS} elements`, "is it the right file?", this.#tagStart());
    }
    const textBefore = parent === undefined ? 0 : parent.text.length;
    const tagEnd = this.#parser.position;
    this.#open = { name, namespace, attributes, children: [], text: "", textBefore, tagEnd, scope, parent };
    if (parent === undefined) this.root ??= this.#open;
    else parent.children.push(this.#open);
  }

  #leave(tag: SaxesTagPlain): void {
    this.#depth--;
    this.#lastLeft = tag.name;
    if (this.#skipped > 0) this.#skipped--;
    else this.#open = this.#open?.parent;
  }

  #addText(text: string): void {
    if (this.#skipped === 0 && this.#open !== undefined) this.#open.text += text;
  }

  #refuseDoctype(): never {
    const offset = this.#text.lastIndexOf("<!DOCTYPE", this.#parser.position);
    return this.#refuse("a DOCTYPE is not allowed", "notices need none; remove it", offset);
  }

  /** Adds a fault that the parser reports. Throws {@link Enough} where more would only follow from it. */
  #addFault(fault: string): void {
    const end = this.#text.trimEnd().length;
    if (fault.startsWith("unclosed tag: ")) {
      this.#add("F1", `the document ends within <${fault.slice("unclosed tag: ".length)}>`, "is it complete?", end);
    } else if (fault === "unexpected close tag.") {
      this.#add("F1", `<${this.#lastLeft}> is not closed before`, NOT_WELL_FORMED, this.#tagStart());
    } else {
      const offset = Math.min(Math.max(0, this.#parser.position - 1), end);
      this.#add("F1", fault.replace(/\.$/, ""), NOT_WELL_FORMED, offset);
    }
    if (!WITHOUT_ECHO.test(fault)) throw new Enough();
  }

  /** Where the tag begins that the parser has just read: no attribute's value has a "<". */
  #tagStart(): number {
    return tagStart(this.#text, this.#parser.position);
  }

  #add(rule: RuleId, message: string, hint: string, offset: number): void {
    this.issues.push({ rule, message, hint, offset });
    if (this.issues.length >= MOST_ISSUES) throw new Enough();
  }

  #refuse(message: string, hint: string, offset: number): never {
    this.#add("F9", message, hint, offset);
    throw new Enough();
  }
}

const NOT_WELL_FORMED = "the document is not well-formed XML";

/** Where a tag begins, from where it ends: no attribute's value has a "<". */
export const tagStart = (text: string, tagEnd: number): number => Math.max(0, text.lastIndexOf("<", tagEnd - 1));
