/** What published notices cost, to what only parses them: eForms, and releases of OCDS. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { peakMemory, timeInTurns } from "./measure.js";
import { NOTICES_SHAPE, noticeOf, writeNotices } from "./notices.js";
import { lotbook, yardstick } from "./programs.js";
import { writeReleases } from "./releases.js";
import { JQ_RELEASES } from "./rivals.js";
import { Section } from "./section.js";

/** The same notices, read by lotbook and by what only parses them. */
const measureMany = (section, folder, { notices: count, rounds, targetOf }) => {
  const notices = join(folder, "notices");
  writeNotices(notices, count);
  const ours = lotbook("lots", "--json", "-d", notices);
  const saxes = yardstick("bare-saxes.js", notices);
  section.ratio(`lots --json of ${count} notices, to saxes alone`, timeInTurns([ours, saxes], rounds), targetOf(1.3));
  const detail = `saxes ${peakMemory(saxes).toFixed(0)} MB`;
  section.figure("  peak memory", peakMemory(ours), "MB", { detail });
  if (!section.hasPeer("xmllint")) return;
  const files = readdirSync(notices).map((name) => join(notices, name));
  section.ratio(
    "  to one xmllint --noout",
    timeInTurns([ours, { command: "xmllint", args: ["--noout", ...files] }], rounds),
  );
};

/** One notice of the size that users call unmanageable. */
const measureLarge = (section, folder, { pairs, targetOf }) => {
  const alone = join(folder, "large-notice");
  mkdirSync(alone);
  writeFileSync(join(alone, "notice.xml"), noticeOf(1, 34, 100));
  const ours = lotbook("lots", "--json", "-d", alone);
  const times = timeInTurns([ours, yardstick("bare-saxes.js", alone)], pairs);
  section.ratio("one notice of 34 lots with 100 winners each, to saxes alone", times, targetOf(1.5));
  section.figure("  peak memory", peakMemory(ours), "MB");
};

/** Totals by supplier of OCDS in JSON Lines, to Node doing JSON.parse and a Map, and to jq. */
const measureReleases = (folder, { releases: size, targetOf }) => {
  const section = new Section(`Releases of OCDS, ${size / 1e6} MB in JSON Lines`);
  const [few, all] = [size / 10, size].map((bytes) => {
    const file = join(folder, `releases-${bytes}.jsonl`);
    writeReleases(file, bytes);
    return { file, ours: lotbook("total", "--by", "supplier", "-d", file) };
  });
  const bare = yardstick("bare-releases.js", all.file);
  const [ours, least] = timeInTurns([all.ours, bare], 3);
  section.ratio("total --by supplier, to JSON.parse by line", [ours, least], targetOf(1.8));
  if (section.hasPeer("jq")) {
    const [jq] = timeInTurns([{ command: "jq", args: ["-n", "-c", JQ_RELEASES, all.file] }], 1);
    section.ratio("  to jq", [ours, jq], targetOf(0.6));
  }
  const detail = `${peakMemory(few.ours).toFixed(0)} MB for a tenth`;
  section.figure("  peak memory", peakMemory(all.ours), "MB", { detail });
  return section;
};

export const measureNotices = (folder, sizes) => {
  const section = new Section("Notices of eForms", `to what is named, for ${NOTICES_SHAPE}`);
  measureMany(section, folder, sizes);
  measureLarge(section, folder, sizes);
  return [section, measureReleases(folder, sizes)];
};
