import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Work } from "../schedule/segment.ts";
import type { Border, BorderKind, Unfinished } from "../schedule/sizes/border.ts";
import { estimateSeconds } from "./duration.ts";
import { partSpoken } from "./part.ts";
import type { Clause, OpenClause } from "./segmenter/clause.ts";
import type { SpokenClause } from "./spoken/spoken-clause.ts";

/** A clause that can be spoken, or a part of one, with what the schedule must know of it. */
export interface SpeakableClause extends SpokenClause, Work {}

/** The clause that is being written, and how as much of it as there is would be spoken. */
export interface SpokenOpen extends OpenClause {
  /** Up to where it has been spoken by somebody else, in code points of the written text; its start if it has not been. */
  readonly from: number;
  speak(clause: Clause): SpokenClause;
}

const audible = /[\p{L}\p{N}]/u;

/** Whether there is anything to speak. */
export const isSpeakable = ({ spoken }: SpokenClause): boolean => audible.test(spoken);

/** Says what the schedule must know of a clause. `ends`: where it is not at a mark. */
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

/** Parts a clause at one of its borders; undefined where its words cannot be parted. */
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

/** What of some clauses stands after a place of the written text, in code points, before which all has been spoken. */
export function after(clauses: readonly SpeakableClause[], place: number): readonly SpeakableClause[] {
  return clauses.flatMap((clause) => {
    if (clause.clause.start >= place) return [clause];
    const rest = clause.clause.end > place ? partSpoken(clause, place)?.[1] : undefined;
    return rest !== undefined && isSpeakable(rest) ? [measure(rest, clause.ends)] : [];
  });
}

/**
 * What the schedule may take of the clause that is being written, from a place of the text on, before which all has been spoken. `taken` is told
 * up to which place it did, and what.
 */
export function unfinished(
  open: SpokenOpen,
  from: number,
  taken: (place: number, head: SpeakableClause) => void,
): Unfinished<SpeakableClause> {
  const { start, text, speak } = open;
  const spoken = toUnits(text, from - start);
  const plainEnd = plain.exec(text)?.[0].length ?? 0;
  const places = open.borders.filter(({ at }) => at > spoken && at <= plainEnd);
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
      const measured = measure(head, place.strength);
      taken(upTo, measured);
      return { head: measured, rest: unfinished(open, upTo, taken) };
    },
  };
}

/**
 * What is said as it is written, whatever follows. How a figure or a sign is said may depend on words that are not there yet, such as those that tell the
 * language of the clause.
 */
const plain = /^[\p{L}\p{M}\s,，、'’-]*/u;

/** UTF-16 code units of the first code points of a text. */
const toUnits = (text: string, codePoints: number): number =>
  codePoints <= 0 ? 0 : [...text].slice(0, codePoints).join("").length;

function bordersOf(text: string, places: readonly { at: number; strength: BorderKind }[]): readonly Border[] {
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
