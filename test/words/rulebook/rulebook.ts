import { blindRows, readingRows } from "../../../services/synthesize/text/spoken/readings/rows.ts";
import { digitStarts, letterStarts } from "../../../services/synthesize/text/spoken/rule.ts";
import { type Entry, type Example, entriesOf, findExamples, keyOf, languagesWithRules } from "./examples.ts";
import { introduction } from "./introduction.ts";
import { passRates } from "./rates.ts";

/** docs/words.md: every kind of reading by language, with rows in which it is at work. */
export function rulebook(): string {
  const examples = findExamples();
  return [
    introduction,
    "## Right at first sight\n",
    passRates(blindRows()),
    ...languagesWithRules.flatMap((language) => [
      `## ${nameOf(language)}\n`,
      table(
        ["what is read", "begins with", "in a text", "is said as"],
        entriesOf(language).flatMap((entry) => rowsOf(language, entry, examples)),
      ),
      "",
    ]),
    "## Marks of Markdown, HTML and LaTeX\n",
    "These are taken off, or named, before the language is asked for.\n",
    table(
      ["what is read", "as written", "is said as"],
      readingRows()
        .filter(({ file }) => file === "markup")
        .map(({ kind, written, spoken }) => [kind, code(written), spoken]),
    ),
    "",
  ].join("\n");
}

/** The English name of a language. */
const nameOf = (language: string): string =>
  new Intl.DisplayNames(["en"], { type: "language", fallback: "code" }).of(language) ?? language;

/** An entry's lines: one, or as many as it takes to show how the rules of one kind differ, but no more than three. */
function rowsOf(
  language: string,
  { name, rules }: Entry,
  examples: ReadonlyMap<string, readonly Example[]>,
): string[][] {
  const starts = beginnings([...new Set(rules.flatMap((rule) => [...rule.starts]))].join(""));
  const shown = rules.flatMap((rule) => examples.get(keyOf(language, rule.name))?.slice(0, 1) ?? []).slice(0, 3);
  return shown.map(({ text, piece }, index) => {
    const points = [...text];
    const part = (from: number, to: number) => points.slice(from, to).join("");
    const written = part(piece.start, piece.end);
    return [
      index === 0 ? name : "",
      index === 0 ? starts : "",
      `${cell(part(0, piece.start))}**${code(written)}**${cell(part(piece.end, points.length))}`,
      piece.spoken === "" ? "nothing" : cell(piece.spoken),
    ];
  });
}

/** Where a rule is tried, in words. */
function beginnings(starts: string): string {
  const kinds: string[] = [];
  let rest = starts;
  const take = (all: string, word: string) => {
    if (![...all].every((c) => rest.includes(c))) return;
    rest = [...rest].filter((c) => !all.includes(c)).join("");
    kinds.push(word);
  };
  take(digitStarts, "a figure");
  take(letterStarts, "a letter");
  take(letterStarts.slice(0, 26), "a capital");
  const signs = [...rest];
  return [...kinds, ...signs.slice(0, 12).map(code), ...(signs.length > 12 ? ["…"] : [])].join(" ");
}

const cell = (text: string): string => text.replaceAll("\n", "⏎").replace(/[|*_`<>[\]\\~]/g, (c) => `\\${c}`);
const code = (text: string): string => {
  const shown = text.replaceAll("\n", "⏎").replaceAll("|", "\\|");
  const fence = shown.includes("`") ? "``" : "`";
  const gap = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${gap}${shown}${gap}${fence}`;
};

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), `|${titles.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
