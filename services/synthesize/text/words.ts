import { idle } from "../../../infra/stream/idle.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Work } from "../schedule/segment.ts";
import { estimateSeconds } from "./duration.ts";
import type { Clause } from "./segmenter/clause.ts";
import type { Segmenter } from "./segmenter/segmenter.ts";
import type { SpokenForm } from "./spoken/spoken.ts";
import type { SpokenClause } from "./spoken/spoken-clause.ts";

/** A piece of a text that is being written: some text, a wish to hear all of it so far, or a pause of the writer. */
export type Written = { readonly text: string } | "flush" | typeof idle;

/** A clause that can be spoken, with what the schedule must know of it. */
export interface SpeakableClause extends SpokenClause, Work {}

/** What a piece of written text comes to. */
export interface Offer {
  /** Clauses that it completed, in order. */
  readonly clauses: readonly SpeakableClause[];
  /** Those of the clauses it completed that are named at most, not read, such as code. */
  readonly omitted: readonly Clause[];
  /** All clauses so far are to be spoken without waiting for more text. */
  readonly flush: boolean;
}

const speakable = /[\p{L}\p{N}]/u;

/** What a piece of written text was cut into. */
export interface Cut {
  /** Clauses that it completed, in order. */
  readonly clauses: readonly Clause[];
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
  for await (const piece of written) {
    if (piece === "flush") yield { clauses: segmenter.flush(), flush: true };
    else if (piece === idle) yield { clauses: segmenter.settle(), flush: true };
    else yield { clauses: segmenter.push(piece.text), flush: false };
  }
  yield { clauses: segmenter.flush(), flush: false };
}

/** Says how each clause of a text is spoken. */
export async function* word(cuts: AsyncIterable<Cut>, spokenForm: SpokenForm): AsyncGenerator<Offer> {
  for await (const { clauses, flush } of cuts) {
    const spoken = clauses.map((clause) => spokenForm.speak(clause));
    yield {
      clauses: spoken.filter((clause) => speakable.test(clause.spoken)).map(measure),
      omitted: spoken.filter(({ omitted }) => omitted !== undefined).map(({ clause }) => clause),
      flush,
    };
  }
}

function measure(clause: SpokenClause): SpeakableClause {
  return { ...clause, seconds: estimateSeconds(clause.spoken), characters: countCodePoints(clause.clause.text) };
}
