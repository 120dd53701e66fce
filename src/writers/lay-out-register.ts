import type { Finding } from "../model/errors.ts";
import { registerSchema } from "../records/register-lists.ts";
import { listsOf } from "../register/records.ts";
import { showingLines } from "../register/shown-lines.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import type { commentsIn } from "../syntax/yaml-comments.ts";
import { arrangeRegister } from "./arrange-register.ts";
import { printYaml } from "./print-yaml.ts";

/**
 * The text of a YAML register in the one layout, or what keeps it from being one. It says the same, with every comment.
 * JSON, which is YAML in brackets, comes back as it is.
 */
export const layOutRegister = async (
  text: string,
  file: string,
): Promise<{ readonly text: string } | { readonly findings: readonly Finding[] }> => {
  const yaml = await import("../syntax/yaml.ts");
  const plainBreaks = text.replaceAll("\r\n", "\n");
  const read = showingLines(plainBreaks, yaml.readYaml(plainBreaks, file));
  if (!("document" in read)) return read;
  const findings: Finding[] = [];
  listsOf(read.document, findings);
  if (findings.length > 0) return { findings };
  const tree = yaml.readYamlTree(plainBreaks);
  if (tree.kind !== "map" || tree.flow) return { text };
  const laidOut = printYaml(arrangeRegister(tree, registerSchema()));
  const again = yaml.readYaml(laidOut, file);
  const same = "document" in again && saysTheSame(again.document.value, read.document.value);
  if (!same || commentsOf(laidOut, yaml.commentsIn) !== commentsOf(plainBreaks, yaml.commentsIn))
    throw new Error(`laying out ${file} would change what it says, so it stays as it is`);
  return { text: text.includes("\r\n") ? laidOut.replaceAll("\n", "\r\n") : laidOut };
};

const commentsOf = (text: string, read: typeof commentsIn): string =>
  read(text)
    .map((comment) => comment.text)
    .sort()
    .join("\n");

/** Whether two texts say the same; the keys of a map may stand in another order. */
const saysTheSame = (a: Plain, b: Plain): boolean => {
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, index) => saysTheSame(item, b[index] ?? ""));
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => saysTheSame(a[key] ?? "", b[key] ?? ""));
};
