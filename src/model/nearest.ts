import { distance } from "fastest-levenshtein";
import { fold } from "./fold.ts";

/**
 * The candidates nearest to a mistyped word, nearest first. They are similar in spelling, or one contains the other.
 */
export const nearest = (word: string, candidates: Iterable<string>, most = 3): string[] => {
  const wanted = fold(word);
  // Of candidates that only differ in case or accents, one is enough.
  const near = [...new Map([...candidates].reverse().map((candidate) => [fold(candidate), candidate])).values()]
    .reverse()
    .map((candidate) => ({ candidate, far: farness(wanted, fold(candidate)) }))
    .filter(({ candidate, far }) => far < candidate.length && far <= mostFar(candidate));
  return near
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ candidate }) => candidate);
};

/** A question that offers the nearest candidates. Undefined where there are none. */
export const didYouMean = (near: readonly string[]): string | undefined =>
  near.length === 0 ? undefined : `did you mean ${near.join(" or ")}?`;

/** A hint for an unknown word: the words that come near to it, or `otherwise`. */
export const meantBy = (word: string, known: Iterable<string>, otherwise: string): string =>
  didYouMean(nearest(word, known)) ?? otherwise;

/** The most edits by which a candidate may differ. With three letters, two edits already make another word. */
const mostFar = ({ length }: string): number => (length <= 3 ? 1 : Math.max(2, Math.floor(length / 3)));

const farness = (wanted: string, candidate: string): number => {
  if (wanted.length > 200) return Number.POSITIVE_INFINITY;
  const contained = wanted.length > 1 && (candidate.includes(wanted) || wanted.includes(candidate));
  // A candidate that begins with the word is nearer than one that has it elsewhere.
  const most = candidate.startsWith(wanted) ? 1.9 : 2;
  return contained ? Math.min(most, distance(wanted, candidate)) : distance(wanted, candidate);
};
