import { rulesAt } from "./dispatch/dispatch.ts";
import { digits as englishDigits } from "./en/number.ts";
import { staysAsWritten } from "./language/as-written.ts";
import { englishIn, mannerOf, rulesOfLanguage } from "./language.ts";
import type { LexiconIndex } from "./lexicon/lexicon.ts";
import type { Mapped } from "./mapped.ts";
import type { Observer } from "./observer.ts";
import { pauses } from "./pauses.ts";
import { audible, createTranscriptWriter, type Transcript, wide } from "./transcript/transcript.ts";
import { digits as chineseDigits } from "./zh/number.ts";

/** How plain text is to be said. */
export interface VerbalizeOptions {
  /** The first unit that is said; what stands before it is only context. */
  readonly start: number;
  /** The language in which it is said, by its primary subtag. */
  readonly language: string;
  readonly lexicon: LexiconIndex;
  /** A line ends with the text, which closes it like a sentence. */
  readonly lineEnds: boolean;
  /** Is told what read each piece; nobody is asked in a session. */
  readonly observer?: Observer | undefined;
}

/**
 * Says plain text as words. At each place the lexicon comes first, then the rules of the language, and what neither
 * wants is said as it is written, heard as a pause, or left out.
 */
export function verbalize(
  mapped: Mapped,
  { start, language, lexicon, lineEnds, observer }: VerbalizeOptions,
): Transcript {
  const { text, from, to } = mapped;
  const manner = mannerOf(language) ?? "other";
  const own = rulesOfLanguage(language);
  const english = rulesOfLanguage("en");
  const writer = createTranscriptWriter(language);
  const foreign = manner === "zh" ? englishIn(text) : [];
  const isEnglish = (index: number) => manner === "en" || foreign.some(([a, b]) => index >= a && index < b);

  /** A pause at the mark `text[index]`, or at what stands there in its place. */
  function pause(mark: string, index: number): void {
    writer.pause(mark, text[index] ?? "", from[index] ?? 0, to[index] ?? 0);
  }

  /** Says the word of the lexicon that stands at `index`: where it ends, undefined for none. */
  function sayByLexicon(index: number): number | undefined {
    const wanted = lexicon.find(text, index);
    if (wanted === undefined || wanted.end <= index) return undefined;
    const end = to[wanted.end - 1] ?? 0;
    writer.reading(wanted.spoken, from[index] ?? 0, end);
    observer?.read({ start: from[index] ?? 0, end, spoken: wanted.spoken, rule: undefined, by: "lexicon" });
    return wanted.end;
  }

  /** What a rule said last, and where in the text it ended. */
  let previous = { said: "", end: -1 };

  /** Says what the first rule that wants the text at `index` makes of it: where that ends, undefined for no rule. */
  function sayByRule(index: number): number | undefined {
    const inEnglish = isEnglish(index);
    for (const rule of rulesAt(inEnglish ? english : own, text, index)) {
      const reading = rule.read({ text, index });
      if (reading === undefined || reading.end <= index) continue;
      const first = from[index] ?? 0;
      const end = to[reading.end - 1] ?? first;
      observer?.read({
        start: first,
        end,
        spoken: reading.spoken.trim(),
        rule: rule.name,
        by: inEnglish ? "en" : language,
      });
      let said = reading.spoken.trim();
      const closing = /[.,，]$/.exec(said)?.[0];
      if (closing !== undefined) said = said.slice(0, -1);
      // Two numbers beside each other are not one: 80% 1RM.
      if (
        manner === "zh" &&
        previous.end === index - 1 &&
        text[index - 1] === " " &&
        countedAt(said, 0) &&
        countedAt(previous.said, -1)
      )
        pause("，", index - 1);
      if (said !== "") writer.reading(said, first, end);
      previous = { said, end: reading.end };
      if (/\s$/.test(reading.spoken)) writer.space();
      if (closing !== undefined) pause(closing === "." ? "。" : "，", reading.end - 1);
      // The full stop of an abbreviation that ends the clause ends its sentence as well.
      if (text[reading.end - 1] === "." && /^[\s"'”’)]*$/.test(text.slice(reading.end, reading.end + 4)))
        pause("。", reading.end - 1);
      return reading.end;
    }
    return undefined;
  }

  /** Says one character that no rule wanted, or hears it as a pause: where it ends. */
  function sayCharacter(index: number): number {
    const c = text[index] ?? "";
    if (plainLetter.test(c)) {
      writer.word(c, from[index] ?? 0, to[index] ?? 0);
      return index + 1;
    }
    const point = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const first = from[index] ?? 0;
    const end = to[index + point.length - 1] ?? first;
    const previous = text[index - 1] ?? "";
    const following = text[index + point.length] ?? "";
    // A figure that no rule wanted is still said, never passed on as a sign.
    if (c >= "0" && c <= "9" && manner !== "other")
      writer.reading(isEnglish(index) ? englishDigits(c) : chineseDigits(c), first, end);
    else if (manner === "other" && staysAsWritten(text, index)) writer.word(point, first, end);
    else if (audible.test(point) && !/\p{Extended_Pictographic}|[\ufe00-\ufe0f\u20e3]/u.test(point))
      writer.word(point, first, end);
    else if (c === "\u20e3") pause("，", index);
    else if (c === " " || c === "\t" || c === "\u3000") writer.space();
    else if ((c === "'" || c === "’") && audible.test(previous) && audible.test(following))
      writer.word("'", first, end);
    else if (
      (c === "-" || c === "‐" || c === "‑") &&
      audible.test(previous) &&
      audible.test(following) &&
      !wide.test(previous) &&
      !wide.test(following)
    ) {
      writer.join();
      if (/\d/.test(previous + following)) writer.space();
      else writer.word("-", first, end);
    } else if (c === "." && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) writer.space();
    else if (c === "/" || c === "\\") {
      if (manner === "en" && c === "/" && /[A-Za-z]/.test(previous) && /[A-Za-z]/.test(following)) {
        if (standSideBySide(text, index)) writer.space();
        else writer.reading("or", first, end);
      } else pause("，", index);
    } else if ((c === "(" || c === ")") && isTight(text, index)) writer.space();
    else if (c === "-" && (previous === " " || previous === "-") && (following === " " || following === "-"))
      pause("，", index);
    else if (c === "." && (previous === "." || following === ".")) pause("，", index);
    else if (
      c === "." &&
      manner !== "en" &&
      shortened.test(text.slice(Math.max(0, index - 8), index)) &&
      /^\s?[\p{L}\d]/u.test(text.slice(index + 1, index + 3))
    )
      writer.space();
    else if (c === "." && manner === "en" && /^\s+\p{Ll}/u.test(text.slice(index + 1, index + 4))) writer.space();
    else if (pauses[c] !== undefined) pause(pauses[c] ?? "", index);
    // What is left out never joins the figures beside it.
    else if (manner === "other") writer.space();
    return index + point.length;
  }

  for (let index = start; index < text.length; ) index = sayByLexicon(index) ?? sayByRule(index) ?? sayCharacter(index);
  const last = text.length - 1;
  const end = to[last] ?? 0;
  // Where the line's end is not part of the text, as after the # that closes a heading, it has no width.
  return writer.end(lineEnds ? [audible.test(text[last] ?? "") ? end : (from[last] ?? 0), end] : undefined);
}

/** Whether the first or last character is a Chinese figure. */
const countedAt = (said: string, at: 0 | -1): boolean => /[零一二两三四五六七八九十百千万亿幺]/.test(said.at(at) ?? "");

/** The letters of which most texts consist, which are said as they are. */
const plainLetter = /[A-Za-z\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/;

/** Initials, titles and other short forms, whose full stop ends nothing: J. K. Rowling, Dr. Wang, Op. 125. */
const shortened =
  /(?<![A-Za-z])(?:[A-Z]|(?:[A-Z]\.)+[A-Z]|Dr|Mr|Mrs|Ms|St|Prof|Jr|Sr|Op|No|Vol|vs|etc|Inc|Ltd|Co|Mt|Fig|Ave|Rd|Ph\.D|approx)$/;

/** Whether a parenthesis belongs to a formula, a call or a name, where no pause is heard: f(x)=2, print(), 401(k). */
function isTight(text: string, index: number): boolean {
  const previous = text[index - 1] ?? "";
  return text[index] === "("
    ? /[A-Za-z0-9+\-−×÷*/^=<>²³√(]/.test(previous) || /[+\-−×÷*/=]\s$/.test(text.slice(Math.max(0, index - 2), index))
    : /^(?:[A-Za-z0-9)²³]|\s?[+\-×÷*/^=<>])/.test(text.slice(index + 1, index + 3)) || previous === "(";
}

/** Whether the slash at `index` stands between names, as in TCP/IP and A/B, or beside a word that says "or" itself. */
function standSideBySide(text: string, index: number): boolean {
  const left = text.slice(Math.max(0, index - 12), index);
  const right = text.slice(index + 1, index + 13);
  const capitals = /(?<![A-Za-z])[A-Z]+$/.test(left) && /^[A-Z]+(?![A-Za-z])/.test(right);
  return capitals || /\beither$/i.test(left) || /^or\b/i.test(right);
}
