import { expect, test } from "vitest";
import { manPages } from "../../src/cli/man-pages.ts";
import { TOPICS } from "../../src/cli/manual.ts";
import { COMMAND_GROUPS } from "../../src/commands/command.ts";

const PAGE = `# Time

How long a *contract* runs, see [queries](queries.md#dates) and \`--at\`.

.begins with a point, and 'so' does C:\\x

### Ends

- one
- \`two\`

| option | meaning |
| --- | --- |
| \`--at\` | the day |

| a | b | c |
| --- | --- | --- |
| **1** | 2 | 3 |

\`\`\`console
$ lotbook lots
.end
\`\`\`
`;

const README = "| [time](docs/time.md) | terms - and ends |\n";
const pages = await manPages((file) => (file === "README.md" ? README : PAGE), "1.2.3");

test("a page of the manual is one of section 7, as roff reads it", () => {
  expect(pages.get("lotbook-time.7")).toBe(`.TH "LOTBOOK-TIME" "7" "" "lotbook 1.2.3" "lotbook manual"
.SH NAME
lotbook\\-time \\- terms \\- and ends
.SH TIME
.PP
How long a \\fIcontract\\fR runs, see queries (\\fBlotbook\\-queries\\fR(7)) and \\fB\\-\\-at\\fR.
.PP
\\&.begins with a point, and 'so' does C:\\ex
.SS Ends
.IP \\(bu 2
one
.IP \\(bu 2
\\fBtwo\\fR
.TP
\\fB\\-\\-at\\fR
the day
.TP
\\fB1\\fR
b: 2
.br
c: 3
.PP
.RS 2
.EX
$ lotbook lots
\\&.end
.EE
.RE
`);
});

test("a page that the README says nothing of is about what it is called", () => {
  expect(pages.get("lotbook-scale.7")).toContain("\n.SH NAME\nlotbook\\-scale \\- scale\n");
});

test("a command's page has how it is called, its options, examples and where to read on", () => {
  const page = pages.get("lotbook-total.1") ?? "";
  const parts = [
    '.TH "LOTBOOK-TOTAL" "1" "" "lotbook 1.2.3" "lotbook manual"\n.SH NAME\nlotbook\\-total \\- ',
    "\n.SH SYNOPSIS\n.PP\n\\fBlotbook total [options] [query...]\\fR\n",
    "\n.SH OPTIONS\n.TP\n\\fB\\-\\-by <",
    "\n.TP\n\\fB\\-\\-lot <id>\\fR\n",
    "\n.SH EXAMPLES\n.PP\n.RS 2\n.EX\n$ lotbook total",
    "\n.SH SEE ALSO\n.PP\nlotbook(1), lotbook\\-options(7), lotbook\\-queries(7)\n",
  ];
  expect(parts.filter((part) => !page.includes(part))).toEqual([]);
  expect(parts.map((part) => page.indexOf(part))).toEqual(
    parts.map((part) => page.indexOf(part)).sort((a, b) => a - b),
  );
  const schema = pages.get("lotbook-schema.1") ?? "";
  expect(schema).toContain("\\fBlotbook schema [options] <command>\\fR\n.SH EXAMPLES\n");
});

test("a command's page has no options that the help hides", () => {
  expect(pages.get("lotbook-convert.1")).toContain("\n.SH OPTIONS\n");
  expect(pages.get("lotbook-convert.1")).not.toContain("\\-\\-to <format>");
});

test("the program's page lists the commands by their groups, the options, and the other pages", () => {
  const page = pages.get("lotbook.1") ?? "";
  expect(page.match(/^\.S[HS] .*/gm)).toEqual([
    ...[".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH COMMANDS"],
    ...COMMAND_GROUPS.map((group) => `.SS ${group}`),
    ...[".SH TIME", ".SS Ends", ".SH TIME", ".SS Ends", ".SH TIME", ".SS Ends", ".SH EXAMPLES", ".SH SEE ALSO"],
  ]);
  expect(page).toMatch(/\n\.SS [A-Z].*\n\.TP\n\\fBlots\\fR\n\S/);
  expect(page).toContain("\n.SH SYNOPSIS\n.PP\n\\fBlotbook <command> [options]\\fR\n.SH DESCRIPTION\n.PP\n");
  expect(page).toContain(TOPICS.map((topic) => `lotbook\\-${topic.replaceAll("-", "\\-")}(7)`).join(", "));
});
