import type { Clause } from "../segmenter/clause.ts";

/** A piece of spoken text and the written text that it stands for. */
export interface Span {
  /** The start of the written range, in code points of the whole text. */
  readonly start: number;
  /** The position right after the written range, in code points of the whole text. */
  readonly end: number;
  /** The start of the spoken range, in code points of the clause's `spoken`. */
  readonly spokenStart: number;
  /** The position right after the spoken range, in code points; equal to `spokenStart` if nothing is spoken. */
  readonly spokenEnd: number;
}

/** A clause as it is spoken. */
export interface SpokenClause {
  /** The clause as written. */
  readonly clause: Clause;
  /** The clause as it is spoken; empty if nothing is spoken, as for an emoji or a line between paragraphs. */
  readonly spoken: string;
  /** Which written text each piece of `spoken` stands for: in order, and covering all of `spoken`. */
  readonly spans: readonly Span[];
  /** "code" if the clause contains code, or a piece of it, that is not read aloud, but announced or left out. */
  readonly omitted?: "code";
}
