/** The yardstick for notices: the parser alone over each file of a folder, as its authors show it. `node bare-saxes.js FOLDER` */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";

const [folder] = process.argv.slice(2);
let elements = 0;
for (const name of readdirSync(folder)) {
  const parser = new SaxesParser();
  parser.on("opentag", () => {
    elements++;
  });
  parser.write(readFileSync(join(folder, name), "utf8")).close();
}
console.log(elements);
