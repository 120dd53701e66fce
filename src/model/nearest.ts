import { distance } from "fastest-levenshtein";
import { fold } from "./fold.ts";

/** The candidates nearest to a mistyped word, nearest first: near in letters, or one part of the other. */
export const nearest = (word: string, candidates: Iterable<string>, most = 3): string[] => {
  const wanted = fold(word);
  // Of those that differ in case alone, one is enough.
  const near = [...new Map([...candidates].reverse().map((candidate) => [fold(candidate), candidate])).values()]
    .reverse()
    .map((candidate) => ({ candidate, far: farness(wanted, fold(candidate)) }))
    .filter(({ candidate, far }) => far < candidate.length && far <= mostFar(candidate));
  return near
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ candidate }) => candidate);
};

/** What was meant, if anything comes near. */
export const didYouMean = (near: readonly string[]): string | undefined =>
  near.length === 0 ? undefined : `did you mean ${near.join(" or ")}?`;

/** What to say of a word that nobody knows: what comes near to it, or something else. */
export const meantBy = (word: string, known: Iterable<string>, otherwise: string): string =>
  didYouMean(nearest(word, known)) ?? otherwise;

/** Of three letters, two more than one are another word. */
const mostFar = ({ length }: string): number => (length <= 3 ? 1 : Math.max(2, Math.floor(length / 3)));

const farness = (wanted: string, candidate: string): number => {
  if (wanted.length > 200) return Number.POSITIVE_INFINITY;
  const contained = wanted.length > 1 && (candidate.includes(wanted) || wanted.includes(candidate));
  // What begins with a word is nearer than what has it elsewhere.
  const most = candidate.startsWith(wanted) ? 1.9 : 2;
  return contained ? Math.min(most, distance(wanted, candidate)) : distance(wanted, candidate);
};
