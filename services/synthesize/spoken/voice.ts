import { englishIn, type Manner, rulesOf } from "./language.ts";
import type { Mapped } from "./mapped.ts";
import type { Span } from "./spoken.ts";

const strong = /[。！？!?.｡．]/;
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

/** Words as spoken, with their spans. */
export interface Voiced {
  readonly spoken: string;
  readonly spans: readonly Span[];
}

/** Says plain text from unit `start` on; what stands before it is only context. `lineEnds` closes it like a sentence. */
export function voice(mapped: Mapped, start: number, manner: Manner, lineEnds: boolean): Voiced {
  const { text, from, to } = mapped;
  const spans: Span[] = [];
  const foreign = manner === "zh" ? englishIn(text) : [];
  let spoken = "";
  let length = 0;
  let last = "";
  let pause = "";
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
    else spans.push({ start: first, end: Math.max(first, end), spokenStart: length, spokenEnd: length + count });
    spoken += piece;
    length += count;
    last = piece.slice(-1);
  }

  /** Says a word or a reading, after the pause or space that is due. */
  function put(piece: string, first: number, end: number, reading: boolean): void {
    const begins = piece[0] ?? "";
    if (pause !== "" && length > 0) {
      const latin = manner !== "zh";
      add(latin ? `${halfWidth[pause] ?? pause} ` : pause, pauseAt[0], pauseAt[1]);
    } else if (length > 0 && last !== " ") {
      const narrow = !wide.test(last) && !wide.test(begins);
      if (narrow && (space || reading || joined) && begins !== " " && word.test(last)) add(" ", first, first);
      else if (space && !narrow && wide.test(last) && wide.test(begins) && manner === "zh") add("，", first, first);
      else if (narrow && space && begins !== " ") add(" ", first, first);
    }
    pause = "";
    space = false;
    joined = reading;
    add(length === 0 ? piece.trimStart() : piece, first, end);
  }

  function rest(mark: string, index: number): void {
    if (rank(mark) > rank(pause)) {
      pause = mark;
      pauseAt = [from[index] ?? 0, to[index] ?? 0];
    }
  }

  let index = start;
  next: while (index < text.length) {
    const c = text[index] ?? "";
    const inEnglish = foreign.some(([a, b]) => index >= a && index < b);
    for (const rule of rulesOf[inEnglish ? "en" : manner].get(c) ?? []) {
      const reading = rule.read({ text, index });
      if (reading === undefined) continue;
      const first = from[index] ?? 0;
      const end = to[reading.end - 1] ?? first;
      let said = reading.spoken.trim();
      const closing = /[.,，]$/.exec(said)?.[0];
      if (closing !== undefined) said = said.slice(0, -1);
      if (said !== "") put(said, first, end, true);
      if (closing !== undefined) rest(closing === "." ? "。" : "，", reading.end - 1);
      index = reading.end;
      continue next;
    }
    const point = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const first = from[index] ?? 0;
    const end = to[index + point.length - 1] ?? first;
    const previous = text[index - 1] ?? "";
    const following = text[index + point.length] ?? "";
    if (word.test(point) && !/\p{Extended_Pictographic}|[\ufe00-\ufe0f\u20e3]/u.test(point))
      put(point, first, end, false);
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
      put("-", first, end, false);
    } else if (c === "." && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) space = true;
    else if (c === "/" || c === "\\") {
      if (manner === "en" && c === "/" && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) {
        put("or", first, end, true);
      } else if (manner === "other") put(c, first, end, false);
      else rest("，", index);
    } else if (manner === "other" && /[\p{Sc}%°+=×÷&@]/u.test(point)) put(point, first, end, false);
    else if (
      (c === "(" || c === ")" || c === "[" || c === "]") &&
      word.test(previous) &&
      (c === ")" || c === "]" ? word.test(following) : true) &&
      /[A-Za-z0-9]/.test(previous) &&
      !/\s/.test(previous)
    )
      joined = false;
    else if (c === "-" && (previous === " " || previous === "-") && (following === " " || following === "-"))
      rest("，", index);
    else if (pauses[c] !== undefined) rest(pauses[c] ?? "", index);
    index += point.length;
  }
  if (length > 0) {
    if (lineEnds && rank(pause) < 3) {
      pauseAt = [from[text.length - 1] ?? 0, to[text.length - 1] ?? 0];
      pause = "。";
    }
    if (pause !== "") add(manner === "zh" ? pause : (halfWidth[pause] ?? pause), pauseAt[0], pauseAt[1]);
  }
  return word.test(spoken) ? { spoken, spans } : { spoken: "", spans: [] };
}
void strong;
