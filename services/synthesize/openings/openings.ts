/**
 * Short texts that an answer may be asked to begin with, such as `Good question.`: their speech is at hand, so they are heard as soon as they are
 * written. They say nothing, and what comes after them is heard after them. So one is worth it only where an answer would be late without it:
 * what it would cost is looked at for each text anew, before anybody is asked for it.
 */
import type { Prewarm } from "../lanes/prewarm.ts";
import type { Speech } from "../speak/speech.ts";
import type { Written } from "../text/words.ts";
import { secondsAtHand, type ToBeSpoken } from "./at-hand.ts";
import { openWith } from "./border.ts";
import { isWorthIt } from "./worth.ts";

/** A text that is about to be written and spoken. */
export interface Planned extends ToBeSpoken {
  /** Openings that its writer may be asked for. None: it is asked for none. */
  readonly offered: readonly string[];
  /** What makes the same words of the same text. */
  readonly said: { readonly language: string; readonly questionLanguage: string; readonly lexicon: string };
}

/** How a text begins. */
export interface Beginning {
  /** The openings that are worth it, in the order in which they were offered. */
  readonly openings: readonly string[];
  /** Its text, in which an opening is spoken as soon as it is whole. */
  open(written: AsyncIterable<Written>): AsyncIterable<Written>;
  /** Its speech, in which a segment that is its opening says so. To be read to its end, or left. */
  watch(speech: AsyncIterable<Speech>): AsyncGenerator<Speech>;
}

/** Chooses openings. */
export interface Openings {
  /** Has those that are not at hand made, for the next text. Takes a few milliseconds at most. */
  begin(planned: Planned): Promise<Beginning>;
}

/** Options of createOpenings. */
export interface OpeningsOptions {
  /** An opening is worth it where first words would be heard later than this, in milliseconds; 0: always, whatever it holds up. */
  readonly fromMs: number;
  /** Makes what is not at hand. Default: nothing does. */
  readonly prewarm?: Pick<Prewarm, "add"> | undefined;
}

/** Makes it. */
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

/** Passes a text on, and tells what is written of it. */
async function* tell(written: AsyncIterable<Written>, wrote: (text: string) => void): AsyncGenerator<Written> {
  for await (const piece of written) {
    if (typeof piece === "object" && "text" in piece) wrote(piece.text);
    yield piece;
  }
}
