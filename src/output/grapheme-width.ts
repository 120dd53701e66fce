/** Loaded only where a text has wide or combining characters. */
export { default as graphemeWidth } from "string-width";
