import { readdirSync, readFileSync } from "node:fs";

/** A text and its expected reading. */
export interface Row {
  /** The name of the file that contains the row, without the extension. */
  readonly file: string;
  readonly line: number;
  /** What kind of text the row tests: the heading above the row in its file. */
  readonly kind: string;
  readonly written: string;
  /** The spoken clauses, separated by ` / `. */
  readonly spoken: string;
  /** The language that is given with the text; undefined if the language is to be found from the text alone. */
  readonly language: string | undefined;
}

/** A text written by somebody who had not read the rules (so it is "blind"), and its accepted readings. */
export interface BlindRow {
  readonly id: string;
  /** The language of the text, as a BCP 47 tag; `mix` for a text in several languages. */
  readonly lang: string;
  readonly text: string;
  /** Readings that are all correct, written without the ` / ` between clauses; `{a|b}` stands for a or b. */
  readonly accepted: readonly string[];
  /** The day on which Duet first converted the text to spoken text. */
  readonly seen: string;
  /** Whether the text was converted correctly on the day `seen`. */
  readonly right: boolean;
}

/** Decodes the escapes `\n`, `\t`, `\\` and `\uXXXX` in a cell of a file. */
export const unescaped = (text: string): string =>
  text.replace(/\\(n|t|\\|u[0-9A-Fa-f]{4})/g, (_, c: string) =>
    c === "n" ? "\n" : c === "t" ? "\t" : c === "\\" ? "\\" : String.fromCharCode(Number.parseInt(c.slice(1), 16)),
  );

/** Encodes a text for one cell of a tab-separated line; `unescaped` decodes it. */
export const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\u000d");

const folder = new URL("./", import.meta.url);
/**
 * The rows of `readings/*.txt`: lines `written → spoken` under headings that name their kind. If a file's name begins
 * with a BCP 47 tag (`zh.txt`, `zh.rules.txt`), its rows have that language; the rows of other files, such as `markup`,
 * have no language.
 */
export function readingRows(): Row[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return files.sort().flatMap((name) => rowsOf(name, readFileSync(new URL(name, folder), "utf8")));
}

/** The rows of a file, given its name and what it holds. */
function rowsOf(name: string, content: string): Row[] {
  const file = name.slice(0, -".txt".length);
  const [tag = ""] = file.split(".");
  const language = /^[a-z]{2,3}(?:-|$)/.test(tag) ? tag : undefined;
  let kind = "";
  return content.split("\n").flatMap((line, index) => {
    if (line.startsWith("# ") && !line.includes("  →  ")) kind = line.slice(2);
    const [written = "", spoken] = line.split("  →  ");
    return spoken === undefined ? [] : [{ file, line: index + 1, kind, written: unescaped(written), spoken, language }];
  });
}

/**
 * The rows of `readings/lists/*.txt`, in which the words of a list are tried in one text after another: lines such as
 * `{In|Since} 1905 it rained.  →  {In|Since} nineteen oh five it rained.`, each the rows that it stands for.
 */
export function listRows(): Row[] {
  const lists = new URL("lists/", folder);
  return readdirSync(lists).flatMap((name) =>
    rowsOf(name, readFileSync(new URL(name, lists), "utf8")).flatMap(choices),
  );
}

/** The rows that a row of lists stands for; the lists of a row are as long as each other. */
function choices(row: Row): Row[] {
  const lists = [...row.written.matchAll(/\{([^{}]*)\}/g)].map(([, words = ""]) => words.split("|"));
  const choose = (text: string, index: number) =>
    text.replace(/\{([^{}]*)\}/g, (_, words: string) => words.split("|")[index] ?? "");
  return Array.from({ length: lists[0]?.length ?? 1 }, (_, index) => ({
    ...row,
    written: choose(row.written, index),
    spoken: choose(row.spoken, index),
  }));
}

/** The separator between accepted readings. */
export const alternative = " ||| ";
/** The first line of `blind.tsv`: the names of its columns. */
export const blindHead = ["id", "lang", "seen", "right", "text", "accepted"].join("\t");

/** The file of texts that were written by people who had not read the rules ("blind" rows). */
export const blindFile = new URL("blind.tsv", folder);

/**
 * The ids of blind rows (texts by people who had not read the rules) that Duet does not read in an accepted way yet: a
 * list of work to be done. Once a row is read correctly, its id must be removed from the list.
 */
export const openBlindRows = (): ReadonlySet<string> =>
  new Set(readFileSync(new URL("blind.open.txt", folder), "utf8").split(/\s+/).filter(Boolean));

/** The rows of `readings/blind.tsv`: texts, each with the spoken forms that are accepted for it. */
export const blindRows = (): BlindRow[] => parseBlind(readFileSync(blindFile, "utf8"));

/** Parses a file of blind rows (see BlindRow). Throws an Error that names an invalid line. */
export function parseBlind(content: string): BlindRow[] {
  const [head = "", ...lines] = content.split("\n").filter((line) => line !== "");
  if (head !== blindHead) throw new Error(`the first line must be ${JSON.stringify(blindHead)}`);
  return lines.map((line, index) => {
    const [id = "", lang = "", seen = "", right = "", text, accepted] = line.split("\t");
    if (text === undefined || accepted === undefined || !/^\d{4}-\d\d-\d\d$/.test(seen) || !/^(?:yes|no)$/.test(right))
      throw new Error(`line ${index + 2} must hold ${blindHead.replaceAll("\t", ", ")}`);
    return {
      id,
      lang,
      text: unescaped(text),
      accepted: accepted.split(alternative).map(unescaped),
      seen,
      right: right === "yes",
    };
  });
}

/** Formats rows as the contents of `blind.tsv`. */
export const writeBlind = (rows: readonly BlindRow[]): string =>
  [
    blindHead,
    ...rows.map(({ id, lang, seen, right, text, accepted }) =>
      [id, lang, seen, right ? "yes" : "no", escaped(text), accepted.map(escaped).join(alternative)].join("\t"),
    ),
    "",
  ].join("\n");
