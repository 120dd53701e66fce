import type { Report } from "../engine/report.ts";
import { type Finding, UsageError } from "../model/errors.ts";
import type { Severity } from "../model/rule.ts";
import { safeText } from "./safe-text.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A workflow command of GitHub Actions, which shows the finding beside the line of a pull request. */
const annotationOf = ({ rule, severity, message, hint, position }: Finding): string => {
  const place = position === undefined ? {} : { file: position.file, line: position.line, col: position.column };
  const properties = Object.entries({ ...place, title: rule })
    .map(([name, value]) => `${name}=${escapeProperty(safeText(String(value)))}`)
    .join(",");
  const text = [message, ...(hint === undefined ? [] : [hint])].map(safeText).join("\n");
  return `::${COMMANDS[severity]} ${properties}::${escapeData(text)}\n`;
};

/** Findings as annotations for GitHub Actions. */
export async function* formatGithub<Row>({ shape, batches }: Report<Row>): AsyncGenerator<string> {
  if (shape?.kind !== "findings") {
    throw new UsageError(
      "this answer has no findings to annotate",
      "lotbook check --format github does, without --fields",
    );
  }
  for await (const batch of batches) yield batch.map((row) => annotationOf(shape.finding(row))).join("");
}
