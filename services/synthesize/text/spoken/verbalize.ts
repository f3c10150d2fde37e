import { heardOf } from "./character.ts";
import { rulesAt } from "./dispatch/dispatch.ts";
import { digits as englishDigits } from "./en/number.ts";
import { englishIn, type Manner, mannerOf, rulesOfLanguage } from "./language.ts";
import type { LexiconIndex } from "./lexicon/lexicon.ts";
import type { Mapped } from "./mapped.ts";
import type { Observer } from "./observer.ts";
import type { Reading, Rule, RuleTable } from "./rule.ts";
import { audible, createTranscriptWriter, type Transcript, type TranscriptWriter } from "./transcript/transcript.ts";
import { digits as chineseDigits } from "./zh/number.ts";

/*
 * Plain text becomes words in one pass from left to right. At each index three sources are tried in turn. The first one
 * that matches speaks what begins at the index, and returns the index at which to go on:
 *
 * 1. the lexicon, which has the pronunciations that the caller wants: it comes first, so that no rule overrules it;
 * 2. the rules of the language, in their order: dates, amounts, codes, signs. `dispatch` leaves out rules that cannot
 * match;
 * 3. the character itself (`character.ts`): it is spoken as written, heard as a pause, or left out.
 *
 * The text is a clause with some of the text before it as context; only what begins at `start` or later is spoken.
 * `from` and `to` tell for each UTF-16 unit where it is in the text as written, including markup; each piece is passed
 * on with the written range that it stands for. This file does not decide about spaces between words: the transcript
 * writer does, since it knows the words on both sides.
 *
 * What can go wrong: a reading that ends where it begins would cause an endless loop, so it is ignored. A rule may look
 * at text before its index, but the result must not depend on how the text was split. Every further regular expression
 * that is tried at each index costs noticeable CPU time per token (`test/bench/words.ts`).
 */

/** How plain text is to be spoken. */
export interface VerbalizeOptions {
  /** The first UTF-16 unit to speak; what precedes it is only context. */
  readonly start: number;
  /** The language in which the text is spoken, as a primary subtag: `zh`. */
  readonly language: string;
  readonly lexicon: LexiconIndex;
  /** Whether the text is the end of a line, and the line break ends it as a full stop would. */
  readonly lineEnds: boolean;
  /** Receives the rule that gave the spoken form of each piece of text. Default: none, so rules are not reported. */
  readonly observer?: Observer | undefined;
}

/** Converts plain text to spoken words. */
export function verbalize(mapped: Mapped, options: VerbalizeOptions): Transcript {
  const verbalizer = new Verbalizer(mapped, options);
  for (let index = options.start; index < mapped.text.length; ) index = verbalizer.say(index);
  return verbalizer.end(options.lineEnds);
}

/** The conversion of one text to spoken words. */
class Verbalizer {
  readonly #mapped: Mapped;
  readonly #language: string;
  readonly #manner: Manner;
  readonly #lexicon: LexiconIndex;
  readonly #observer: Observer | undefined;
  readonly #rules: RuleTable;
  readonly #englishRules = rulesOfLanguage("en");
  /** The ranges of English prose in a Chinese text. */
  readonly #english: readonly (readonly [start: number, end: number])[];
  readonly #writer: TranscriptWriter;
  /** The last spoken form that a rule gave, and the index in the text after the piece that it replaced. */
  #previous = { said: "", end: -1 };

  constructor(mapped: Mapped, { language, lexicon, observer }: VerbalizeOptions) {
    this.#mapped = mapped;
    this.#language = language;
    this.#manner = mannerOf(language) ?? "other";
    this.#lexicon = lexicon;
    this.#observer = observer;
    this.#rules = rulesOfLanguage(language);
    this.#english = this.#manner === "zh" ? englishIn(mapped.text) : [];
    this.#writer = createTranscriptWriter(language);
  }

  /** Adds to the transcript what is spoken for the text at `index`. Returns the index at which to go on. */
  say(index: number): number {
    return this.#sayByLexicon(index) ?? this.#sayByRule(index) ?? this.#sayCharacter(index);
  }

  /** Ends the transcript. If `lineEnds`, the line break at the end is spoken as a full stop would be. */
  end(lineEnds: boolean): Transcript {
    const { text } = this.#mapped;
    const last = text.length - 1;
    const end = this.#to(last);
    // If the end of the line is not part of the text, as after the # that closes a heading, its written range is empty.
    return this.#writer.end(lineEnds ? [audible.test(text[last] ?? "") ? end : this.#from(last), end] : undefined);
  }

