import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createDoor, type Door } from "../../common/admission/door.ts";
import { createCapacity } from "./capacity.ts";
import { createKeepingUp } from "./keeping-up.ts";

/**
 * Admits texts to an engine before any work is done for them: no more at once than the engine can speak without gaps.
 */
export interface SpeechAdmission extends Pick<Door, "enter"> {
  /** Learns that a segment of `audioSeconds` of speech occupied a slot for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number): void;
  report(): AdmissionReport;
}

/** The current state of an admission controller. */
export interface AdmissionReport {
  /** How many texts (sessions) are being spoken, how many are waiting, and how many were refused since the start. */
  readonly sessions: number;
  readonly queued: number;
  readonly refused: number;
  /** How many texts may be spoken at once. */
  readonly limit: number;
  /** The seconds that a slot needs for one second of speech; undefined until measured. */
  readonly realTimeFactor: number | undefined;
}

/** Options of createSpeechAdmission. */
export interface SpeechAdmissionOptions {
  /** The engine's name. */
  readonly name: string;
  /** How many requests the engine's workers currently accept at once. */
  readonly slots: () => number;
  /** A fixed limit on the texts spoken at once, instead of the engine's measured capacity. Default: that capacity. */
  readonly most?: number | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * How many texts may wait for admission, and for how long, in milliseconds: a caller who waits hears nothing yet, and
 * would notice a longer wait.
 */
const maxQueued = 64;
const queueTimeoutMs = 500;

/**
 * Makes the admission controller of an engine. However slow the engine is, one text is always admitted; if even a
 * single text would be heard with gaps, a warning is logged.
 */
export function createSpeechAdmission({ name, slots, most, log, clock }: SpeechAdmissionOptions): SpeechAdmission {
  const capacity = createCapacity();
  const keepingUp = createKeepingUp();
  let isTooSlow = false;
  const limit = () => most ?? Math.max(1, capacity.sessions(slots()));
  const door = createDoor({
    limit,
    maxQueued,
    maxQueuedSetting: "",
    what: "texts are being spoken",
    patienceMs: () => queueTimeoutMs / 2,
    queueTimeoutMs,
    clock,
  });

  function warn(): void {
    const before = isTooSlow;
    isTooSlow = keepingUp.isTooSlow;
    if (!isTooSlow || before) return;
    const { realTimeFactor } = keepingUp;
    log.warn(
      { engine: name, realTimeFactor: Number(realTimeFactor.toFixed(1)) },
      "the engine makes speech more slowly than it is played, so answers have gaps: use a faster GPU, compile the model, or start more servers",
    );
  }

  return {
    enter: door.enter,
    learn(engineSeconds, audioSeconds) {
      capacity.learn(engineSeconds, audioSeconds);
      keepingUp.learn(engineSeconds, audioSeconds, slots());
      warn();
    },
    report() {
      const { inFlight, queued, refused } = door.load();
      const { isKnown, realTimeFactor } = capacity;
      return {
        sessions: inFlight,
        queued,
        refused,
        limit: limit(),
        realTimeFactor: isKnown ? realTimeFactor : undefined,
      };
    },
  };
}
