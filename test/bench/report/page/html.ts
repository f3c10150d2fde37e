import { gridsOf } from "../grid.ts";
import { notesOf } from "../notes.ts";
import type { Report } from "../report.ts";
import { plotsOf } from "./plots.ts";
import { style } from "./style.ts";
import { escapeText } from "./text.ts";

/** Writes a report as one page that needs nothing from outside: what was run, plots, tables, and what is not valid. */
export function toHtml(report: Report): string {
  const notes = notesOf(report);
  const plots = plotsOf(report).map(({ calibration, plots }) =>
    plots.length === 0 ? "" : `<h2>${escapeText(calibration)}</h2><div class="plots">${plots.join("")}</div>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeText(`Bench: ${report.scenario}`)}</title>
<style>${style}</style>
<h1>${escapeText(report.scenario)}</h1>
<p>${escapeText(report.about)}</p>
<ul>${items(notes.facts)}</ul>
${plots.join("\n")}
${tables(report)}
${notes.invalid.length > 0 ? `<h2>Not valid</h2><ul class="invalid">${items(notes.invalid)}</ul>` : ""}
</html>
`;
}

function items(lines: readonly string[]): string {
  return lines.map((line) => `<li>${escapeText(line)}</li>`).join("");
}

function tables(report: Report): string {
  const cells = (tag: string, texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escapeText(text)}</${tag}>`).join("");
  return gridsOf(report)
    .map(({ title, head, rows }) => {
      const body = rows.map((row) => `<tr${row.invalid ? ' class="invalid"' : ""}>${cells("td", row.cells)}</tr>`);
      const table = `<table><tr>${cells("th", head)}</tr>${body.join("")}</table>`;
      return `<h2>${escapeText(title)}</h2><div class="wide">${table}</div>`;
    })
    .join("\n");
}