  /** The position in the written text at which the UTF-16 unit at `index` of the mapped text begins. */
  #from(index: number): number {
    return this.#mapped.from[index] ?? 0;
  }

  /** Where the unit at `index` ends in the written text; `otherwise` if the text has no unit at `index`. */
  #to(index: number, otherwise = 0): number {
    return this.#mapped.to[index] ?? otherwise;
  }

  #isEnglish(index: number): boolean {
    return this.#manner === "en" || this.#english.some(([start, end]) => index >= start && index < end);
  }

  /** Adds a pause for the character at `index`. */
  #pause(mark: string, index: number): void {
    this.#writer.pause(mark, this.#mapped.text[index] ?? "", this.#from(index), this.#to(index));
  }

  /** Speaks the lexicon's word at `index`. Returns the index at which the word ends; undefined if no word is there. */
  #sayByLexicon(index: number): number | undefined {
    const wanted = this.#lexicon.find(this.#mapped.text, index);
    if (wanted === undefined || wanted.end <= index) return undefined;
    const { spoken } = wanted;
    const start = this.#from(index);
    const end = this.#to(wanted.end - 1);
    this.#writer.reading(spoken, start, end);
    this.#observer?.read({ start, end, spoken, rule: undefined, by: "lexicon" });
    return wanted.end;
  }

  /**
   * Speaks what the first matching rule makes of the text at `index`. Returns the index at which the rule's match ends;
   * undefined if no rule matches.
   */
  #sayByRule(index: number): number | undefined {
    const { text } = this.#mapped;
    const inEnglish = this.#isEnglish(index);
    for (const rule of rulesAt(inEnglish ? this.#englishRules : this.#rules, text, index)) {
      const reading = rule.read({ text, index });
      if (reading === undefined || reading.end <= index) continue;
      this.#observe(rule, reading, index, inEnglish);
      this.#sayReading(reading, index);
      return reading.end;
    }
    return undefined;
  }

  #observe(rule: Rule, { spoken, end }: Reading, index: number, inEnglish: boolean): void {
    const start = this.#from(index);
    this.#observer?.read({
      start,
      end: this.#to(end - 1, start),
      spoken: spoken.trim(),
      rule: rule.name,
      by: inEnglish ? "en" : this.#language,
    });
  }

  /**
   * Speaks what a rule makes of the text from `index`. A space or punctuation mark at the end of the reading becomes a
   * gap or pause after it.
   */
  #sayReading(reading: Reading, index: number): void {
    const { text } = this.#mapped;
    const spoken = reading.spoken.trim();
    const mark = /[.,，]$/.exec(spoken)?.[0];
    const said = mark === undefined ? spoken : spoken.slice(0, -1);
    const last = reading.end - 1;
    if (this.#followsNumber(said, index)) this.#pause("，", index - 1);
    if (said !== "") this.#writer.reading(said, this.#from(index), this.#to(last, this.#from(index)));
    this.#previous = { said, end: reading.end };
    if (/\s$/.test(reading.spoken)) this.#writer.space();
    if (mark !== undefined) this.#pause(mark === "." ? "。" : "，", last);
    // The full stop of an abbreviation at the end of a clause ends the sentence too.
    if (text[last] === "." && /^[\s"'”’)]*$/.test(text.slice(reading.end, reading.end + 4))) this.#pause("。", last);
  }

  /** Whether two separate numbers are next to each other in Chinese, so that a pause must keep them apart: 80% 1RM. */
  #followsNumber(said: string, index: number): boolean {
    const { said: previous, end } = this.#previous;
    return (
      this.#manner === "zh" &&
      end === index - 1 &&
      this.#mapped.text[end] === " " &&
      figure.test(said[0] ?? "") &&
      figure.test(previous.at(-1) ?? "")
    );
  }

  /** Speaks the character at `index`, or adds a pause for it. Returns the index after it. No rule has matched there. */
  #sayCharacter(index: number): number {
    const { text } = this.#mapped;
    const unit = text[index] ?? "";
    if (plainLetter.test(unit)) {
      this.#writer.word(unit, this.#from(index), this.#to(index));
      return index + 1;
    }
    const c = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const start = this.#from(index);
    const end = this.#to(index + c.length - 1, start);
    // A digit that no rule matched is still spoken as a word, never passed on as a symbol.
    if (c >= "0" && c <= "9" && this.#manner !== "other")
      this.#writer.reading(this.#isEnglish(index) ? englishDigits(c) : chineseDigits(c), start, end);
    else this.#hear(c, index, start, end);
    return index + c.length;
  }

  /** Adds the character `c` to the transcript, as it is heard: as a word, a pause, a space or nothing. */
  #hear(c: string, index: number, start: number, end: number): void {
    const writer = this.#writer;
    const heard = heardOf(c, this.#mapped.text, index, this.#manner);
    if (heard.kind === "word") writer.word(heard.text, start, end);
    else if (heard.kind === "reading") writer.reading(heard.text, start, end);
    else if (heard.kind === "pause") this.#pause(heard.mark, index);
    else if (heard.kind === "space") writer.space();
    else if (heard.kind === "hyphen") {
      writer.join();
      writer.word("-", start, end);
    } else if (heard.kind === "hyphen of a figure") {
      writer.join();
      writer.space();
    }
  }
}

/** Matches a Chinese character that is part of a number: 三, 百. */
const figure = /[零一二两三四五六七八九十百千万亿幺]/;

/** The letters of which most texts consist; they are spoken as written, without further checks. */
const plainLetter = /[A-Za-z\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/;
