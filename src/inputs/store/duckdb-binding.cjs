/**
 * Loads DuckDB's binding for this system without asking which C library the system has. Finding that out takes a third
 * of the time in which all else is loaded, and is needed only if the binding for the other library is there, too.
 */
const ofSystem = `@duckdb/node-bindings-${process.platform}-${process.arch}`;

const isThere = (name) => {
  try {
    require(`${name}/package.json`);
    return true;
  } catch (_) {
    return false;
  }
};

module.exports =
  isThere(ofSystem) && !isThere(`${ofSystem}-musl`)
    ? require(`${ofSystem}/duckdb.node`)
    : require("@duckdb/node-bindings");
