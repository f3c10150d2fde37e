import type { Clause } from "../segmenter/clause.ts";

/** Which language a clause is read in, and why. */
export interface Choice {
  readonly clause: Clause;
  /** The language whose rules are tried, by its primary subtag; "und" where it is not known and figures stay as they are. */
  readonly language: string;
  /**
   * What decided: the clause's own letters, the language that was asked for, what the clauses before had shown, the language of the
   * question, or nothing, so that the default holds.
   */
  readonly because: "letters" | "asked" | "before" | "question" | "nothing";
}

/** A piece that is not said as it is written. */
export interface PieceRead {
  /** Written range in code points of the whole text. */
  readonly start: number;
  /** One past the range. */
  readonly end: number;
  /** What is said for it; a mark of pause at its end is the writer's to place. */
  readonly spoken: string;
  /** The rule that read it; undefined for the lexicon. */
  readonly rule: string | undefined;
  /** The language whose rule it is, or the lexicon. */
  readonly by: string;
}

/** Watches how clauses are read: for `duet read --explain` and for the rulebook. */
export interface Observer {
  /** The next clause is read in this language; what `read` tells after it is of this clause. */
  choose(choice: Choice): void;
  /** A rule or the lexicon has read a piece. */
  read(piece: PieceRead): void;
}
