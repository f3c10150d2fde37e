import type { Clause } from "../segmenter.ts";

/** A piece of spoken text and the written text that it stands for. */
export interface Span {
  /** Written range in code points of the whole text. */
  readonly start: number;
  /** One past the written range. */
  readonly end: number;
  /** Spoken range in code points of the clause's `spoken`. */
  readonly spokenStart: number;
  /** One past the spoken range; equal to `spokenStart` where nothing is spoken. */
  readonly spokenEnd: number;
}

/** A clause as it is spoken. */
export interface SpokenClause {
  /** The clause as written. */
  readonly clause: Clause;
  /** The words as spoken; empty where nothing is (an emoji, a code block). */
  readonly spoken: string;
  /** Ordered, covering all of `spoken`. */
  readonly spans: readonly Span[];
}

/** Turns clauses of one text, in order, into words as spoken. Keeps what it must know of the clauses before (language, open code). */
export interface SpokenForm {
  /** The spoken form of the next clause. */
  speak(clause: Clause): SpokenClause;
}

/** How a text is to be read. */
export interface SpokenFormOptions {
  /** The text's language as a BCP 47 tag, where it is known: it decides where the text itself does not, as in `3.14`. */
  readonly language?: string;
}

/** Turns the clauses of one text into words as spoken. */
export function createSpokenForm(_options: SpokenFormOptions = {}): SpokenForm {
  return {
    speak(clause) {
      const spans: Span[] = [];
      let spoken = "";
      let length = 0;
      let index = clause.start;
      for (const c of clause.text) {
        if (!/[*#_`|~<>[\]{}\n]/.test(c)) {
          spans.push({ start: index, end: index + 1, spokenStart: length, spokenEnd: length + 1 });
          spoken += c;
          length++;
        }
        index++;
      }
      return { clause, spoken, spans };
    },
  };
}
