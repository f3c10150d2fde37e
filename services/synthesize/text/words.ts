import { idle } from "../../../infra/stream/idle.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Clause, OpenClause } from "./segmenter/clause.ts";
import type { Segmenter } from "./segmenter/segmenter.ts";
import { after, isSpeakable, measure, type SpeakableClause, type SpokenOpen } from "./speakable.ts";
import type { SpokenForm } from "./spoken/spoken.ts";

/** A piece of a text that is being written: some text, a wish to hear all of it so far, or a pause of the writer. */
export type Written = { readonly text: string; readonly flush?: boolean } | "flush" | typeof idle;

/** What a piece of written text comes to. */
export interface Offer {
  /** Clauses that it completed, in order. */
  readonly clauses: readonly SpeakableClause[];
  /** Those of the clauses it completed that are named at most, not read, such as code. */
  readonly omitted: readonly Clause[];
  /** The clause that is being written after those; undefined if there is none. */
  readonly open: SpokenOpen | undefined;
  /** All clauses so far are to be spoken without waiting for more text. */
  readonly flush: boolean;
}

/** What a piece of written text was cut into. */
export interface Cut {
  /** Clauses that it completed, in order. */
  readonly clauses: readonly Clause[];
  /** The clause that is being written after those; undefined if there is none. */
  readonly open: OpenClause | undefined;
  /** All clauses so far are to be spoken without waiting for more text. */
  readonly flush: boolean;
}

/** Cuts written text into clauses and says how each is spoken. */
export function words(
  written: AsyncIterable<Written>,
  segmenter: Segmenter,
  spokenForm: SpokenForm,
): AsyncGenerator<Offer> {
  return word(cut(written, segmenter), spokenForm);
}

/** Cuts written text into clauses. */
export async function* cut(written: AsyncIterable<Written>, segmenter: Segmenter): AsyncGenerator<Cut> {
  const cutTo = (clauses: readonly Clause[], flush: boolean): Cut => ({ clauses, open: segmenter.open, flush });
  for await (const piece of written) {
    if (piece === "flush") yield cutTo(segmenter.flush(), true);
    else if (piece === idle) yield cutTo(segmenter.settle(), true);
    else if (piece.flush === true) yield cutTo([...segmenter.push(piece.text), ...segmenter.flush()], true);
    else yield cutTo(segmenter.push(piece.text), false);
  }
  yield cutTo(segmenter.flush(), false);
}

/**
 * Says how each clause of a text is spoken. One that has come to its mark is given at once, without the closing quotes and marks that may still follow:
 * they are not said.
 */
export async function* word(cuts: AsyncIterable<Cut>, spokenForm: SpokenForm): AsyncGenerator<Offer> {
  /** Up to where the text was given, in code points. */
  let given = 0;
  for await (const { clauses, open, flush } of cuts) {
    const spoken = clauses.map((clause) => spokenForm.speak(clause));
    const whole = after(
      spoken.filter(isSpeakable).map((clause) => measure(clause)),
      given,
    );
    const speak = spokenForm.ahead();
    const marked = open && upToMark(open);
    const early = marked !== undefined && marked.end > given ? [speak(marked)].filter(isSpeakable) : [];
    given = early[0]?.clause.end ?? given;
    yield {
      clauses: [...whole, ...early.map((clause) => measure(clause))],
      omitted: spoken.filter(({ omitted }) => omitted !== undefined).map(({ clause }) => clause),
      open: open && { ...open, from: Math.max(open.start, given), speak },
      flush,
    };
  }
}

/** What is written of a clause up to its mark; undefined before that is there. */
function upToMark({ start, text, borders, mark }: OpenClause): Clause | undefined {
  if (mark === undefined) return undefined;
  const marked = text.slice(0, mark);
  return {
    text: marked,
    start,
    end: start + countCodePoints(marked),
    borders: borders.filter(({ at }) => at < mark),
  };
}
