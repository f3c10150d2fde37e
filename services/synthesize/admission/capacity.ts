import { usableShare } from "../../../infra/cost/cost.ts";

/**
 * How many texts an engine can speak at once without gaps in any of them. Each listener needs one second of speech per
 * second. What the engine makes per second is its number of slots divided by the time that a slot needs for one second
 * of speech. That time is a recent average, which includes the start of each request, and cached speech, which takes no
 * time.
 */
export interface Capacity {
  /** Learns that a segment of `audioSeconds` of speech occupied a slot for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number): void;
  /** The seconds that a slot needs for one second of speech. */
  readonly realTimeFactor: number;
  /** Whether the real-time factor was measured; otherwise it is only assumed. */
  readonly isKnown: boolean;
  /** How many texts can be spoken at once with a number of slots; 0: not even one. */
  sessions(slots: number): number;
}

/** The real-time factor (work per second of speech) assumed until it is measured; see schedule/workers/pace.ts. */
const usual = 0.1;
/** A measurement loses half its weight after this many more seconds of speech, which are some 200 segments. */
const halfSeconds = 600;
/** The assumed factor (`usual`) weighs as much as measurements over this many seconds of speech, or three segments. */
const usualSeconds = 12;

/** Makes a Capacity for an engine that has not been measured yet. */
export function createCapacity(): Capacity {
  let engine = usual * usualSeconds;
  let audio = usualSeconds;
  let seen = 0;
  return {
    learn(engineSeconds, audioSeconds) {
      if (audioSeconds <= 0) return;
      const left = 0.5 ** (audioSeconds / halfSeconds);
      engine = engine * left + engineSeconds;
      audio = audio * left + audioSeconds;
      seen += audioSeconds;
    },
    get realTimeFactor() {
      return engine / audio;
    },
    get isKnown() {
      return seen >= usualSeconds;
    },
    sessions: (slots) => Math.floor((usableShare * slots * audio) / Math.max(engine, 1e-6)),
  };
}
