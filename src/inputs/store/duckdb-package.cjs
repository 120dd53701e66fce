/**
 * Loads DuckDB's own package as one file, which takes a third of the time. This file goes with only one version of the
 * binding. If another is installed, or none can be found from here, the package is loaded as it was installed.
 */
const { version } = require("@duckdb/node-api/package.json");

const bindingThere = () => {
  try {
    return require("@duckdb/node-bindings/package.json").version;
  } catch (_) {
    return undefined;
  }
};

module.exports = bindingThere() === version ? require("@duckdb/node-api") : require("@duckdb/node-api/lib/index.js");
