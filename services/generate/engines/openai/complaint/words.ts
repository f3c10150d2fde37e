import { withoutPlaces } from "../../../../../infra/net/places.ts";
import type { ChatRequest } from "../../../chat.ts";

/*
 * A model server's own message tells an operator why the server refused. The message may quote the request, as
 * pydantic's validation errors do, but a user's words must not reach the log or another caller. The status does not
 * tell whether a message quotes, so the message is compared with the request. Only letters and digits are compared,
 * since quoting and escaping do not change them.
 */

/** A server's message, in one version for each audience. */
export interface Words {
  /** For the log: quotations of the request are replaced by `…`. Empty if there was no message. */
  readonly forLog: string;
  /** For the caller: empty if the message quotes the request. URLs and paths are removed. */
  readonly forCaller: string;
}

/** What a server's message must not reveal: the words of the request, and our API key. */
export interface Compared {
  readonly request: ChatRequest | undefined;
  /** Our API key for the server. */
  readonly apiKey: string | undefined;
}

const mostWords = 600;
/**
 * The minimum length of a run of letters and digits that message and request share for it to count as a quotation;
 * shorter common runs are ordinary terms.
 */
const longRun = 20;
/** The minimum number of letters and digits for a message or stop string to count as quoted in an error message. */
const shortText = 6;

type Place = readonly [from: number, to: number];

/** Makes the two versions of a server's message: for the log, and for the caller. */
export function tellWords(message: string, { request, apiKey }: Compared): Words {
  // vLLM repeats the parameter and its value at the end of a message; that part is removed.
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

/** The ranges in which a server's message (`words`) quotes one of the request's `texts`, in order. */
function findQuotations(words: string, texts: readonly string[]): Place[] {
  const { letters, places } = squash(words);
  if (letters === "") return [];
  const squashed = texts.map(lettersOf);
  const marked = new Uint8Array(letters.length);
  const all = squashed.join("\0");
  // A run of `longRun` letters always contains at least one whole block of half that length. So runs are looked for
  // only around blocks that occur in the request.
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
 * The letters and digits of a text in lower case, with the range that each came from. Escapes are decoded. A Chinese,
 * Japanese or Korean character says as much as several letters, so it is repeated three times.
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

/** The letters and digits of a text of any length, as `squash` returns them, but without decoding escapes. */
function lettersOf(text: string): string {
  const letters = text.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
  return letters.replace(/[\u{2e80}-\u{10ffff}]/gu, "$&$&$&");
}

/** Keywords and type names of JSON Schema, which a message may contain without quoting the user. */
const schemaWords = new Set(
  (
    "object string number integer boolean jsonSchema choice options pattern schema properties required description default format enum " +
    "minimum maximum minLength maxLength minItems maxItems uniqueItems additionalProperties function parameters"
  ).split(" "),
);

/**
 * Everything that a caller wrote in a request. A constraint is included both as a whole and as its separate strings,
 * since a message may quote either.
 */
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

/** All strings inside a JSON value, at any depth, and all its field names. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...stringsIn(inside),
  ]);
}

/** Whether a message has at least two words or two Chinese characters: one word alone is just an internal name. */
function isSentence(words: string): boolean {
  return /\p{L}\s+\S|\p{Script=Han}{2}/u.test(words);
}
