import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Work } from "../schedule/segment.ts";
import type { Border, BorderKind, Unfinished } from "../schedule/sizes/border.ts";
import { estimateSeconds } from "./duration.ts";
import { partSpoken } from "./part.ts";
import type { Clause, OpenClause } from "./segmenter/clause.ts";
import type { SpokenClause } from "./spoken/spoken-clause.ts";

/** A speakable clause, or a part of one, with what the schedule needs to know about it. */
export interface SpeakableClause extends SpokenClause, Work {}

/** The clause that is still being written, and how its text so far would be spoken. */
export interface SpokenOpen extends OpenClause {
  /**
   * The position up to which the clause's text has already been passed on, in code points of the written text; the
   * clause's start if none of its text has been.
   */
  readonly from: number;
  speak(clause: Clause): SpokenClause;
}

const audible = /[\p{L}\p{N}]/u;

/** Whether a clause contains anything that can be heard when it is spoken. */
export const isSpeakable = ({ spoken }: SpokenClause): boolean => audible.test(spoken);

/**
 * Adds to a clause what the schedule needs to know. `ends`: the kind of border at its end, if that is not a punctuation
 * mark.
 */
export function measure(clause: SpokenClause, ends?: BorderKind): SpeakableClause {
  const { text, borders } = clause.clause;
  return {
    ...clause,
    seconds: estimateSeconds(clause.spoken),
    characters: countCodePoints(text),
    borders: bordersOf(text, borders),
    ...(ends !== undefined && { ends }),
  };
}

/** Divides a clause at one of its borders; undefined if its words cannot be divided there. */
export function partClause(
  clause: SpeakableClause,
  border: number,
): readonly [SpeakableClause, SpeakableClause] | undefined {
  const { start, text, borders } = clause.clause;
  const place = borders[border];
  if (place === undefined) return undefined;
  const parts = partSpoken(clause, start + countCodePoints(text.slice(0, place.at)));
  if (parts === undefined || !parts.every(isSpeakable)) return undefined;
  return [measure(parts[0], place.strength), measure(parts[1], clause.ends)];
}

/**
 * The clauses, and the rest of a divided clause, that come after `place`: the position in the written text, in code
 * points, up to which everything has been spoken.
 */
export function after(clauses: readonly SpeakableClause[], place: number): readonly SpeakableClause[] {
  return clauses.flatMap((clause) => {
    if (clause.clause.start >= place) return [clause];
    const rest = clause.clause.end > place ? partSpoken(clause, place)?.[1] : undefined;
    return rest !== undefined && isSpeakable(rest) ? [measure(rest, clause.ends)] : [];
  });
}

/**
 * Describes to the schedule the clause that is still being written; the part before position `from` has been taken.
 * `taken` is called whenever the schedule takes a further part: with the position where this part ends, and the part.
 */
export function unfinished(
  open: SpokenOpen,
  from: number,
  taken: (place: number, head: SpeakableClause) => void,
): Unfinished<SpeakableClause> {
  const { start, text, speak } = open;
  const spoken = toUnits(text, from - start);
  const plainEnd = plain.exec(text)?.[0].length ?? 0;
  const places: Place[] = open.borders.filter(({ at }) => at > spoken && at <= plainEnd);
  if (text.length > spoken && justMarked.test(text)) places.push({ at: text.length, strength: "mark" });
  const rest = text.slice(spoken);
  return {
    seconds: estimateSeconds(rest),
    borders: bordersOf(
      text.slice(spoken),
      places.map((place) => ({ ...place, at: place.at - spoken })),
    ),
    part(border) {
      const place = places[border];
      if (place === undefined) return undefined;
      const end = start + countCodePoints(text);
      const whole = speak({ text, start, end, borders: open.borders });
      const left = from > start ? partSpoken(whole, from)?.[1] : whole;
      const upTo = start + countCodePoints(text.slice(0, place.at));
      const head = left && (upTo < end ? partSpoken(left, upTo)?.[0] : left);
      if (head === undefined || !isSpeakable(head)) return undefined;
      const measured = measure(head, place.strength === "mark" ? undefined : place.strength);
      taken(upTo, measured);
      return { head: measured, rest: unfinished(open, upTo, taken) };
    },
  };
}

/**
 * Matches the longest beginning of a text that is spoken as written, whatever text follows. It ends before a number or
 * symbol, whose spoken form may depend on later words, such as those that reveal the clause's language.
 */
const plain = /^[\p{L}\p{M}\s,，、'’-]*/u;

/**
 * Matches words that end with `,`, `!`, `?` or `;`. The segmenter waits for the next character, since it may be a
 * closing quote. But a closing quote is silent, so speech need not wait for it.
 */
const justMarked = /^(?:[\p{L}\p{M},，、’-]|\s(?!')|(?<!^)')*\p{L}[,!?;]$/u;

/** The length of the first `codePoints` code points of a text, in UTF-16 code units. */
const toUnits = (text: string, codePoints: number): number =>
  codePoints <= 0 ? 0 : [...text].slice(0, codePoints).join("").length;

/** A place where a clause may be divided; `at` is a position as in `SoftBorder`. */
interface Place {
  readonly at: number;
  readonly strength: BorderKind;
}

function bordersOf(text: string, places: readonly Place[]): readonly Border[] {
  let seconds = 0;
  let characters = 0;
  let from = 0;
  return places.map(({ at, strength }) => {
    const piece = text.slice(from, at);
    seconds += estimateSeconds(piece);
    characters += countCodePoints(piece);
    from = at;
    return { kind: strength, seconds, characters };
  });
}
