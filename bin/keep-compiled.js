// Keeps compiled code for later starts. It is loaded only where there is something to keep.
const fs = require("fs");
const { dirname, join } = require("path");

const MOST_USES = 64;
const MOST_FILES = 64;
const MINUTE = 60 * 1000;
const MONTH = 30 * 24 * 60 * MINUTE;

/**
 * The content of a cache file as bin/lotbook.js reads it. It keeps the larger of the old and the new compiled code,
 * because V8 drops code that has not run for a while.
 */
const contentOf = ({ file, script, kept }, use) => {
  const compiled = script.createCachedData();
  const code = compiled.length > (kept?.code.length ?? 0) ? compiled : kept.code;
  const uses = [...new Set([use, ...(kept?.uses ?? [])])].slice(0, MOST_USES);
  const about = Buffer.from(JSON.stringify({ name: file, size: code.length, uses }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(about.length);
  const half = Buffer.concat([code, about, length]);
  return Buffer.concat([half, half]);
};

/**
 * Makes a folder, unless it would be in one of another user: under sudo, the environment may still name that user's
 * home.
 */
const makeFolder = (folder, user) => {
  let parent = dirname(folder);
  while (!fs.existsSync(parent)) parent = dirname(parent);
  if (user === undefined || [user, 0].includes(fs.statSync(parent).uid))
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
};

/**
 * Writes a file as a whole or not at all, which nobody else can read. The content is made only once it can be written.
 */
const writeWhole = (path, makeContent) => {
  const draft = `${path}.${process.pid}`;
  const descriptor = fs.openSync(draft, "wx", 0o600);
  try {
    fs.writeFileSync(descriptor, makeContent());
    fs.renameSync(draft, path);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  } finally {
    fs.closeSync(descriptor);
  }
};

/**
 * Removes drafts that were left behind, and files that have not been used for long. Those in use are rewritten each
 * day.
 */
const cleanUp = (folder) => {
  const ours = fs.readdirSync(folder).filter((entry) => /-v\d.*\.cache(\.\d+)?$/.test(entry));
  const ageOf = (path) => Date.now() - (fs.lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const aged = ours.map((entry) => join(folder, entry)).map((path) => ({ path, age: ageOf(path) }));
  aged.sort((one, other) => one.age - other.age);
  const isOld = ({ path, age }, index) => index >= MOST_FILES || age > (path.endsWith(".cache") ? MONTH : MINUTE);
  for (const { path } of aged.filter(isOld)) fs.rmSync(path, { force: true });
};

const keepIn = (folder, file, use, { user, isMyFolder }) => {
  try {
    if (!fs.existsSync(folder)) makeFolder(folder, user);
    if (!isMyFolder(fs.lstatSync(folder))) return false;
    writeWhole(join(folder, file.file), () => contentOf(file, use));
    cleanUp(folder);
    return true;
  } catch {
    return false;
  }
};

/** Keeps the compiled code of each file in the first folder that takes it. If none does, every start compiles. */
exports.keepCompiled = (files, use, folders, owner) => {
  for (const file of files) folders.some((folder) => keepIn(folder, file, use, owner));
};
