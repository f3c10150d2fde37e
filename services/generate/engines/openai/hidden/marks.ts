import { bareChannel, closers, headers, type Marker, markers, strays, thoughtClosers } from "./markers.ts";

/** A mark found at the beginning of a text: a mark of a chat template, or a marker around a hidden part. */
export type Mark =
  | { readonly type: "opener"; readonly length: number; readonly marker: Marker }
  /** A closing marker without an opening one. `thought`: it closes a thought, which the template must have opened. */
  | { readonly type: "closer"; readonly length: number; readonly thought: boolean }
  | { readonly type: "header"; readonly length: number; readonly opens: string; readonly ends: readonly string[] }
  /** A mark of the chat template that only has to be removed. */
  | { readonly type: "stray"; readonly length: number };

/** Matches the first character of the marks that models write around thoughts and tool calls, such as `<think>`. */
export const mayBegin = /[<[◁{]/;

/**
 * Matches a special token at the beginning of a text: `<|NAME|>`, with plain bars or with DeepSeek's full-width ones,
 * or one of Gemma's reserved tokens. `specialSoFar` matches such a token if it is still incomplete.
 */
const special = /^<(?:[|｜][\p{L}\p{N}_▁:./-]{1,40}[|｜]|unused\d{1,5})>/u;
const specialSoFar = /^<(?:[|｜](?:[\p{L}\p{N}_▁:./-]{1,40}[|｜]?)?|unused\d{0,5})?$/u;

/** Patterns for tags in the form of HTML, as some models write them: with spaces and attributes, or self-closing. */
const names = markers.flatMap(({ opens }) => /^<([\w:]+)>$/.exec(opens)?.[1] ?? []).join("|");
const value = (last: string) => `(?:"[^"<>]{0,60}"${last}|'[^'<>]{0,60}'${last}|[^\\s"'<>]{0,60})`;
const attributes = `(?:\\s{1,9}[\\w:-]{1,40}\\s{0,9}=\\s{0,9}${value("")}){0,9}`;
const tag = new RegExp(`^<(/?(?:${names}))${attributes}\\s{0,9}(/?)>`, "i");
const attributeSoFar = `(?:\\s{1,9}(?:[\\w:-]{1,40}(?:\\s{0,9}=\\s{0,9}${value("?")})?\\s{0,9})?)?`;
const tagSoFar = new RegExp(`^</?(?:${names})${attributes}${attributeSoFar}/?$`, "i");
/** The maximum number of spaces that a closing tag may have before its `>`. */
const mostBlanks = 9;

const known: readonly (readonly [text: string, mark: Mark])[] = [
  ...markers.map((marker) => of(marker.opens, { type: "opener", length: marker.opens.length, marker })),
  ...Object.entries(headers).map(([opens, ends]) => of(opens, { type: "header", length: opens.length, opens, ends })),
  ...closers.map((text) => of(text, { type: "closer", length: text.length, thought: thoughtClosers.includes(text) })),
  ...strays.map((text) => of(text, { type: "stray", length: text.length })),
];
const byFirst = Map.groupBy(known, ([text]) => text[0] as string);
const byText = new Map(known);
const longest = Math.max(...known.map(([text]) => text.length));

/** The mark, such as `<think>`, that begins a text; `open`: the text may become a mark as more of it arrives. */
export function readMark(text: string): Mark | "open" | undefined {
  const among = byFirst.get(text[0] ?? "") ?? [];
  const begins = toCase(text.slice(0, longest), text[0]);
  const found = among.find(([mark]) => begins.startsWith(mark));
  if (found !== undefined) return found[1];
  if (begins.length === text.length && among.some(([mark]) => mark.startsWith(begins))) return "open";
  const [whole, name, closed] = tag.exec(text) ?? [];
  const plain = closed === "" ? byText.get(`<${name?.toLowerCase()}>`) : undefined;
  if (whole !== undefined) return { ...(plain ?? { type: "stray" }), length: whole.length };
  const token = special.exec(text);
  if (token !== null) return { type: "stray", length: token[0].length };
  return specialSoFar.test(text) || tagSoFar.test(text) ? "open" : undefined;
}

/** The first of `ends` that occurs in a text; undefined if none does. */
export function findEnd(
  text: string,
  ends: readonly string[],
): { at: number; end: string; length: number } | undefined {
  let first: { at: number; end: string; length: number } | undefined;
  for (const end of ends) {
    const found = patternOf(end).exec(text);
    if (found !== null && (first === undefined || found.index < first.at))
      first = { at: found.index, end, length: found[0].length };
  }
  return first;
}

/** How many characters at the end of a text may be the beginning of one of `ends`. */
export function openEnd(text: string, ends: readonly string[]): number {
  const most = Math.max(0, ...ends.map(({ length }) => length - 1 + mostBlanks));
  const tail = text.slice(-most);
  for (let from = 0; from < tail.length && most > 0; from++) {
    const rest = toCase(tail.slice(from), tail[from]);
    if (ends.some((end) => end.startsWith(isTag(end) ? rest.trimEnd() : rest))) return rest.length;
  }
  return 0;
}

const isTag = (text: string) => text.startsWith("</");
const patterns = new Map<string, RegExp>();

/**
 * Returns a pattern that finds the closing mark `end`, such as `</think>`, ignoring case unless the mark begins with
 * `[`. A closing tag may have spaces before its `>`. (In a lower-cased copy of the text, positions could differ.)
 */
function patternOf(end: string): RegExp {
  let pattern = patterns.get(end);
  if (pattern === undefined) {
    const source = isTag(end) ? `${RegExp.escape(end.slice(0, -1))}\\s{0,${mostBlanks}}>` : RegExp.escape(end);
    pattern = new RegExp(source, end[0] === "[" ? "" : "i");
    patterns.set(end, pattern);
  }
  return pattern;
}

const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "‘": "’",
  "「": "」",
  "『": "』",
};

/**
 * Whether the characters before and after a mark enclose it in quotes, so that the mark is only mentioned. `after` is
 * undefined as long as nothing has arrived after the mark; until then, the result may be `open`: not known yet.
 */
export function isQuoted(before: string, after: string | undefined): boolean | "open" {
  const closing = quotes[before];
  if (closing === undefined) return false;
  return after === undefined ? "open" : after === closing;
}

/** Converts a text to lower case, unless case matters in the marks that begin with `first`. */
function toCase(text: string, first: string | undefined): string {
  return first === "[" ? text : text.toLowerCase();
}

function of(text: string, mark: Mark): readonly [string, Mark] {
  return [text, mark];
}

/**
 * Whether a text begins with `analysis`, the name of harmony's first channel, without the marks around it: "channel" if
 * so, "open" if more text is needed. The ordinary word is followed by a space, a letter in lower case or a punctuation
 * mark; the name of the channel is not.
 */
export function readBareChannel(text: string): "channel" | "open" | undefined {
  const { opens } = bareChannel;
  if (text.length <= opens.length) return opens.startsWith(text) ? "open" : undefined;
  return text.startsWith(opens) && /[^\s\p{Ll}\p{P}]/u.test(text[opens.length] as string) ? "channel" : undefined;
}
