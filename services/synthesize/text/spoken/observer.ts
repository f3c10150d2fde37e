import type { Clause } from "../segmenter/clause.ts";

/** The language in which a clause is read, and why. */
export interface Choice {
  readonly clause: Clause;
  /** The language whose rules are applied, by primary subtag; "und" if it is unknown and numbers stay as written. */
  readonly language: string;
  /**
   * What decided: the clause's own letters, the requested language, the clauses before it, the language of the
   * question, or nothing, so that the default applies.
   */
  readonly because: "letters" | "asked" | "before" | "question" | "nothing";
}

/** A piece that is not spoken as written. */
export interface PieceRead {
  /** The start of the written range, in code points of the whole text. */
  readonly start: number;
  /** The position right after the written range. */
  readonly end: number;
  /** The piece's spoken form; the transcript writer may still change a pause mark at its end. */
  readonly spoken: string;
  /** The rule that read the piece; undefined if the lexicon did. */
  readonly rule: string | undefined;
  /** The language of the rule, or the lexicon. */
  readonly by: string;
}

/** Observes how clauses are read, for `duet read --explain` and for the rulebook. */
export interface Observer {
  /** The next clause is read in this language; calls of `read` after this concern that clause. */
  choose(choice: Choice): void;
  /** A rule or the lexicon has read a piece. */
  read(piece: PieceRead): void;
}
