import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Clause } from "./segmenter/clause.ts";
import type { Span, SpokenClause } from "./spoken/spoken-clause.ts";

/**
 * Divides a clause and its spoken form at code point `at` of the written text; together the two parts have all the
 * words of the whole. Undefined if `at` is inside text that is spoken as a unit, such as a number.
 */
export function partSpoken(whole: SpokenClause, at: number): readonly [SpokenClause, SpokenClause] | undefined {
  const { clause, spoken, spans } = whole;
  const first: Span[] = [];
  const rest: Span[] = [];
  /** Where `spoken` is divided, in code points. */
  let place = 0;
  for (const span of spans) {
    const { start, end, spokenStart, spokenEnd } = span;
    if (end <= at) first.push(span);
    else if (start >= at) rest.push(span);
    else if (spokenEnd - spokenStart === end - start) {
      const middle = spokenStart + at - start;
      first.push({ start, end: at, spokenStart, spokenEnd: middle });
      rest.push({ start: at, end, spokenStart: middle, spokenEnd });
    } else if (spokenStart === spokenEnd) first.push(span);
    else return undefined;
    place = first.at(-1)?.spokenEnd ?? 0;
  }
  const points = [...spoken];
  const [left, right] = partWritten(clause, at);
  const partOf = (part: Clause, from: number, to: number, own: readonly Span[]): SpokenClause => ({
    ...whole,
    clause: part,
    ...trimmed(points.slice(from, to), from, own),
  });
  return [partOf(left, 0, place, first), partOf(right, place, points.length, rest)];
}

/** Divides a clause's written text into two clauses at `at`, a position in the whole text in code points. */
function partWritten({ text, start, end, borders }: Clause, at: number): readonly [Clause, Clause] {
  const points = [...text];
  const first = points.slice(0, at - start).join("");
  const rest = points.slice(at - start).join("");
  return [
    { text: first, start, end: at, borders: borders.filter((border) => border.at < first.length) },
    {
      text: rest,
      start: at,
      end,
      borders: borders
        .filter((border) => border.at > first.length)
        .map((border) => ({ ...border, at: border.at - first.length })),
    },
  ];
}

/** Matches what is dropped from the start of a clause's part: white space, and commas that end the part before it. */
const before = /^[\s,，、]+/;

/**
 * Trims one part of a spoken text: removes what `before` matches at its start, and trailing white space, and shifts the
 * spans accordingly. `from` is the offset of `points`, the part, in the whole spoken text.
 */
function trimmed(
  points: readonly string[],
  from: number,
  spans: readonly Span[],
): Pick<SpokenClause, "spoken" | "spans"> {
  const text = points.join("");
  const said = text.replace(before, "");
  const lead = countCodePoints(text) - countCodePoints(said);
  const spoken = said.trimEnd();
  const length = countCodePoints(spoken);
  const within = (place: number) => Math.min(length, Math.max(0, place - from - lead));
  return {
    spoken,
    spans: spans.map((span) => ({
      ...span,
      spokenStart: within(span.spokenStart),
      spokenEnd: within(span.spokenEnd),
    })),
  };
}
