import type { Clock } from "../../../infra/clock/clock.ts";
import { createDoor } from "../../common/admission/door.ts";
import { createLimiter } from "../../common/admission/limiter.ts";
import type { ChatRequest, Layer } from "../chat.ts";

/** Options of createAdmission. */
export interface AdmissionOptions {
  /** What 99 of 100 first tokens are to keep; 0 leaves `maxInFlight` as the only limit. */
  readonly ttftSloMs: number;
  /** The most answers in flight at one server. */
  readonly maxInFlight: number;
  /** How many answers wait at most. */
  readonly maxQueued: number;
  /** How long one waits at most. */
  readonly queueTimeoutMs: number;
  /** How many servers take answers now: the limit holds for each. */
  readonly servers: () => number;
  readonly clock: Clock;
}

/** Lets answers be asked for, no more at once than can be written in time. */
export interface Admission {
  /** Resolves once an answer may be asked for, after a wait if need be. Throws OverloadedError, or the signal's reason. */
  enter(request: ChatRequest, signal: AbortSignal): Promise<Admitted>;
  /** What is going on at the gate. */
  load(): AdmissionLoad;
}

/** An answer that has been let in. */
export interface Admitted {
  /** How long it has waited, in milliseconds. */
  readonly queuedMs: number;
  /** Its first token has come, of whatever kind: what a model thinks is no sign of load. */
  spoke(): void;
  /** It has ended, in whichever way: the next may come in. */
  leave(): void;
}

/** What is going on at a gate. */
export interface AdmissionLoad {
  /** Answers being written. */
  readonly inFlight: number;
  /** Answers that wait. */
  readonly queued: number;
  /** How many may be written at once, all servers together. */
  readonly limit: number;
  /** Answers refused since the start. */
  readonly refused: number;
}

/** Before anything is known, and never fewer than: enough for a person or two at an engine that is slow by nature. */
const leastInFlight = 4;
const initialInFlight = 64;

/**
 * Makes the admission to servers: vLLM's own queue has no end and shows nothing. A request that has to wait does so here, bounded in number
 * and time; one that would wait in vain is told so at once.
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

/** Asks for an answer once it is admitted; a refusal reaches the caller before any server hears of the request. */
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
