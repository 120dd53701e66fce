import { PLAIN_STYLE, type Style } from "../output/format.ts";

export const COLOR_MODES = ["auto", "always", "never"] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";

/**
 * Whether to colour a stream. The first of these that is set decides: flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE,
 * CLICOLOR=0, TERM=dumb, the terminal.
 */
export const wantsColor = (mode: ColorMode, env: Environment, isTerminal: boolean): boolean => {
  if (mode !== "auto") return mode === "always";
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"])) return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  if (isSet(env["CLICOLOR_FORCE"]) && env["CLICOLOR_FORCE"] !== "0") return true;
  if (env["CLICOLOR"] === "0" || env["TERM"] === "dumb") return false;
  return isTerminal;
};

/** The colours of a stream. The library that makes them is loaded only if there are any. */
export const styleFor = async (color: boolean): Promise<Style> => {
  if (!color) return PLAIN_STYLE;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  return {
    heading: chalk.bold,
    id: chalk.cyan,
    dim: chalk.dim,
    good: chalk.green,
    warning: chalk.yellow,
    error: chalk.red,
  };
};
