import { gridsOf } from "./grid.ts";
import { notesOf } from "./notes.ts";
import type { Report } from "./report.ts";

/** Writes a report as Markdown: what was run and on what, then its tables in brief. */
export function toMarkdown(report: Report): string {
  const { facts, invalid } = notesOf(report);
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`### ${title}`, lines.map((line) => `- ${line}`).join("\n")];
  return [
    `## ${report.scenario}`,
    report.about,
    facts.map((fact) => `- ${fact}`).join("\n"),
    ...gridsOf(report, { brief: true }).flatMap(({ title, head, rows }) => [
      `### ${title}`,
      [head, head.map(() => "---"), ...rows.map(({ cells, invalid }) => mark(cells, invalid))]
        .map((cells) => `| ${cells.join(" | ")} |`)
        .join("\n"),
    ]),
    ...list("Not valid", invalid),
    "",
  ].join("\n\n");
}

/** Names a row whose figures are not its side's. */
function mark([side, ...rest]: readonly string[], invalid: boolean): readonly string[] {
  return [invalid ? `${side} (not valid)` : `${side}`, ...rest];
}
