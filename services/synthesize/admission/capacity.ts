import { usableShare } from "../../../infra/cost/cost.ts";

/**
 * How many texts an engine can speak at once without one of them being heard in pieces. Who listens needs a second of speech each second; an
 * engine makes so many as it has slots, divided by how long a slot takes for one. What it takes is what it took lately, the start of each request included,
 * and speech that was at hand, which took nothing.
 */
export interface Capacity {
  /** A segment of `audioSeconds` of speech took a slot for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number): void;
  /** How long a slot takes for a second of speech, in seconds. */
  readonly realTimeFactor: number;
  /** Whether that is what was seen, rather than what is usual. */
  readonly isKnown: boolean;
  /** How many texts can be spoken at once with so many slots; 0: not even one. */
  sessions(slots: number): number;
}

/** What a voice takes that is in use, until it is known; see schedule/workers/pace.ts. */
const usual = 0.1;
/** What was seen counts half after so much speech more: some two hundred segments. */
const halfSeconds = 600;
/** What is usual counts as much as so much speech: three segments. */
const usualSeconds = 12;

/** Makes it, of an engine of which nothing is known. */
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
