import { createHash } from "node:crypto";
import type { Report } from "../engine/report.ts";
import type { Language } from "../model/language.ts";
import { htmlTable } from "./html.ts";
import { DARK_RULES, escapeXml } from "./svg.ts";

/**
 * Pages that need nothing else and may do nothing: no font, nothing to load, no script but the one that they come with,
 * and a policy that forbids all else. They are made for screens of any width, for print, for light and dark grounds,
 * and for screen readers.
 */

const STYLE = `:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--faint:#595959;--line:#d5d5d5;--band:#f3f6fa;--link:#1f5fa8;--mark:#b3261e}
@media screen and (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#ececec;--faint:#a8a8a8;--line:#3b3e42;--band:#1f2429;--link:#7db3ee;--mark:#ff8a80}}
*{box-sizing:border-box}
figure{margin:.5rem 0;overflow-x:auto}
body{margin:0 auto;max-width:76rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
p{margin:.5rem 0;max-width:46rem}
.faint,caption{color:var(--faint)}
a{color:var(--link)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0}
nav ul{display:contents;list-style:none}
#ask{margin:1rem 0;padding:.75rem 1rem;max-width:46rem;background:var(--band);border:1px solid var(--line);border-radius:.25rem}
#ask label{font-weight:600}
#ask .line{display:flex;gap:.5rem;margin:.25rem 0}
#ask input,#ask button{font:inherit;padding:.35rem .6rem;border:1px solid var(--faint);border-radius:.2rem;background:var(--ground);color:inherit}
#ask input{flex:1;min-width:0;font-family:ui-monospace,monospace}
#ask p{font-size:.875rem}
#told p{margin:.25rem 0;white-space:pre-line}
#told pre{margin:0;overflow-x:auto;font-family:ui-monospace,monospace}
#told[role=alert]:not(:empty){border-left:3px solid var(--mark);padding-left:.6rem}
dl.figures{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1rem 0}
dl.figures dt{color:var(--faint)}
dl.figures dd{margin:0;font-size:1.5rem;font-weight:600}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.25rem 0}
th,td{padding:.35rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
thead th{border-bottom:2px solid var(--text);white-space:nowrap}
tbody tr:nth-child(even){background:var(--band)}
tfoot td,tfoot th{border-top:2px solid var(--text);border-bottom:0;font-weight:600}
tfoot .faint{font-weight:400}
.number{text-align:right;white-space:nowrap}
.whole{white-space:nowrap}
.withheld,.missing{color:var(--faint);font-style:italic}
ul.notes{padding-left:1.2rem;max-width:46rem}
.notes pre{margin:0;overflow-x:auto}
summary{cursor:pointer;color:var(--link)}
svg{min-width:40rem;max-width:100%;height:auto}
@media (max-width:40rem){th,td{min-width:6.5rem}.number,.whole{min-width:0}}
@media print{:root{color-scheme:light}svg{min-width:0}body{max-width:none;padding:0;font-size:9pt}nav,summary,#ask,.tall{display:none}details::details-content{content-visibility:visible;block-size:auto}h1,h2,h2+p{break-after:avoid}p,tr,svg,figure,dl.figures{break-inside:avoid}thead{display:table-header-group}tfoot{display:table-row-group}.wide{overflow:visible}th,td{padding:.2rem .4rem}@page{size:A4;margin:15mm}}
${DARK_RULES}`;

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const policyOf = (script: string | undefined): string =>
  [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    `style-src ${hashOf(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

interface PageText {
  readonly title: string;
  readonly language?: Language;
  readonly body: string;
  /** The only script that the page may run, which stands at its end. */
  readonly script?: string | undefined;
}

export const htmlPage = ({ title, language = "en", body, script }: PageText): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
${script === undefined ? "" : `<script>${script}</script>\n`}</body>
</html>
`;

export async function* formatHtml<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { html } = await htmlTable(report);
  yield htmlPage({ title: "lotbook", body: `<main>\n${html}</main>` });
}
