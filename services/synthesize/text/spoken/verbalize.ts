import { digits as englishDigits } from "./en/number.ts";
import { englishIn, type Manner, rulesOf } from "./language.ts";
import type { LexiconIndex } from "./lexicon/lexicon.ts";
import type { Mapped } from "./mapped.ts";
import type { Span } from "./spoken-clause.ts";
import { digits as chineseDigits } from "./zh/number.ts";

const pauses: Record<string, string> = {
  "。": "。",
  "｡": "。",
  "．": "。",
  ".": "。",
  "！": "！",
  "!": "！",
  "？": "？",
  "?": "？",
  "；": "；",
  ";": "；",
  "：": "：",
  ":": "：",
  "，": "，",
  ",": "，",
  "、": "、",
  "､": "、",
  "…": "，",
  "—": "，",
  "–": "，",
  "―": "，",
  "(": "，",
  ")": "，",
  "（": "，",
  "）": "，",
  "[": "，",
  "]": "，",
  "【": "，",
  "】": "，",
  "{": "，",
  "}": "，",
  "〔": "，",
  "〕": "，",
  "·": "",
  "•": "，",
  "|": "，",
  "\n": "，",
  "¿": "",
  "¡": "",
};
const halfWidth: Record<string, string> = {
  "。": ".",
  "！": "!",
  "？": "?",
  "；": ";",
  "：": ":",
  "，": ",",
  "、": ",",
};
const rank = (mark: string): number => (mark === "" ? 0 : "。！？".includes(mark) ? 3 : "；：".includes(mark) ? 2 : 1);

const word = /[\p{L}\p{N}\p{M}]/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** Whether a parenthesis belongs to a formula, a call or a name, where no pause is heard: f(x)=2, print(), 401(k). */
function tight(text: string, index: number): boolean {
  const previous = text[index - 1] ?? "";
  return text[index] === "("
    ? /[A-Za-z0-9+\-×÷*/^=<>²³√(]/.test(previous)
    : /^(?:[A-Za-z0-9)²³]|\s?[+\-×÷*/^=<>])/.test(text.slice(index + 1, index + 3)) || previous === "(";
}

/** Words as spoken, with their spans. */
export interface Voiced {
  readonly spoken: string;
  readonly spans: readonly Span[];
}

/** How plain text is to be said. */
export interface VoiceOptions {
  /** The first unit that is said; what stands before it is only context. */
  readonly start: number;
  readonly manner: Manner;
  readonly lexicon: LexiconIndex;
  /** A line ends with the text, which closes it like a sentence. */
  readonly lineEnds: boolean;
}

