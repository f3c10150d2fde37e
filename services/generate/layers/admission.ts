import type { Clock } from "../../../infra/clock/clock.ts";
import { type Applicant, createGate, type Refusal } from "../../common/admission/gate.ts";
import { createLimiter } from "../../common/admission/limiter.ts";
import { OverloadedError } from "../../common/errors/request-error.ts";
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

interface RequestAtGate extends Applicant {
  admit(): void;
  refuse(refusal: Refusal): void;
}

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
  const gate = createGate<RequestAtGate>({
    limit,
    maxQueued,
    maxQueuedSetting: "DUET_GENERATE_MAX_QUEUED",
    patienceMs,
    queueTimeoutMs,
  });
  let cancelWake = () => {};
  let refusals = 0;

  const move = () => {
    for (const { applicant, refusal } of gate.takeRefused(clock.now())) applicant.refuse(refusal);
    for (const applicant of gate.takeAdmitted(clock.now())) applicant.admit();
    cancelWake();
    const { wakeAt } = gate;
    cancelWake = wakeAt === undefined ? () => {} : clock.after(Math.max(0, wakeAt - clock.now()), move);
  };

  /** Resolves once it may come in; throws OverloadedError, or the signal's reason. */
  async function pass({ priority, firstTokenTimeoutMs }: ChatRequest, signal: AbortSignal): Promise<RequestAtGate> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const applicant: RequestAtGate = {
      priority,
      deadlineAt: clock.now() + (firstTokenTimeoutMs ?? Number.POSITIVE_INFINITY),
      admit: resolve,
      refuse: (refusal) => reject(overloaded(refusal)),
    };
    const verdict = gate.offer(applicant, clock.now());
    if (verdict === "admitted") return applicant;
    if (verdict !== "waiting") throw overloaded(verdict);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    move();
    try {
      await promise;
      return applicant;
    } catch (error) {
      gate.leave(applicant, clock.now());
      throw error;
    } finally {
      signal.removeEventListener("abort", onAbort);
      move();
    }
  }

  function overloaded({ reason, retryDelayMs }: Refusal): OverloadedError {
    refusals++;
    return new OverloadedError(`too much to do: ${reason}`, retryDelayMs);
  }

  return {
    async enter(request, signal) {
      const askedAt = clock.now();
      const applicant = await pass(request, signal);
      const startedAt = clock.now();
      const queuedMs = startedAt - askedAt;
      return {
        queuedMs,
        spoke() {
          const now = clock.now();
          gate.spoke(applicant, now);
          limiter?.sample(now, now - startedAt, gate.load.inFlight / serving());
        },
        leave() {
          gate.leave(applicant, clock.now());
          move();
        },
      };
    },
    load: () => ({ ...gate.load, limit: limit(), refused: refusals }),
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
          if (silent && event.type !== "started" && event.type !== "finished") {
            silent = false;
            admitted.spoke();
          }
          yield event.type === "started" ? { ...event, queuedMs: admitted.queuedMs } : event;
        }
      } finally {
        admitted.leave();
      }
    };
}
