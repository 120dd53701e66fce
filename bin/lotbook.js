#!/usr/bin/env node
// Starts the program from compiled code that an earlier start kept, for compiling is half of the start-up time. The
// same goes for the files that the program loads when it needs them. V8 runs such code as it is: so it is taken only
// for the very same source, from where nobody but this user can have written it, and where its checksum says that it is
// whole. Whatever is wrong with it only costs time.
const fs = require("fs");
const { isAbsolute, join } = require("path");

/** Streams come with these, and take a tenth of the start: they are loaded when something is. */
const cachedDataVersionTag = () => require("v8").cachedDataVersionTag();
const crc32 = (data, before) => require("zlib").crc32(data, before);

const programFolder = join(__dirname, "..", "dist", "cli");
const USAGE_ERROR = 2;
const INTERNAL_ERROR = 70;
const NUMBER = 4;
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

/** The bytes of a file and the time when it was written, if nobody else can have written it. */
const readMine = (folder, file) => {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  if (!isMyFolder(fs.lstatSync(folder))) return undefined;
  const descriptor = fs.openSync(join(folder, file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fs.fstatSync(descriptor);
    if (!isMyFile(stats)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    return fs.readSync(descriptor, bytes) === stats.size ? { bytes, written: stats.mtimeMs } : undefined;
  } finally {
    fs.closeSync(descriptor);
  }
};

/** A file holds the code, the uses that it has served, their number, and a checksum of all this and of its own name. */
const unpack = (file, { bytes, written }) => {
  const end = bytes.length - NUMBER;
  if (crc32(bytes.subarray(0, end), crc32(file)) !== bytes.readUInt32LE(end)) return undefined;
  const last = end - NUMBER;
  const first = last - NUMBER * bytes.readUInt32LE(last);
  const uses = [];
  for (let at = first; at < last; at += NUMBER) uses.push(bytes.readUInt32LE(at));
  return { code: bytes.subarray(0, first), uses, written };
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

/**
 * How a command is used, in short and as a number: options, and endings of files. For what was asked before, all is
 * compiled already, but for what only the data can ask.
 */
const useOf = (words) => {
  const parts = words.map((word) =>
    word.startsWith("-") ? word.split("=")[0] : (/\.[a-z]\w*$/i.exec(word) || "+")[0],
  );
  return crc32([...new Set(parts.sort())].join(" "));
};

/** V8's own tag stands for its version and for the options that it was given. */
const keptAs = (name, source) => {
  const { arch, platform, version } = process;
  const tags = [cachedDataVersionTag(), crc32(source)].map((tag) => tag.toString(16));
  return `${[name, command, version, platform, arch, ...tags].join("-")}.cache`;
};

const loaded = new Map();

/** What a file of the program exports. The build writes each as one function, in ASCII, which is read fastest as Latin-1. */
const load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const filename = join(programFolder, `${name}.js`);
  const source = fs.readFileSync(filename);
  const file = keptAs(name, source);
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
