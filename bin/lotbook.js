#!/usr/bin/env node
// Starts the program from compiled code that an earlier start kept, for compiling is half of the start-up time. The
// same goes for the files that the program loads when it needs them. V8 runs such code as it is: so it is taken only
// for the very same source, from where nobody but this user can have written it, and where its checksum says that it is
// whole. Whatever is wrong with it only costs time.
const fs = require("fs");
const { isAbsolute, join } = require("path");

const programFolder = join(__dirname, "..", "dist", "cli");
const USAGE_ERROR = 2;
const INTERNAL_ERROR = 70;
const LENGTH = 4;
const DAY = 24 * 60 * 60 * 1000;

/** The folder for what this user's programs can make anew; no absolute path where the environment does not say. */
const userFolder = () => {
  const { HOME = "", LOCALAPPDATA = "", XDG_CACHE_HOME = "" } = process.env;
  const onUnix = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(HOME, ".cache");
  const caches = { win32: LOCALAPPDATA, darwin: join(HOME, "Library", "Caches") };
  return join(process.platform in caches ? caches[process.platform] : onUnix, "lotbook");
};

/** Windows does not tell so who may write to a folder: there only the user's own will do, which is private. */
const user = process.geteuid ? process.geteuid() : undefined;
const places = user === undefined ? [userFolder()] : [programFolder, userFolder()];
const folders = places.filter((folder) => isAbsolute(folder));
const onlyMine = ({ uid, mode }) => user === undefined || (uid === user && (mode & 0o022) === 0);
const isMyFolder = (stats) => stats.isDirectory() && onlyMine(stats);
const isMyFile = (stats) => stats.isFile() && stats.nlink === 1 && onlyMine(stats);

/** The bytes of a file and the time when it was written; undefined for one that is not fit. */
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

/** As {@link readWhole}, of a file that nobody else can have written. */
const readMine = (folder, file) => {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  if (!isMyFolder(fs.lstatSync(folder))) return undefined;
  return readWhole(join(folder, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, isMyFile);
};

/**
 * A file holds everything twice, and is whole where both are equal: no checksum is as fast, for those that Node has load
 * streams. Each half is the code, what is said of it, and the length of that.
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
      // It is not there, or not to be read.
    }
  }
  return undefined;
};

/** Each command has compiled code of its own, for code that only other commands run would slow its start. */
const [first = ""] = process.argv.slice(2);
const command = /^[a-z_-]+$/.test(first) ? first : "-";

/** From here on what V8 is told saves more than the telling costs, by far for registers, at 60 kB for notices. */
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

/** Registers name their ledgers, which are mostly longer than they are. Listing orders gains nothing by it. */
const readsLedgers = command === "headroom";
const { LOTBOOK_DATA = "" } = process.env;

/** What the program reads where no data is named: src/inputs/own-data.ts. */
const FOUND_HERE = ["contracts.yaml", "contracts.yml", "contracts.jsonl", "contracts"];
const unnamed = LOTBOOK_DATA === "" ? FOUND_HERE : [LOTBOOK_DATA];
const hasMuchToRead = readsLedgers || [...process.argv.slice(2), ...unnamed].some(namesMuch);

/**
 * What V8 is told, by the major version of Node: to optimize code only when it has run six times as often as it takes by
 * itself (Node 22: three times), which is a third less work where there is much to read: what it had seen by then it had
 * to unlearn, mostly more than once. Node 24 compiles in between, which is cheap, and is left alone.
 */
const FLAGS = { 20: "--interrupt-budget=400000", 22: "--invocation-count-for-turbofan=9000" };
const flag = hasMuchToRead ? FLAGS[Number.parseInt(process.versions.node, 10)] : undefined;

/** Tells short texts apart, in letters that fit a file's name. */
const digest = (text) => {
  let sum = 5381;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 33) ^ text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
};

/**
 * How a command is used, in short: options, and endings of files. For what was asked before, all is compiled already,
 * but for what only the data can ask.
 */
const useOf = (words) => {
  const parts = words.map((word) =>
    word.startsWith("-") ? word.split("=")[0] : (/\.[a-z]\w*$/i.exec(word) || "+")[0],
  );
  return digest([...new Set(parts.sort())].join(" "));
};

/** The build begins each file with a digest of it. Who changes one afterwards changes its time or its length. */
const BUILT = /^\/\* ([0-9a-f]{16}) /;

/**
 * A name for what goes with this source alone, and with the options that Node was given: V8 takes no code that was
 * compiled by another V8 or under other options.
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

/** Much may have been compiled anew where nothing was kept, where this use is new, and from time to time besides. */
const mayHaveMore = (kept, use) => kept === undefined || !kept.uses.includes(use) || Date.now() - kept.written > DAY;

const keepMore = () => {
  if (folders.length === 0 || process.exitCode === USAGE_ERROR) return;
  const use = useOf(process.argv.slice(3));
  const files = [...loaded.values()].filter(({ kept }) => mayHaveMore(kept, use));
  if (files.length > 0) require("./keep-compiled.js").keepCompiled(files, use, folders, { user, isMyFolder });
};

const start = () => {
  // Before anything is loaded, for V8 takes no code that was compiled under another. Loading v8 takes a millisecond.
  if (flag !== undefined) require("v8").setFlagsFromString(flag);
  try {
    load("lotbook").run().then(keepMore);
  } catch (error) {
    if (process.env.LOTBOOK_DEBUG === "1") throw error;
    fail(`a file of the program is missing or damaged: install it anew (${error.message})`, INTERNAL_ERROR);
  }
};

/** The version is answered without loading anything; where it cannot be written, the program says why. */
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
 * As package.json says it: Node 21 and the first of 22 know no `zlib.crc32`. What stands in this file is known to Node
 * 10, so that it comes as far as this.
 */
const isSupported = ([major, minor]) => major > 22 || (major === 20 && minor >= 19) || (major === 22 && minor >= 2);

if (!isSupported(process.versions.node.split(".").map(Number)))
  fail(`this is Node.js ${process.versions.node}, and lotbook needs 20.19, or 22.2 or newer`, USAGE_ERROR);
else if (!tellsVersion()) start();
