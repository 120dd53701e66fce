/**
 * Text of strangers is made safe where it becomes text. `model/hidden-characters.ts` says which characters are
 * invisible or move others, except where letters and emoji need them. This file shows them to people, JSON and YAML
 * escape them, and `check` finds them. What may begin a line for people goes through {@link safeLines}, so that no log
 * obeys it: at the door of standard error, and where a format for people ends.
 */

import { breakLineCommands, breakLogCommands, codeOf, showHidden } from "../model/hidden-characters.ts";

const visible = (char: string): string => `<${codeOf(char)}>`;

/**
 * Text from data as a terminal or a log may show it: characters that show nothing, control, or reorder what the reader
 * sees (CVE-2021-42574) become visible, as do marks that pile up, and what a build server's log would obey; line breaks
 * and tabs become spaces. Letters of every script stay as they are, with the joiners that their spelling needs.
 */
export const safeText = (text: string): string =>
  breakLogCommands(showHidden(text.replace(/\r\n|[\n\t]/g, " "), visible), visible);

/** Lines for people, none of which is a command to a log that they may be written to. */
export const safeLines = (text: string): string => breakLineCommands(breakLogCommands(text, visible), visible);

/**
 * Text whose lines may later be broken anywhere, as in calendars. Nothing in it would be obeyed by a log even at the
 * beginning of a line.
 */
export const safeAnywhere = (text: string): string =>
  safeText(text).replace(/:(?=:)|s(?=ection_(?:start|end):)/gi, visible);
