import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import { createDoor, type Door } from "../../common/admission/door.ts";
import { createCapacity } from "./capacity.ts";
import { createKeepingUp } from "./keeping-up.ts";

/** Lets texts be spoken by an engine, no more at once than can be heard as they are spoken: before anything is spent on one. */
export interface SpeechAdmission extends Pick<Door, "enter"> {
  /** A segment of `audioSeconds` of speech took a slot for `engineSeconds`. */
  learn(engineSeconds: number, audioSeconds: number): void;
  report(): AdmissionReport;
}

/** What is known of an admission now. */
export interface AdmissionReport {
  /** Texts that are being spoken, those that wait to be, and those that were refused since the start. */
  readonly sessions: number;
  readonly queued: number;
  readonly refused: number;
  /** How many may be spoken at once. */
  readonly limit: number;
  /** How long a slot of the engine takes for a second of speech, in seconds; undefined until it is known. */
  readonly realTimeFactor: number | undefined;
}

/** Options of createSpeechAdmission. */
export interface SpeechAdmissionOptions {
  /** What the engine is called. */
  readonly name: string;
  /** How many requests its workers take at once now. */
  readonly slots: () => number;
  /** How many texts may be spoken at once, whatever the engine carries. Default: what it carries. */
  readonly most?: number | undefined;
  readonly log: Log;
  readonly clock: Clock;
}

/** The most that wait for a place, and for how long: whoever waits has not been heard, so what is longer is felt. */
const maxQueued = 64;
const queueTimeoutMs = 500;

/** Makes it. One text at a time may always be spoken, however slow the engine; the log says so where not even that is heard as it is spoken. */
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
      "the engine speaks more slowly than one listener hears: answers are heard in pieces. Take a faster card, compile the model, or start more servers",
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
