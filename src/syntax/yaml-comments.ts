import { Lexer } from "yaml";

/** A line of its own with a comment, from its # on. */
export interface Remark {
  readonly text: string;
  /** Whether an empty line stands before it. */
  readonly spaced: boolean;
}

/** What is said of an item or entry beside its value. */
export interface Remarks {
  readonly above: Remark[];
  spaced: boolean;
  beside: string | undefined;
}

/** A list or map of a text. */
export interface Collection {
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
  /** How far in its items stand; of one in brackets without meaning. */
  readonly column: number;
  readonly below: Remark[];
  /** What it is the value of. */
  readonly parent: Place | undefined;
}

/** Where an item or entry of a list or map stands. */
export interface Place {
  readonly kind: "item" | "entry";
  readonly collection: Collection;
  readonly start: number;
  readonly valueStart: number;
  readonly remarks: Remarks;
}

/** A comment, from its # to the end of the line. */
interface Comment {
  readonly text: string;
  readonly offset: number;
}

/** The items between which a comment stands. */
interface Between {
  readonly previous: Place | undefined;
  readonly next: Place | undefined;
}

/** Gives every comment of a text to one of its items, which come in the order of the text; notes empty lines, too. */
export const attachComments = (text: string, places: readonly Place[]): void => {
  for (const { remarks, start } of places) remarks.spaced = followsEmptyLine(text, start);
  let index = 0;
  for (const comment of commentsIn(text)) {
    while ((places[index]?.start ?? Number.POSITIVE_INFINITY) < comment.offset) index++;
    const between = { previous: places[index - 1], next: places[index] };
    if (standsAlone(text, comment)) attachLine(text, comment, between);
    else attachBeside(comment, between);
  }
};

/** What the lexer puts between the parts of a text without taking any of it. */
const MARKERS = ["\u0002", "\u0018", "\u001f"];
const SCALAR_FOLLOWS = "\u001f";

/** Every comment of a text that is well-formed. */
export const commentsIn = (text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let offset = 0;
  let before = "";
  for (const part of new Lexer().lex(text)) {
    const scalar = before === SCALAR_FOLLOWS;
    before = scalar ? "" : part;
    if (!scalar && MARKERS.includes(part)) continue;
    if (!scalar && part.startsWith("#")) comments.push({ text: part.trimEnd(), offset });
    offset += part.length;
  }
  return comments;
};

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const followsEmptyLine = (text: string, offset: number): boolean => {
  const start = lineStart(text, offset);
  return start > 0 && text.slice(lineStart(text, start - 1), start).trim() === "";
};

/** A comment after the mark that begins or ends a document belongs to no item of that line. */
const standsAlone = (text: string, { offset }: Comment): boolean =>
  ["", "---", "..."].includes(text.slice(lineStart(text, offset), offset).trim());

/** The item that a comment ends the line of; in brackets that have closed before it, what these are the value of. */
const attachBeside = ({ text, offset }: Comment, { previous, next }: Between): void => {
  let place = previous;
  while (place?.collection.flow && place.collection.end <= offset) place = place.collection.parent;
  if (place !== undefined && place.remarks.beside === undefined) place.remarks.beside = text;
  else (place ?? next)?.remarks.above.push({ text, spaced: false });
};

const attachLine = (text: string, comment: Comment, between: Between): void => {
  const remark = { text: comment.text, spaced: followsEmptyLine(text, comment.offset) };
  const indent = /^ */.exec(text.slice(lineStart(text, comment.offset), comment.offset))?.[0].length ?? 0;
  remarksFor(indent, comment.offset, between).push(remark);
};

/** Where a comment on a line of its own goes: above the next item, or to the end of a list or map that is deeper in. */
const remarksFor = (column: number, offset: number, { previous, next }: Between): Remark[] => {
  if (previous === undefined) return next?.remarks.above ?? [];
  const opened = next?.collection.parent === previous ? next.collection : undefined;
  const beforeValue = offset < previous.valueStart;
  if (beforeValue && (opened === undefined || opened.flow || previous.kind === "item")) return previous.remarks.above;
  const open = [...(opened === undefined ? [] : [opened]), ...openAt(offset, previous)];
  const holding = open.find((one) => one.flow || one.column <= column) ?? open.at(-1) ?? previous.collection;
  return next !== undefined && isWithin(next.collection, holding) ? next.remarks.above : holding.below;
};

/** The lists and maps that are open at a place, from the inside out; brackets that have closed are open no more. */
const openAt = (offset: number, previous: Place): readonly Collection[] => {
  const open: Collection[] = [];
  for (let place: Place | undefined = previous; place !== undefined; place = place.collection.parent) {
    if (!place.collection.flow || offset < place.collection.end) open.push(place.collection);
  }
  return open;
};

const isWithin = (collection: Collection, outer: Collection): boolean =>
  collection === outer || (collection.parent !== undefined && isWithin(collection.parent.collection, outer));
