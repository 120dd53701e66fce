#!/usr/bin/env node
// Starts the program from compiled code that an earlier start kept, because compiling is half of the start-up time. The
// same goes for the files that the program loads when it needs them. V8 runs such code as it is. So it is used only for
// exactly the same source, only from places that nobody but this user can have written to, and only if it is whole.
// Anything wrong with it only costs time.
const fs = require("fs");
const { isAbsolute, join } = require("path");

const programFolder = join(__dirname, "..", "dist", "cli");
const USAGE_ERROR = 2;
const INTERNAL_ERROR = 70;
const LENGTH = 4;
const DAY = 24 * 60 * 60 * 1000;

/** This user's cache folder. It is no absolute path if the environment does not name one. */
const userFolder = () => {
  const { HOME = "", LOCALAPPDATA = "", XDG_CACHE_HOME = "" } = process.env;
  const onUnix = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(HOME, ".cache");
  const caches = { win32: LOCALAPPDATA, darwin: join(HOME, "Library", "Caches") };
  return join(process.platform in caches ? caches[process.platform] : onUnix, "lotbook");
};

/**
 * The user's id; undefined on Windows, which does not tell this way who may write to a folder. There, only the user's
 * own folder is used, which is private.
 */
const user = process.geteuid ? process.geteuid() : undefined;
const places = user === undefined ? [userFolder()] : [programFolder, userFolder()];
const folders = places.filter((folder) => isAbsolute(folder));
const onlyMine = ({ uid, mode }) => user === undefined || (uid === user && (mode & 0o022) === 0);
const isMyFolder = (stats) => stats.isDirectory() && onlyMine(stats);
const isMyFile = (stats) => stats.isFile() && stats.nlink === 1 && onlyMine(stats);

/** The bytes of a file and the time when it was written; undefined for a file that `isFit` refuses. */
const readWhole = (path, flags, isFit) => {
  const descriptor = fs.openSync(path, flags);
  try {
    const stats = fs.fstatSync(descriptor);
    if (!isFit(stats)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    return fs.readSync(descriptor, bytes) === stats.size ? { bytes, written: stats.mtimeMs } : undefined;
  } finally {
    fs.closeSync(descriptor);
  }
};

/** Like {@link readWhole}, for a file that nobody else can have written. */
const readMine = (folder, file) => {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  if (!isMyFolder(fs.lstatSync(folder))) return undefined;
  return readWhole(join(folder, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, isMyFile);
};

/**
 * Takes a cache file apart. It holds everything twice, and is whole if both halves are equal. No checksum is as fast,
 * because those of Node load streams. Each half has the code, a description of it, and the length of the description.
 */
const unpack = (file, { bytes, written }) => {
  const half = bytes.subarray(0, bytes.length / 2);
  if (half.length < LENGTH || !half.equals(bytes.subarray(half.length))) return undefined;
  const end = half.length - LENGTH;
  const start = end - half.readUInt32LE(end);
  const { name, size, uses } = JSON.parse(half.latin1Slice(start, end));
  return name === file && size === start ? { code: half.subarray(0, start), uses, written } : undefined;
};

const readKept = (file) => {
  for (const folder of folders) {
    try {
      const kept = unpack(file, readMine(folder, file));
      if (kept !== undefined) return kept;
    } catch (_) {
      // The file is not there, or cannot be read.
    }
  }
  return undefined;
};

/** Each command has compiled code of its own, because code that only other commands run would slow its start. */
const [first = ""] = process.argv.slice(2);
const command = /^[a-z_-]+$/.test(first) ? first : "-";

/**
 * From this size of file on, setting flags of V8 saves more time than it costs: by far for registers, and at 60 kB for
 * notices.
 */
const LONG_FILE = 2 ** 15;

/** Whether a word, or what follows its "=", names a folder, a long file, or what comes through a pipe. */
const namesMuch = (word) => {
  const path = word.slice(word.indexOf("=") + 1);
  try {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    return path === "-" || (stats !== undefined && (stats.isDirectory() || stats.size > LONG_FILE));
  } catch (_) {
    return false;
  }
};

/**
 * Registers name their ledgers, which are mostly longer than the registers. Listing orders gains nothing from the
 * flags.
 */
const readsLedgers = command === "headroom";
const { LOTBOOK_DATA = "" } = process.env;

/** The files that the program reads if no data is named: src/inputs/own-data.ts. */
const FOUND_HERE = ["contracts.yaml", "contracts.yml", "contracts.json", "contracts.jsonl", "contracts"];
const unnamed = LOTBOOK_DATA === "" ? FOUND_HERE : [LOTBOOK_DATA];
const hasMuchToRead = readsLedgers || [...process.argv.slice(2), ...unnamed].some(namesMuch);

/**
 * The flags of V8, by the major version of Node. They delay optimisation until code has run six times as often as by
 * default (Node 22: three times). Where there is much to read, that saves a third of the work, because code that was
 * optimised early mostly had to be optimised again, often more than once. Node 24 has a cheap compiler in between, and
 * is left alone.
 */
const FLAGS = { 20: "--interrupt-budget=400000", 22: "--invocation-count-for-turbofan=9000" };
const flag = hasMuchToRead ? FLAGS[Number.parseInt(process.versions.node, 10)] : undefined;

/** A short hash of a text, in letters that fit a file's name. */
const digest = (text) => {
  let sum = 5381;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 33) ^ text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
};

/**
 * A hash of how a command is used: its options, and the endings of its files. For a use that was seen before,
 * everything is compiled already, except what depends on the data.
 */
const useOf = (words) => {
  const parts = words.map((word) =>
    word.startsWith("-") ? word.split("=")[0] : (/\.[a-z]\w*$/i.exec(word) || "+")[0],
  );
  return digest([...new Set(parts.sort())].join(" "));
};

/** The digest with which the build begins each file. A later change of the file shows in its time or length. */
const BUILT = /^\/\* ([0-9a-f]{16}) /;

/**
 * The name of the cache file for exactly this source and these options of Node. V8 rejects code that was compiled by
 * another V8 or under other options.
 */
const keptAs = (name, source, written) => {
  const { arch, execArgv, platform, version } = process;
  const [, built = "-"] = BUILT.exec(source.latin1Slice(0, 32)) || [];
  const options = digest(JSON.stringify([execArgv, process.env.NODE_OPTIONS, flag]));
  const changed = `${source.length.toString(36)}_${Math.trunc(written * 1000).toString(36)}`;
  return `${[name, command, version, platform, arch, built, changed, options].join("-")}.cache`;
};

const loaded = new Map();

/** What a file of the program exports. The build writes each as one function, in ASCII, which is read fastest as Latin-1. */
const load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const filename = join(programFolder, `${name}.js`);
  const read = readWhole(filename, fs.constants.O_RDONLY, (stats) => stats.isFile());
  if (read === undefined) throw new Error(`cannot read all of ${filename}`);
  const source = read.bytes;
  const file = keptAs(name, source, read.written);
  const kept = readKept(file);
  const { Script } = require("vm");
  const script = new Script(source.latin1Slice(), { filename, cachedData: kept ? kept.code : undefined });
  const module = { exports: {} };
  loaded.set(name, { module, file, script, kept: script.cachedDataRejected ? undefined : kept });
  script.runInThisContext()(module.exports, requireBeside, module, filename, programFolder);
  return module.exports;
};

