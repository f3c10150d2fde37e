import type { Clock } from "../../../infra/clock/clock.ts";
import { OverloadedError } from "../errors/request-error.ts";
import { type Applicant, createGate, type GateOptions } from "./gate.ts";
import type { Refusal } from "./refusal.ts";

/** Makes callers wait until a gate (gate.ts) admits or refuses them; adds a timer and promises to that gate. */
export interface Door {
  /**
   * Resolves once the request is admitted. Throws OverloadedError if it is refused, or the signal's reason on abort.
   */
  enter(applicant: Applicant, signal: AbortSignal): Promise<Entered>;
  /** The current load. */
  load(): DoorLoad;
}

/** A request that was admitted. */
export interface Entered {
  /** To be called when the first output of the admitted work arrives. */
  spoke(): void;
  /** To be called when the work has ended, in whatever way, so that the next applicant can be admitted. */
  leave(): void;
}

/** The numbers of requests that are in flight, queued, and refused. */
export interface DoorLoad {
  readonly inFlight: number;
  readonly queued: number;
  /** How many requests have been refused since the start. */
  readonly refused: number;
}

interface Waiting extends Applicant {
  admit(): void;
  refuse(refusal: Refusal): void;
}

/** Creates a Door together with its gate (gate.ts); `options` are the options of that gate. */
export function createDoor({ clock, ...options }: GateOptions & { readonly clock: Clock }): Door {
  const gate = createGate<Waiting>(options);
  let cancelWake = () => {};
  let refused = 0;

  const move = () => {
    for (const { applicant, refusal } of gate.takeRefused(clock.now())) applicant.refuse(refusal);
    for (const applicant of gate.takeAdmitted(clock.now())) applicant.admit();
    cancelWake();
    const { wakeAt } = gate;
    cancelWake = wakeAt === undefined ? () => {} : clock.after(Math.max(0, wakeAt - clock.now()), move);
  };

  function overloaded({ reason, cause, retryDelayMs }: Refusal): OverloadedError {
    refused++;
    return new OverloadedError(`overloaded: ${reason}`, retryDelayMs, cause);
  }

  async function pass(given: Applicant, signal: AbortSignal): Promise<Waiting> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const applicant = { ...given, admit: resolve, refuse: (refusal: Refusal) => reject(overloaded(refusal)) };
    const verdict = gate.offer(applicant, clock.now());
    if (verdict === "admitted") return applicant;
    if (verdict !== "waiting") throw overloaded(verdict);
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort);
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

  return {
    async enter(given, signal) {
      const applicant = await pass(given, signal);
      return {
        spoke: () => gate.spoke(applicant, clock.now()),
        leave() {
          gate.leave(applicant, clock.now());
          move();
        },
      };
    },
    load: () => ({ ...gate.load, refused }),
  };
}
