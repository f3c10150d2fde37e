import { describeSettings } from "./describe.ts";

const begin = "<!-- The table of settings: npm run docs writes it. -->";
const end = "<!-- End of the table of settings. -->";

/** The document with an up-to-date table of settings. Throws if the two markers around the table are missing. */
export function withSettings(document: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`the document has no markers for the table of settings: ${begin} … ${end}`);
  return `${document.slice(0, from)}${begin}\n${settingsTable()}\n${document.slice(to)}`;
}

function settingsTable(): string {
  const rows = describeSettings()
    .flatMap(({ settings }) => settings)
    .map(
      ({ variable, fallback, does }) =>
        `| \`${variable}\` | ${fallback === "" ? "" : `\`${fallback}\``} | ${escapeCell(does)} |`,
    );
  return ["| setting | default | what it does |", "|---|---|---|", ...rows].join("\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*");
}
