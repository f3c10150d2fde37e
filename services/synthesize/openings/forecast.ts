import type { Clock } from "../../../infra/clock/clock.ts";
import { secondsPerWeight, spanWeight } from "../../../infra/text/weight.ts";
import { createPace } from "../schedule/workers/pace.ts";

/**
 * Predicts how many milliseconds after a text's admission its first words are heard if it has no opening. The
 * prediction is based on earlier texts and on the engine's current load.
 */
export interface Forecast {
  /** Records that a text was admitted; the returned object records the further course of that text. */
  begin(): Watched;
  /** The time from admission until the first words are heard, for a text that is admitted now and has no opening. */
  firstWordsMs(): number;
  /**
   * The time from when an opening has been written until the words after the opening could be heard, not counting the
   * time for which the opening itself is heard.
   */
  followMs(): number;
  /** The time from admission until enough text has been written for the first `seconds` of speech. */
  writtenMs(seconds: number): number;
}

/** A text that a forecast observes. */
export interface Watched {
  /** Records that `text`, the next piece of the text, was written. */
  wrote(text: string): void;
  /** Records that the first audio that an engine made for the text has arrived. */
  heard(): void;
  /** Records that an engine has made `seconds` of the text's speech in `engineMs`. */
  made(seconds: number, engineMs: number): void;
  /** Records that the text has ended. */
  end(): void;
}

/** Options of createForecast. */
export interface ForecastOptions {
  /** How many of our requests the engine is working on, and how many it accepts at once. */
  readonly load: () => { readonly busy: number; readonly slots: number };
  readonly clock: Clock;
}

/** The assumed duration of a first segment, in seconds: about six hanzi or four words. */
const firstSeconds = 1.4;
/** The weight of the newest value in the moving averages, 0 to 1. */
const newest = 0.1;

/** Makes a forecast. An engine without measurements is assumed to be fast, so that no opening is used needlessly. */
export function createForecast({ load, clock }: ForecastOptions): Forecast {
  const firstTextMs = createAverage(60);
  const writing = createAverage(90);
  const segmentMs = createAverage(0);
  const pace = createPace();
  /** The number of texts that are partly or completely written, but of which no speech has been heard. */
  let unheard = 0;

  function waitMs(): number {
    const { busy, slots } = load();
    if (busy < slots) return 0;
    // A text waits for the first segments of all texts ahead of it, plus on average half of a segment in progress.
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

/** A moving average of durations; it has the value `unknown` until the first duration is known. */
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
