/** The yardstick for stores: DuckDB asked bare SQL on the same files. `node bare-store.js VIEWS.sql 'SELECT …'` */
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [views, question] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(readFileSync(views, "utf8"));
const answer = await connection.runAndReadAll(question);
process.stdout.write(`${JSON.stringify(answer.getRowObjectsJson())}\n`);
