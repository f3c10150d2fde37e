import { withoutPlaces } from "../../../../../infra/net/places.ts";
import type { ChatRequest } from "../../../chat.ts";

/*
 * A model server's own words are what tells an operator why it refused. They may quote the request, as pydantic's validation errors do,
 * and no word of a user goes into a log or to anybody else. No status tells which do: so the words are compared with the request, by
 * their letters and digits alone, which no way of quoting and escaping changes.
 */

/** What a server said, for those who may read it. */
export interface Words {
  /** For the log: with `…` in place of what is the request's. Empty if it said nothing. */
  readonly forLog: string;
  /** For the caller: empty if there is anything of the request in them. Addresses and paths are taken out. */
  readonly forCaller: string;
}

/** What words are held against, and what they may not show. */
export interface Compared {
  readonly request: ChatRequest | undefined;
  /** Our key to the server. */
  readonly apiKey: string | undefined;
}

const mostWords = 600;
/** A run of so many letters and digits that both have is a quotation: shorter ones are the words of the trade. */
const longRun = 20;
/** A whole message of a conversation, or a stop string, counts from this length on. */
const shortText = 6;

type Place = readonly [from: number, to: number];

/** Sorts a server's words by who may read them. */
export function tellWords(message: string, { request, apiKey }: Compared): Words {
  // vLLM repeats the parameter and its value at the end.
  const plain = message
    .replace(/\s+/g, " ")
    .replace(/ \(parameter=.*\)$/, "")
    .trim();
  const cut = plain.length > mostWords ? `${plain.slice(0, mostWords)}…` : plain;
  const words = apiKey === undefined ? cut : cut.replaceAll(apiKey, "…");
  const marks = request === undefined ? [] : findQuotations(words, textsOf(request));
  if (marks.length === 0) return { forLog: words, forCaller: isSentence(words) ? withoutPlaces(words) : "" };
  let forLog = "";
  let at = 0;
  for (const [from, to] of marks) {
    forLog += `${words.slice(at, from)}…`;
    at = to;
  }
  return { forLog: forLog + words.slice(at), forCaller: "" };
}

/** Where words quote a text: from and to, in order. */
function findQuotations(words: string, texts: readonly string[]): Place[] {
  const { letters, places } = squash(words);
  if (letters === "") return [];
  const squashed = texts.map(lettersOf);
  const marked = new Uint8Array(letters.length);
  const all = squashed.join("\0");
  // Each long run holds a whole block of half its length: only about these need a closer look.
  const half = longRun / 2;
  for (let block = 0; block + half <= letters.length; block += half) {
    if (!all.includes(letters.slice(block, block + half))) continue;
    for (let from = Math.max(0, block - half); from <= block && from + longRun <= letters.length; from++)
      if (all.includes(letters.slice(from, from + longRun))) marked.fill(1, from, from + longRun);
  }
  for (const text of squashed) {
    if (text.length < shortText || text.length >= longRun) continue;
    for (let at = letters.indexOf(text); at !== -1; at = letters.indexOf(text, at + 1))
      marked.fill(1, at, at + text.length);
  }
  const marks: Place[] = [];
  for (let i = 0; i < letters.length; i++) {
    if (marked[i] !== 1) continue;
    const from = i;
    while (i + 1 < letters.length && marked[i + 1] === 1) i++;
    marks.push([(places[from] as Place)[0], (places[i] as Place)[1]]);
  }
  return marks;
}

/**
 * The letters and digits of a text in lower case, and where each begins and ends. Escapes are read as what they stand for. A hanzi, kana
 * or hangul says as much as some letters, and counts as three.
 */
function squash(text: string): { letters: string; places: Place[] } {
  let letters = "";
  const places: Place[] = [];
  for (const { 0: found, index } of text.matchAll(/\\u[\da-f]{4}|\\[nrt]|[\p{L}\p{N}]/giu)) {
    if (/^\\[nrt]$/i.test(found)) continue;
    const char = found.startsWith("\\u") ? String.fromCharCode(Number.parseInt(found.slice(2), 16)) : found;
    const letter = char.toLowerCase().repeat(char >= "\u2e80" ? 3 : 1);
    letters += letter;
    for (let unit = 0; unit < letter.length; unit++) places.push([index, index + found.length]);
  }
  return { letters, places };
}

/** The letters of `squash` alone, for texts of any length. */
function lettersOf(text: string): string {
  const letters = text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
  return letters.replace(/[\u{2e80}-\u{10ffff}]/gu, "$&$&$&");
}

/** What a JSON Schema says in its own words. */
const schemaWords = new Set(
  (
    "object string number integer boolean jsonSchema choice options pattern schema properties required description default format enum " +
    "minimum maximum minLength maxLength minItems maxItems uniqueItems additionalProperties function parameters"
  ).split(" "),
);

/** All that a caller wrote of a request: what is written by itself, and what may be quoted with all that is around it. */
function textsOf({ messages, stop, openings = [], constraint, tools }: ChatRequest): string[] {
  return [
    ...messages.flatMap(({ content, toolCalls = [] }) => [
      content,
      ...toolCalls.flatMap((call) => [call.name, call.arguments]),
    ]),
    ...stop,
    ...openings,
    constraint === undefined ? "" : JSON.stringify(constraint),
    ...[...stringsIn(constraint), ...stringsIn(tools?.definitions)].filter((text) => !schemaWords.has(text)),
  ];
}

/** Every text in a value, and the name of every field. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...stringsIn(inside),
  ]);
}

/** A word by itself is a name that something has in there, and tells a caller nothing. */
function isSentence(words: string): boolean {
  return /\p{L}\s+\S|\p{Script=Han}{2}/u.test(words);
}
