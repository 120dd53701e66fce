import type { Command } from "../commands/command.ts";
import { COMMANDS } from "../commands/commands.ts";
import { explainSystemError, isSystemError, type SystemError } from "../inputs/system-error.ts";
import { InputError, UsageError, UserError } from "../model/errors.ts";
import { errorText } from "../output/error-text.ts";
import { safeLines, safeText } from "../output/safe-text.ts";
import { ClosedPipe } from "../writers/write-fully.ts";
import { AnswerWriter, safeLinesOf } from "./answer-writer.ts";
import { CommandCall } from "./command-call.ts";
import type { Io, Sink } from "./io.ts";
import { conversionOption, flagOption, formatOption, type ParsedOptions, version } from "./options.ts";
import { runProgram } from "./program.ts";
import { COLOR_MODES, type ColorMode, styleFor, wantsColor } from "./style.ts";

const BAD_DATA = 65;
const INTERNAL_ERROR = 70;

/**
 * Runs the program with `argv`, which is without the interpreter and the script. Gives the exit code; never throws,
 * never ends the process.
 */
export const main = async (argv: readonly string[], streams: Io): Promise<number> => {
  const io = { ...streams, stderr: withSafeLines(streams.stderr) };
  try {
    // A shell asks at each key, and shows no errors.
    if (argv[0] === "__complete") return await (await import("./completion.ts")).complete(argv.slice(1), streams);
    return await runProgram(argv, io, COMMANDS, {
      version,
      run: (command, args, options) => runCommand(command, args, options, io),
      style: () => styleFor(wantsColor(colorWord(argv), io.env, io.stdout.isTerminal)),
    });
  } catch (error) {
    return await failWith(error, io, colorWord(argv));
  }
};

/** What is written beside the answer may end up in the log of a build server, which obeys some lines. */
const withSafeLines = (sink: Sink): Sink => ({ ...sink, write: (text) => sink.write(safeLines(text)) });

/** What `--color` says, even if the rest of the command line could not be understood. */
const colorWord = (argv: readonly string[]): ColorMode => {
  if (argv.includes("--no-color")) return "never";
  const given = /(?:^|\0)--color[\0=]([^\0]*)/.exec(argv.join("\0"))?.[1];
  return COLOR_MODES.find((mode) => mode === given) ?? "auto";
};

const runCommand = async (
  command: Command,
  args: readonly string[],
  options: ParsedOptions,
  io: Io,
): Promise<number> => {
  // Mistakes on the command line are reported before any file is opened.
  if (command.name === "convert") conversionOption(options);
  else formatOption(options);
  const writer = await AnswerWriter.start(options, io);
  const call = new CommandCall({ command, args, options }, io, writer);
  try {
    const exitCode = await command.run(call);
    await writer.end();
    await call.remark();
    if (exitCode !== 0) return exitCode;
    if (call.hasErrors) return BAD_DATA;
    return call.isEmpty && flagOption(options, "exit-status") ? 1 : 0;
  } catch (error) {
    await writer.abort();
    // What was asked for in vain may be in what could not be read, so that is told, too.
    if (error instanceof UsageError) await call.remark();
    throw error;
  }
};

const failWith = async (thrown: unknown, io: Io, mode: ColorMode): Promise<number> => {
  if (thrown instanceof ClosedPipe) return 0;
  const error = isSystemError(thrown) ? refusalOf(thrown) : thrown;
  try {
    const style = await styleFor(wantsColor(mode, io.env, io.stderr.isTerminal));
    io.stderr.write(error instanceof UserError ? await errorText(error, style) : internalErrorText(error));
    if (io.env["LOTBOOK_DEBUG"] === "1" && thrown instanceof Error)
      io.stderr.write(`${safeLinesOf(String(thrown.stack))}\n`);
  } catch {
    // Nobody reads the errors; the exit code still tells.
  }
  return error instanceof UserError ? error.exitCode : INTERNAL_ERROR;
};

/** The error for what the system refuses where nobody expected it. It is no defect of this program. */
const refusalOf = (error: SystemError): InputError =>
  error.syscall === "uv_cwd"
    ? new InputError("the working folder is gone, or its path is too long", "change to another folder")
    : new InputError(`the system refused to go on: ${explainSystemError(error)}`);

const internalErrorText = (error: unknown): string =>
  `lotbook: internal error: ${safeText(error instanceof Error ? error.message : String(error))}\n  hint: this is a defect of lotbook; LOTBOOK_DEBUG=1 shows where\n`;
