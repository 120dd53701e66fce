import type { FileLayout } from "../model/input-file.ts";
import { type Column, column, type Report, reportLater } from "./report.ts";

export const LAYOUT_COLUMNS: readonly Column<FileLayout>[] = [
  column.text("file", "The file."),
  column.text("layout", "changed where it got another layout, or with --check needs one.", (row) => row.state),
];

const files = (count: number): string => `${count} file${count === 1 ? " is" : "s are"}`;

export const layouts = (all: readonly FileLayout[]): Report<FileLayout> =>
  reportLater(LAYOUT_COLUMNS, async () => {
    const count = (state: FileLayout["state"]): number => all.filter((layout) => layout.state === state).length;
    const unchanged = count("unchanged");
    const other = count("other");
    const notes = [
      ...(unchanged > 0 ? [`${files(unchanged)} laid out already.`] : []),
      ...(other > 0 ? [`${files(other)} left alone, because only YAML has a layout.`] : []),
    ];
    return { rows: all.filter(({ state }) => state === "changed"), closing: { summaries: [], notes } };
  });