/** Says plain text as words. */
export function voice(mapped: Mapped, { start, manner, lexicon, lineEnds }: VoiceOptions): Voiced {
  const { text, from, to } = mapped;
  const spans: Span[] = [];
  const foreign = manner === "zh" ? englishIn(text) : [];
  let spoken = "";
  let length = 0;
  let last = "";
  let pause = "";
  let softEnd = false;
  /** The last character is spoken as it is written. */
  let asWritten = false;
  let pauseAt: readonly [number, number] = [0, 0];
  let space = false;
  let joined = false;

  function add(piece: string, first: number, end: number): void {
    const count = [...piece].length;
    const previous = spans.at(-1);
    const identity = count === 1 && end - first === 1;
    if (
      identity &&
      previous !== undefined &&
      previous.end === first &&
      previous.spokenEnd - previous.spokenStart === previous.end - previous.start &&
      previous.spokenEnd === length
    )
      spans[spans.length - 1] = { ...previous, end, spokenEnd: length + 1 };
    else if (
      previous !== undefined &&
      !identity &&
      previous.start === first &&
      previous.end === end &&
      previous.spokenEnd === length
    )
      // More words for the same written text, such as the name of a code block.
      spans[spans.length - 1] = { ...previous, spokenEnd: length + count };
    else spans.push({ start: first, end: Math.max(first, end), spokenStart: length, spokenEnd: length + count });
    spoken += piece;
    length += count;
    last = piece.slice(-1);
  }

  /** Says a word or a reading, after the pause or space that is due. */
  function put(piece: string, first: number, end: number, reading: boolean): void {
    const begins = piece[0] ?? "";
    if (pause !== "" && length > 0) {
      const latin = manner === "en" || (manner === "other" && !wide.test(last));
      add(latin ? `${halfWidth[pause] ?? pause} ` : pause, pauseAt[0], pauseAt[1]);
    } else if (length > 0 && last !== " ") {
      const narrow = !wide.test(last) && !wide.test(begins);
      if (narrow && (space || reading || joined) && begins !== " " && begins !== "'" && word.test(last))
        add(" ", first, first);
      else if (
        space &&
        !narrow &&
        asWritten &&
        end - first === 1 &&
        !reading &&
        wide.test(last) &&
        wide.test(begins) &&
        manner === "zh"
      )
        add("，", first, first);
      else if (narrow && space && begins !== " ") add(" ", first, first);
    }
    pause = "";
    space = false;
    joined = reading;
    asWritten = !reading && end - first === 1;
    add(length === 0 ? piece.trimStart() : piece, first, end);
  }

  function rest(mark: string, index: number): void {
    if (rank(mark) > rank(pause)) {
      softEnd = ",，、".includes(text[index] ?? "");
      pause = mark;
      pauseAt = [from[index] ?? 0, to[index] ?? 0];
    }
  }

  let index = start;
  next: while (index < text.length) {
    const c = text[index] ?? "";
    const wanted = lexicon.find(text, index);
    if (wanted !== undefined && wanted.end > index) {
      put(wanted.spoken, from[index] ?? 0, to[wanted.end - 1] ?? 0, true);
      index = wanted.end;
      continue;
    }
    const inEnglish = foreign.some(([a, b]) => index >= a && index < b);
    for (const rule of rulesOf[inEnglish ? "en" : manner].get(c) ?? []) {
      const reading = rule.read({ text, index });
      if (reading === undefined || reading.end <= index) continue;
      const first = from[index] ?? 0;
      const end = to[reading.end - 1] ?? first;
      let said = reading.spoken.trim();
      const closing = /[.,，]$/.exec(said)?.[0];
      if (closing !== undefined) said = said.slice(0, -1);
      if (said !== "") put(said, first, end, true);
      if (closing !== undefined) rest(closing === "." ? "。" : "，", reading.end - 1);
      // The full stop of an abbreviation that ends the clause ends its sentence as well.
      if (text[reading.end - 1] === "." && /^[\s"'”’)]*$/.test(text.slice(reading.end, reading.end + 4)))
        rest("。", reading.end - 1);
      index = reading.end;
      continue next;
    }
    const point = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const first = from[index] ?? 0;
    const end = to[index + point.length - 1] ?? first;
    const previous = text[index - 1] ?? "";
    const following = text[index + point.length] ?? "";
    // A figure that no rule wanted is still said, never passed on as a sign.
    if (c >= "0" && c <= "9" && manner !== "other")
      put(manner === "en" || inEnglish ? englishDigits(c) : chineseDigits(c), first, end, true);
    else if (word.test(point) && !/\p{Extended_Pictographic}|[\ufe00-\ufe0f\u20e3]/u.test(point))
      put(point, first, end, false);
    else if (c === "\u20e3") rest("，", index);
    else if (c === " " || c === "\t" || c === "\u3000") space = true;
    else if ((c === "'" || c === "’") && word.test(previous) && word.test(following)) put("'", first, end, false);
    else if (
      (c === "-" || c === "‐" || c === "‑") &&
      word.test(previous) &&
      word.test(following) &&
      !wide.test(previous) &&
      !wide.test(following)
    ) {
      joined = false;
      if (/\d/.test(previous + following)) space = true;
      else put("-", first, end, false);
    } else if (c === "." && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) space = true;
    else if (manner === "other" && /[.,:]/.test(c) && /\d/.test(previous) && /\d/.test(following))
      put(c, first, end, false);
    else if (c === "/" || c === "\\") {
      if (manner === "en" && c === "/" && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) {
        // Names in capitals stand side by side: TCP/IP, A/B.
        const left = text.slice(Math.max(0, index - 12), index);
        const right = text.slice(index + 1, index + 13);
        const capitals = /(?<![A-Za-z])[A-Z]+$/.test(left) && /^[A-Z]+(?![A-Za-z])/.test(right);
        if (capitals || /\beither$/i.test(left) || /^or\b/i.test(right)) space = true;
        else put("or", first, end, true);
      } else if (manner === "other" && c === "/") put(c, first, end, false);
      else rest("，", index);
    } else if (manner === "other" && /[\p{Sc}%°+=×÷&@]/u.test(point)) put(point, first, end, false);
    else if ((c === "(" || c === ")") && tight(text, index)) space = true;
    else if (c === "-" && (previous === " " || previous === "-") && (following === " " || following === "-"))
      rest("，", index);
    else if (c === "." && (previous === "." || following === ".")) rest("，", index);
    else if (c === "." && manner === "en" && /^\s+\p{Ll}/u.test(text.slice(index + 1, index + 4))) space = true;
    else if (pauses[c] !== undefined) rest(pauses[c] ?? "", index);
    index += point.length;
  }
  if (length > 0) {
    if (lineEnds && rank(pause) < 2) {
      pauseAt = [from[text.length - 1] ?? 0, to[text.length - 1] ?? 0];
      pause = "。";
    }
    // A bracket or a line break at the end is no pause that anyone wrote.
    if (pause === "，" && !lineEnds && !softEnd) pause = "";
    if (pause !== "")
      add(
        manner === "en" || (manner === "other" && !wide.test(last)) ? (halfWidth[pause] ?? pause) : pause,
        pauseAt[0],
        pauseAt[1],
      );
  }
  return word.test(spoken) ? { spoken, spans } : { spoken: "", spans: [] };
}
