import { idle } from "../../../infra/stream/idle.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Clause, OpenClause } from "./segmenter/clause.ts";
import type { Segmenter } from "./segmenter/segmenter.ts";
import { after, isSpeakable, measure, type SpeakableClause, type SpokenOpen } from "./speakable.ts";
import type { SpokenForm } from "./spoken/spoken.ts";

/**
 * What the writer of a text sends: a piece of text; a request to speak everything so far (`flush`); or `idle` when the
 * writer has paused.
 */
export type Written = { readonly text: string; readonly flush?: boolean } | "flush" | typeof idle;

/** What can be spoken now that a further piece of written text has arrived. */
export interface Offer {
  /** The clauses that the piece completed, in order. */
  readonly clauses: readonly SpeakableClause[];
  /** The completed clauses that are not read aloud, but announced or left out, such as a code block. */
  readonly omitted: readonly Clause[];
  /** The clause that is still being written; undefined if nothing has been written after the completed clauses. */
  readonly open: SpokenOpen | undefined;
  /** Whether all clauses so far are to be spoken without waiting for more text. */
  readonly flush: boolean;
}

/** The clauses into which a piece of written text was cut. */
export interface Cut {
  /** The clauses that the piece completed, in order. */
  readonly clauses: readonly Clause[];
  /** The clause that is still being written; undefined if nothing has been written after the completed clauses. */
  readonly open: OpenClause | undefined;
  /** Whether all clauses so far are to be spoken without waiting for more text. */
  readonly flush: boolean;
}

/** Cuts written text into clauses, and converts each to spoken text. */
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
 * Converts each clause of a text to spoken text. A clause is passed on as soon as its final punctuation mark has
 * arrived, without the closing quotes and marks that may follow, as these are not spoken.
 */
export async function* word(cuts: AsyncIterable<Cut>, spokenForm: SpokenForm): AsyncGenerator<Offer> {
  /** The end, in code points of the text, of the last clause that was passed on as soon as its final mark arrived. */
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

/** The clause being written, up to its final punctuation mark; undefined while that mark has not arrived. */
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
