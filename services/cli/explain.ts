import type { Choice, PieceRead } from "../synthesize/text/spoken/observer.ts";
import type { Span, SpokenClause } from "../synthesize/text/spoken/spoken-clause.ts";
import { type ReadClause, type ReadOptions, readClauses } from "./read.ts";

/** A piece of a clause that is not spoken as written, and the rule that converted it. */
export interface ExplainedPiece {
  readonly written: string;
  readonly spoken: string;
  /** Where the piece begins in the written text: an index in code points. */
  readonly start: number;
  /** Where the piece ends in the written text: the index after its last code point. */
  readonly end: number;
  /**
   * Where the piece's spoken words come from: the language of the rule that made them; `lexicon`; or `markup` for
   * Markdown and the like, and for the words that replace them.
   */
  readonly by: string;
  /** The name of the rule in docs/words.md; absent if `by` is `lexicon` or `markup`. */
  readonly rule?: string;
}

/** A clause with its spoken form, and why it is spoken that way. */
export interface ExplainedClause extends ReadClause {
  /** The language whose rules were applied to the clause. */
  readonly language: string;
  /** Why this language was chosen. */
  readonly because: Choice["because"];
  readonly pieces: readonly ExplainedPiece[];
}

/** Converts a text to its spoken form, and reports each clause's language and which rule converted which piece. */
export function explainText(text: string, options: ReadOptions): ExplainedClause[] {
  const points = [...text];
  let choice: Choice | undefined;
  let read: PieceRead[] = [];
  const observer = {
    choose(chosen: Choice) {
      choice = chosen;
      read = [];
    },
    read: (piece: PieceRead) => void read.push(piece),
  };
  const explained: ExplainedClause[] = [];
  for (const { readBy, ...spokenClause } of readClauses(text, options, observer)) {
    const { clause, spoken } = spokenClause;
    const { language = "", because = "nothing" } = choice ?? {};
    const pieces = [...read.map((piece) => ofRule(points, piece)), ...ofMarkup(points, spokenClause, read)];
    pieces.sort((a, b) => a.start - b.start || a.end - b.end);
    explained.push({ text: clause.text, spoken, readBy, language, because, pieces });
  }
  return explained;
}

const ofRule = (points: readonly string[], { start, end, spoken, rule, by }: PieceRead): ExplainedPiece => ({
  written: points.slice(start, end).join(""),
  spoken,
  start,
  end,
  by,
  ...(rule === undefined ? {} : { rule }),
});

/**
 * Yields the pieces of a clause where spoken words replace Markdown, such as the notice for a code block. Pieces that a
 * rule converted (`read`) are left out.
 */
function* ofMarkup(points: readonly string[], { spoken, spans }: SpokenClause, read: readonly PieceRead[]) {
  const said = [...spoken];
  for (const span of spans.flatMap(apart)) {
    const { start, end } = span;
    const written = points.slice(start, end).join("");
    const heard = said.slice(span.spokenStart, span.spokenEnd).join("");
    if (written === heard || !/[\p{L}\p{N}]/u.test(heard)) continue;
    if (read.some((piece) => piece.start <= start && end <= piece.end)) continue;
    yield { written, spoken: heard, start, end, by: "markup" };
  }
}

/**
 * Splits a span into single characters if its spoken and its written text are equally long, so that only the characters
 * that differ are reported.
 */
const apart = (span: Span): Span[] =>
  span.end - span.start !== span.spokenEnd - span.spokenStart
    ? [span]
    : Array.from({ length: span.end - span.start }, (_, at) => ({
        start: span.start + at,
        end: span.start + at + 1,
        spokenStart: span.spokenStart + at,
        spokenEnd: span.spokenStart + at + 1,
      }));

const reasons: Record<Choice["because"], string> = {
  letters: "detected from its words",
  asked: "as requested",
  before: "like the text before it",
  question: "like the question",
  nothing: "since nothing points to another language",
};

/** Explains how a text is spoken, in a form for human readers, one clause per line. */
export function showExplained(id: string, text: string, options: ReadOptions): string {
  const lines = explainText(text, options).flatMap(({ text, spoken, language, because, pieces }) => [
    `${onOneLine(text)}  →  ${spoken === "" ? "(nothing)" : spoken}`,
    `    read in ${language}, ${reasons[because]}`,
    ...pieces.map(
      ({ written, spoken, by, rule }) =>
        `    ${onOneLine(written)}  →  ${spoken === "" ? "(nothing)" : spoken}    ${rule === undefined ? by : `${by}: ${rule}`}`,
    ),
  ]);
  return `${[`# ${id}`, ...lines].join("\n")}\n\n`;
}

const onOneLine = (text: string): string => text.replaceAll("\r", "").replaceAll("\n", "⏎");

/** Explains how a text is spoken, as one line of JSON. */
export const showExplainedJson = (id: string, text: string, options: ReadOptions): string =>
  `${JSON.stringify({ id, clauses: explainText(text, options) })}\n`;
