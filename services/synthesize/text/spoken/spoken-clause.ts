import type { Clause } from "../segmenter/clause.ts";

/** A piece of spoken text and the written text that it stands for. */
export interface Span {
  /** The start of the written range, in code points of the whole text. */
  readonly start: number;
  /** The position right after the written range. */
  readonly end: number;
  /** The start of the spoken range, in code points of the clause's `spoken`. */
  readonly spokenStart: number;
  /** The position right after the spoken range; equal to `spokenStart` if nothing is spoken. */
  readonly spokenEnd: number;
}

/** A clause as it is spoken. */
export interface SpokenClause {
  /** The clause as written. */
  readonly clause: Clause;
  /** The text as spoken; empty if nothing is (an emoji, a rule between paragraphs). */
  readonly spoken: string;
  /** In order, covering all of `spoken`. */
  readonly spans: readonly Span[];
  /** Whether the clause contains all or part of something that is named instead of read, such as a code block. */
  readonly omitted?: "code";
}
