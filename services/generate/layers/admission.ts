import type { Clock } from "../../../infra/clock/clock.ts";
import { createDoor } from "../../common/admission/door.ts";
import { createLimiter } from "../../common/admission/limiter.ts";
import type { ChatRequest, Layer } from "../chat.ts";

/** Options of createAdmission. */
export interface AdmissionOptions {
  /**
   * The objective for the 99th percentile of the time to first token, in milliseconds; if 0, `maxInFlight` is the only
   * limit.
   */
  readonly ttftSloMs: number;
  /** The maximum number of answers in flight per server. */
  readonly maxInFlight: number;
  /** The maximum number of answers that may wait for admission at once. */
  readonly maxQueued: number;
  /** The longest time that an answer may wait for admission. */
  readonly queueTimeoutMs: number;
  /** How many servers take work now; the limit applies to each of them. */
  readonly servers: () => number;
  readonly clock: Clock;
}

/** An admission controller: admits no more answers at once than can be written in time. */
export interface Admission {
  /**
   * Resolves once an answer is admitted. Throws OverloadedError if it is refused, or the signal's reason if aborted.
   */
  enter(request: ChatRequest, signal: AbortSignal): Promise<Admitted>;
  /** The current load. */
  load(): AdmissionLoad;
}

/** An answer that was admitted. */
export interface Admitted {
  /** How long the answer waited for admission, in milliseconds. */
  readonly queuedMs: number;
  /** Reports the answer's first token, of whatever kind: even a thought shows that the server keeps up. */
  spoke(): void;
  /** Reports that the answer has ended, in whatever way, so that the next one can be admitted. */
  leave(): void;
}

/** The load of an admission controller. */
export interface AdmissionLoad {
  /** The number of answers that are being written. */
  readonly inFlight: number;
  /** The number of answers that are waiting for admission. */
  readonly queued: number;
  /** How many answers may be written at once, over all servers. */
  readonly limit: number;
  /** The number of answers that were refused since the start. */
  readonly refused: number;
}

/**
 * The lowest limit on concurrent answers (enough for one or two people on the slowest engine), and the initial limit.
 */
const leastInFlight = 4;
const initialInFlight = 64;

/**
 * Makes the admission controller for an engine's servers. vLLM's own queue is unbounded and invisible, so requests wait
 * here instead, limited in number and time; a request that would wait in vain is refused at once.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { clock, ttftSloMs, maxInFlight: most, maxQueued, queueTimeoutMs, servers } = options;
  const limiter =
    ttftSloMs === 0
      ? undefined
      : createLimiter({ ttftSloMs, least: Math.min(leastInFlight, most), initial: initialInFlight, most });
  const serving = () => Math.max(1, servers());
  const limit = () => (limiter?.limit ?? most) * serving();
  const patienceMs = () => Math.min(queueTimeoutMs / 2, limiter ? limiter.targetMs / 4 : Number.POSITIVE_INFINITY);
  const door = createDoor({
    limit,
    maxQueued,
    maxQueuedSetting: "DUET_GENERATE_MAX_QUEUED",
    what: "answers are being written",
    patienceMs,
    queueTimeoutMs,
    clock,
  });

  return {
    async enter({ priority, whose, firstTokenTimeoutMs = Number.POSITIVE_INFINITY }, signal) {
      const askedAt = clock.now();
      const deadlineAt = askedAt + firstTokenTimeoutMs;
      const entered = await door.enter({ priority, deadlineAt, ...(whose && { whose }) }, signal);
      const startedAt = clock.now();
      const queuedMs = startedAt - askedAt;
      return {
        queuedMs,
        spoke() {
          const now = clock.now();
          entered.spoke();
          limiter?.sample(now, now - startedAt, door.load().inFlight / serving());
        },
        leave: entered.leave,
      };
    },
    load: () => ({ ...door.load(), limit: limit() }),
  };
}

/** Returns a layer that passes a request on once it is admitted. A request that is refused reaches no server. */
export function withAdmission(admission: Admission): Layer {
  return (chat) =>
    async function* chatAdmitted(request, signal) {
      const admitted = await admission.enter(request, signal);
      let silent = true;
      try {
        for await (const event of chat(request, signal)) {
          const hasBegun = event.type === "accepted" || event.type === "started";
          if (silent && !hasBegun && event.type !== "finished") {
            silent = false;
            admitted.spoke();
          }
          yield hasBegun ? { ...event, queuedMs: admitted.queuedMs } : event;
        }
      } finally {
        admitted.leave();
      }
    };
}