const requireBeside = (name) => (name.startsWith("./") ? load(name.slice(2, -".js".length)) : require(name));

/** Whether much may have been compiled anew: nothing was kept, this use is new, or a day has passed. */
const mayHaveMore = (kept, use) => kept === undefined || !kept.uses.includes(use) || Date.now() - kept.written > DAY;

const keepMore = () => {
  if (folders.length === 0 || process.exitCode === USAGE_ERROR) return;
  const use = useOf(process.argv.slice(3));
  const files = [...loaded.values()].filter(({ kept }) => mayHaveMore(kept, use));
  if (files.length > 0) require("./keep-compiled.js").keepCompiled(files, use, folders, { user, isMyFolder });
};

const start = () => {
  // Flags are set before anything is loaded, because V8 takes no code that was compiled under others. Loading v8 takes
  // a millisecond.
  if (flag !== undefined) require("v8").setFlagsFromString(flag);
  try {
    load("lotbook").run().then(keepMore);
  } catch (error) {
    if (process.env.LOTBOOK_DEBUG === "1") throw error;
    fail(`a file of the program is missing or damaged: install it anew (${error.message})`, INTERNAL_ERROR);
  }
};

/** Answers `--version` without loading anything. If it cannot be written, the program starts and says why. */
const tellsVersion = () => {
  const [asked, ...others] = process.argv.slice(2);
  if (others.length > 0 || (asked !== "--version" && asked !== "-v")) return false;
  try {
    const { version } = JSON.parse(fs.readFileSync(join(__dirname, "..", "package.json"), "utf8"));
    fs.writeSync(1, `${version}\n`);
    return true;
  } catch (_) {
    return false;
  }
};

const fail = (message, exitCode) => {
  console.error(`lotbook: ${message}`);
  process.exitCode = exitCode;
};

/**
 * The same versions as in package.json. Node 21 and the first of 22 have no `zlib.crc32`. This file uses only what Node
 * 10 knows, so that old versions get as far as this check.
 */
const isSupported = ([major, minor]) => major > 22 || (major === 20 && minor >= 19) || (major === 22 && minor >= 2);

if (!isSupported(process.versions.node.split(".").map(Number)))
  fail(`this is Node.js ${process.versions.node}, and lotbook needs 20.19, or 22.2 or newer`, USAGE_ERROR);
else if (!tellsVersion()) start();
