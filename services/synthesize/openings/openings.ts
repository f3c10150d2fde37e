/**
 * Openings are short texts, such as `Good question.`, with which the writer of an answer may be asked to begin. Their
 * speech is cached, so they are heard as soon as they are written. They carry no information and delay what follows. So
 * an opening is worthwhile only if the answer would be late without one. Whether it would be late is estimated for each
 * text, before the writer is asked for an opening.
 */
import type { Prewarm } from "../lanes/prewarm.ts";
import type { Speech } from "../speak/speech.ts";
import type { Written } from "../text/words.ts";
import { secondsAtHand, type ToBeSpoken } from "./at-hand.ts";
import { openWith } from "./border.ts";
import { isWorthIt } from "./worth.ts";

/** A text that is about to be written and spoken. */
export interface Planned extends ToBeSpoken {
  /** Openings with which the text's writer may be asked to begin; the list may be empty. */
  readonly offered: readonly string[];
  /** What determines, apart from the text itself, how the text is converted to spoken words. */
  readonly said: { readonly language: string; readonly questionLanguage: string; readonly lexicon: string };
}

/** The openings with which a text may begin. `open` and `watch` mark the opening in the text and in its speech. */
export interface Beginning {
  /** The openings that are worthwhile, in the offered order. */
  readonly openings: readonly string[];
  /** Returns the text with a flush after its opening, if it has one, so that the opening is spoken at once. */
  open(written: AsyncIterable<Written>): AsyncIterable<Written>;
  /** Returns the speech, with the opening's segment marked as an opening. Read the result to its end, or close it. */
  watch(speech: AsyncIterable<Speech>): AsyncGenerator<Speech>;
}

/** Decides with which openings (first phrases whose speech is cached) the writer of a text may begin. */
export interface Openings {
  /** Chooses openings for a text; those that are not cached are prepared for later texts. Takes a few ms at most. */
  begin(planned: Planned): Promise<Beginning>;
}

/** Options of createOpenings. */
export interface OpeningsOptions {
  /**
   * Openings are offered only if the first words would otherwise be heard later than this, in milliseconds. With 0,
   * neither that wait nor the delay that an opening causes is considered.
   */
  readonly fromMs: number;
  /** Prepares the speech of openings that are not cached. Default: it is not prepared. */
  readonly prewarm?: Pick<Prewarm, "add"> | undefined;
}

/** Creates an `Openings`, which chooses the openings of texts. */
export function createOpenings({ fromMs, prewarm }: OpeningsOptions): Openings {
  async function choose({ offered, role, said, ...planned }: Planned): Promise<readonly string[]> {
    const { kept, forecast } = role.lane;
    if (kept === undefined || offered.length === 0) return [];
    const look = async (text: string) => [text, await secondsAtHand(text, { ...planned, role, kept })] as const;
    const lengths = await Promise.all(offered.map(look));
    const missing = lengths.filter(([, seconds]) => seconds === "missing");
    prewarm?.add(...missing.map(([text]) => ({ text, voice: role.name, ...said })));
    return lengths
      .filter(([, seconds]) => typeof seconds === "number" && isWorthIt(seconds, forecast, fromMs))
      .map(([text]) => text);
  }

  return {
    async begin(planned) {
      const openings = await choose(planned);
      const { lane } = planned.role;
      const text = lane.forecast.begin();
      let openingEnd = () => undefined as number | undefined;
      return {
        openings,
        open(written) {
          const opened = openWith(written, openings);
          openingEnd = opened.end;
          return tell(opened.written, text.wrote);
        },
        async *watch(speech) {
          let source: string | undefined;
          try {
            for await (const event of speech) {
              if (event.kind === "segment") source = event.source;
              if (event.kind === "audio" && source === "engine") text.heard();
              if (event.kind === "done") text.made(event.sampleCount / lane.sampleRateHertz, event.engineMs);
              const isOpening = event.kind === "segment" && event.source === "cache" && event.index === 0;
              if (isOpening && event.segment.end === openingEnd()) yield { ...event, source: "opener" };
              else yield event;
            }
          } finally {
            text.end();
          }
        },
      };
    },
  };
}

/** Passes a text on unchanged, and calls `wrote` with each piece that is written. */
async function* tell(written: AsyncIterable<Written>, wrote: (text: string) => void): AsyncGenerator<Written> {
  for await (const piece of written) {
    if (typeof piece === "object" && "text" in piece) wrote(piece.text);
    yield piece;
  }
}
