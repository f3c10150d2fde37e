import type { Clause } from "../segmenter/clause.ts";

/** The language in which a clause is read, and why. */
export interface Choice {
  readonly clause: Clause;
  /** The language whose rules are applied, as a primary subtag; "und" if it is unknown and numbers stay as written. */
  readonly language: string;
  /**
   * What decided: the clause's own letters, the requested language, the clauses before it, the language of the
   * question, or nothing, so that the default applies.
   */
  readonly because: "letters" | "asked" | "before" | "question" | "nothing";
}

/** A piece of text that is not spoken as it is written, and what decided its spoken form. */
export interface PieceRead {
  /** The start of the written range, in code points of the whole text. */
  readonly start: number;
  /** The position right after the written range, in code points of the whole text. */
  readonly end: number;
  /** The piece's spoken form; the transcript writer may still change a pause mark at its end. */
  readonly spoken: string;
  /** The name of the rule that gave the spoken form; undefined if the lexicon gave it. */
  readonly rule: string | undefined;
  /** Where the spoken form comes from: the language of the rule that gave it, or "lexicon". */
  readonly by: string;
}

/** Receives reports on how each clause is read, for `duet read --explain` and for the rulebook. */
export interface Observer {
  /** Called with the language of each clause; the calls of `read` until the next `choose` are about that clause. */
  choose(choice: Choice): void;
  /** Called when a rule or the lexicon has given the spoken form of a piece of text. */
  read(piece: PieceRead): void;
}
