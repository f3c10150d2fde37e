import type { Clock } from "../../../infra/clock/clock.ts";
import { type Asking, createGate, type Refusal } from "../../common/admission/gate.ts";
import { createLimiter } from "../../common/admission/limiter.ts";
import { OverloadedError } from "../../common/errors/request-error.ts";
import type { ChatEngine, ChatRequest } from "../chat.ts";

/** Options of admit. */
export interface AdmissionOptions {
  /** What 99 of 100 first tokens are to keep; 0 leaves `maxInFlight` as the only limit. */
  readonly ttftSloMs: number;
  /** The most answers in flight at one server. */
  readonly maxInFlight: number;
  /** How many answers wait for a place at most. */
  readonly maxQueued: number;
  /** How long one waits at most. */
  readonly queueTimeoutMs: number;
  /** How many servers take answers now: each has the limit's number of places. */
  readonly servers: () => number;
  readonly clock: Clock;
}

/** An engine behind a gate. */
export interface AdmittingEngine extends ChatEngine {
  /** What is going on at the gate. */
  admission(): AdmissionLoad;
}

/** What is going on at a gate. */
export interface AdmissionLoad {
  /** Answers being written. */
  readonly inFlight: number;
  /** Answers that wait for a place. */
  readonly queued: number;
  /** How many may be written at once, all servers together. */
  readonly limit: number;
  /** Answers refused since the start. */
  readonly refused: number;
}

/** Before anything is known, and never fewer than: enough for a person or two at an engine that is slow by nature. */
const leastInFlight = 4;
const initialInFlight = 64;

interface Waiting extends Asking {
  admit(): void;
  refuse(refusal: Refusal): void;
}

/**
 * The same engine, asked no more at once than it can serve in time: vLLM's own queue has no end and shows nothing. Who has to wait
 * waits here, bounded in number and time; who would wait in vain is told so at once, with OverloadedError, before the engine hears of him.
 */
export function admit(engine: ChatEngine, options: AdmissionOptions): AdmittingEngine {
  const { clock, ttftSloMs, maxInFlight: most, servers, ...queueing } = options;
  const limiter =
    ttftSloMs === 0
      ? undefined
      : createLimiter({ ttftSloMs, least: Math.min(leastInFlight, most), initial: initialInFlight, most });
  const perServer = () => limiter?.limit ?? most;
  const limit = () => perServer() * Math.max(1, servers());
  const patienceMs = () =>
    Math.min(queueing.queueTimeoutMs / 2, limiter ? limiter.targetMs / 4 : Number.POSITIVE_INFINITY);
  const gate = createGate<Waiting>({ ...queueing, limit, patienceMs });
  let cancelWake = () => {};
  let refusals = 0;

  const move = () => {
    for (const { asking, refusal } of gate.takeRefused(clock.now())) asking.refuse(refusal);
    for (const asking of gate.takeAdmitted(clock.now())) asking.admit();
    cancelWake();
    const { wakeAt } = gate;
    cancelWake = wakeAt === undefined ? () => {} : clock.after(Math.max(0, wakeAt - clock.now()), move);
  };

  /** Resolves with a place; throws OverloadedError, or the signal's reason. */
  async function enter(request: ChatRequest, signal: AbortSignal): Promise<Waiting> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const asking: Waiting = {
      priority: request.priority,
      deadlineAt: clock.now() + (request.firstTokenTimeoutMs ?? Number.POSITIVE_INFINITY),
      admit: resolve,
      refuse: (refusal) => reject(overloaded(refusal)),
    };
    const verdict = gate.offer(asking, clock.now());
    if (verdict === "admitted") return asking;
    if (verdict !== "waiting") throw overloaded(verdict);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    move();
    try {
      await promise;
      return asking;
    } catch (error) {
      gate.leave(asking, clock.now());
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
    ...engine,
    async *chat(request, signal) {
      const place = await enter(request, signal);
      const startedAt = clock.now();
      let silent = true;
      try {
        for await (const event of engine.chat(request, signal)) {
          if (silent && event.type === "delta") {
            silent = false;
            const now = clock.now();
            gate.spoke(place, now);
            limiter?.sample(now, now - startedAt, gate.load.inFlight / Math.max(1, servers()));
          }
          yield event;
        }
      } finally {
        gate.leave(place, clock.now());
        move();
      }
    },
    admission: () => ({ ...gate.load, limit: limit(), refused: refusals }),
  };
}
