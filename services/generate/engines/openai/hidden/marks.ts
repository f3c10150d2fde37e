import { closers, headers, type Marker, markers, strays, thoughtClosers } from "./markers.ts";

/** A mark at the beginning of a text. */
export type Mark =
  | { readonly type: "opener"; readonly length: number; readonly marker: Marker }
  /** Nothing opened it here; `thought`: it ends a thought that the template has opened. */
  | { readonly type: "closer"; readonly length: number; readonly thought: boolean }
  | { readonly type: "header"; readonly length: number; readonly opens: string; readonly ends: readonly string[] }
  /** A mark of the template that says nothing of what follows. */
  | { readonly type: "stray"; readonly length: number };

/** Where a mark may begin. */
export const mayBegin = /[<[◁{]/;

/** Any special token: `<|NAME|>`, with the plain bars of most or DeepSeek's full-width ones; and those that Gemma keeps in reserve. */
const special = /^<(?:[|｜][\p{L}\p{N}_▁:./-]{1,40}[|｜]|unused\d{1,5})>/u;
const specialSoFar = /^<(?:[|｜](?:[\p{L}\p{N}_▁:./-]{1,40}[|｜]?)?|unused\d{0,5})?$/u;

const known: readonly (readonly [text: string, mark: Mark])[] = [
  ...markers.map((marker) => of(marker.opens, { type: "opener", length: marker.opens.length, marker })),
  ...Object.entries(headers).map(([opens, ends]) => of(opens, { type: "header", length: opens.length, opens, ends })),
  ...closers.map((text) => of(text, { type: "closer", length: text.length, thought: thoughtClosers.includes(text) })),
  ...strays.map((text) => of(text, { type: "stray", length: text.length })),
];
const byFirst = Map.groupBy(known, ([text]) => text[0] as string);
const longest = Math.max(...known.map(([text]) => text.length));

/** The mark that a text begins with; `open`: it may be one, as far as it has come. */
export function readMark(text: string): Mark | "open" | undefined {
  const among = byFirst.get(text[0] ?? "") ?? [];
  const begins = toCase(text.slice(0, longest), text[0]);
  const found = among.find(([mark]) => begins.startsWith(mark));
  if (found !== undefined) return found[1];
  if (begins.length === text.length && among.some(([mark]) => mark.startsWith(begins))) return "open";
  const token = special.exec(text);
  if (token !== null) return { type: "stray", length: token[0].length };
  return specialSoFar.test(text) ? "open" : undefined;
}

/** The first of `ends` in a text; undefined if none is there. */
export function findEnd(text: string, ends: readonly string[]): { at: number; end: string } | undefined {
  const lower = text.toLowerCase();
  let first: { at: number; end: string } | undefined;
  for (const end of ends) {
    const at = (end[0] === "[" ? text : lower).indexOf(end);
    if (at !== -1 && (first === undefined || at < first.at)) first = { at, end };
  }
  return first;
}

/** How many of the last characters of a text may be the beginning of one of `ends`. */
export function openEnd(text: string, ends: readonly string[]): number {
  const most = Math.max(0, ...ends.map(({ length }) => length - 1));
  const tail = text.slice(-most);
  for (let from = 0; from < tail.length && most > 0; from++) {
    const rest = toCase(tail.slice(from), tail[from]);
    if (ends.some((end) => end.startsWith(rest))) return rest.length;
  }
  return 0;
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

/** Whether a mark stands in quotes, which mention it: `after` is undefined while nothing has come behind it. */
export function isQuoted(before: string, after: string | undefined): boolean | "open" {
  const closing = quotes[before];
  if (closing === undefined) return false;
  return after === undefined ? "open" : after === closing;
}

/** As the marks are written that begin with `first`. */
function toCase(text: string, first: string | undefined): string {
  return first === "[" ? text : text.toLowerCase();
}

function of(text: string, mark: Mark): readonly [string, Mark] {
  return [text, mark];
}
