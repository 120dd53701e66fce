// The measure of cli-table3 in the built program: the same as everywhere else, loaded only where it is needed.
const { isNarrow } = require("./text-width.ts");

module.exports = (text) => (isNarrow(text) ? text.length : require("./grapheme-width.ts").graphemeWidth(text));
