// What cli-table3 measures with in the built program: the same as everything else here, loaded only where it is needed.
const { isNarrow } = require("./text-width.ts");

module.exports = (text) => (isNarrow(text) ? text.length : require("./grapheme-width.ts").graphemeWidth(text));
