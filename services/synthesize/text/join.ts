import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Span, SpokenClause } from "./spoken/spoken-clause.ts";

/** The text of one engine request: one or more clauses, joined. Offsets are code points, as in Clause and Span. */
export interface Segment {
  /** The written range, from the first clause to the last. */
  readonly start: number;
  readonly end: number;
  /** The spoken text of all clauses. */
  readonly spoken: string;
  /** For each part of `spoken`, the range of the written text that it stands for. */
  readonly spans: readonly Span[];
}

/**
 * Joins one or more consecutive clauses of a text. A space is inserted between two clauses if their words would
 * otherwise run together, as Latin words would.
 */
export function joinClauses(clauses: readonly SpokenClause[]): Segment {
  let spoken = "";
  let length = 0;
  const spans: Span[] = [];
  for (const clause of clauses) {
    if (needsSpace(spoken, clause.spoken)) {
      spoken += " ";
      length += 1;
    }
    for (const { start, end, spokenStart, spokenEnd } of clause.spans)
      spans.push({ start, end, spokenStart: spokenStart + length, spokenEnd: spokenEnd + length });
    spoken += clause.spoken;
    length += countCodePoints(clause.spoken);
  }
  const first = clauses[0]?.clause;
  const last = clauses.at(-1)?.clause;
  return { start: first?.start ?? 0, end: last?.end ?? 0, spoken, spans };
}

const endsWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef\s]$/u;
const beginsWide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef\s]/u;

function needsSpace(before: string, after: string): boolean {
  return before !== "" && after !== "" && !endsWide.test(before) && !beginsWide.test(after);
}
