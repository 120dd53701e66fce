/** Loaded only where a text is not ASCII. */
export { default as graphemeWidth } from "string-width";
