import type { Clause } from "../segmenter/clause.ts";

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
  /** The words as spoken; empty where nothing is (an emoji, a rule between paragraphs). */
  readonly spoken: string;
  /** Ordered, covering all of `spoken`. */
  readonly spans: readonly Span[];
  /** The clause holds something that is named and not read, or a part of it. */
  readonly omitted?: "code";
}
