import type { Clock } from "../../../infra/clock/clock.ts";
import { secondsPerWeight, spanWeight } from "../../../infra/text/weight.ts";
import { createPace } from "../schedule/workers/pace.ts";

/**
 * How long after its admission the first words of a text are heard that has no opening: an engine's own figures, from the texts before it and from
 * what it has to do now. Milliseconds.
 */
export interface Forecast {
  /** A text was admitted; tell what becomes of it. */
  begin(): Watched;
  /** When its first words would be heard, if a text were admitted now. */
  firstWordsMs(): number;
  /** How long after an opening was written the words behind it would be heard, if nothing had to be heard before them. */
  followMs(): number;
  /** How long after its admission the first `seconds` of a text's speech are written. */
  writtenMs(seconds: number): number;
}

/** A text, as a forecast sees it. */
export interface Watched {
  /** More of it was written. */
  wrote(text: string): void;
  /** The first sound that an engine made for it has come. */
  heard(): void;
  /** An engine has made `seconds` of its speech, in so long a time. */
  made(seconds: number, engineMs: number): void;
  /** It is over. */
  end(): void;
}

/** Options of createForecast. */
export interface ForecastOptions {
  /** Requests that the engine has of ours, and how many it takes at once. */
  readonly load: () => { readonly busy: number; readonly slots: number };
  readonly clock: Clock;
}

/** What a first segment holds, in seconds of speech: eight hanzi or four words, up to the next place where it may end. */
const firstSeconds = 1.4;
/** The share of the newest in the averages. */
const newest = 0.1;

/** Makes it. Of an engine of which nothing is known it says what a fast one does, so that nobody is asked to wait for nothing. */
export function createForecast({ load, clock }: ForecastOptions): Forecast {
  const firstTextMs = createAverage(60);
  const writing = createAverage(90);
  const segmentMs = createAverage(0);
  const pace = createPace();
  /** Texts of which something was written, and nothing was heard. */
  let unheard = 0;

  function waitMs(): number {
    const { busy, slots } = load();
    if (busy < slots) return 0;
    // Whoever is before it, and on average half of what is being made.
    return (segmentMs.value * (unheard + 0.5)) / Math.max(1, slots);
  }

  const followMs = () => writing.value + waitMs() + pace.workMs(firstSeconds);

  return {
    begin() {
      const admittedAt = clock.now();
      let firstTextAt: number | undefined;
      let weight = 0;
      let isHeard = false;
      const hear = () => {
        if (firstTextAt !== undefined && !isHeard) unheard--;
        isHeard = true;
      };
      return {
        wrote(text) {
          const now = clock.now();
          if (firstTextAt === undefined) {
            firstTextMs.learn(now - admittedAt);
            firstTextAt = now;
            if (!isHeard) unheard++;
          }
          if (weight * secondsPerWeight >= firstSeconds) return;
          weight += spanWeight(text);
          if (weight * secondsPerWeight >= firstSeconds) writing.learn(now - firstTextAt);
        },
        heard: hear,
        made(seconds, engineMs) {
          if (seconds <= 0 || engineMs <= 0) return;
          pace.learn(seconds, engineMs);
          segmentMs.learn(engineMs);
        },
        end: hear,
      };
    },
    firstWordsMs: () => firstTextMs.value + followMs(),
    followMs,
    writtenMs: (seconds) => firstTextMs.value + (writing.value * seconds) / firstSeconds,
  };
}

/** A moving average of durations, from what it is taken for until the first is known. */
function createAverage(unknown: number) {
  let count = 0;
  let value = unknown;
  return {
    get value() {
      return value;
    },
    learn(sample: number) {
      count++;
      value += Math.max(newest, 1 / count) * (sample - value);
    },
  };
}
