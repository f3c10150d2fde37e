import type { Clock } from "../../../infra/clock/clock.ts";
import { OverloadedError } from "../errors/request-error.ts";
import { type Applicant, createGate, type GateOptions } from "./gate.ts";
import type { Refusal } from "./refusal.ts";

/** A gate with a timer and promises: a caller waits at the door until it is admitted or refused. */
export interface Door {
  /**
   * Resolves once the applicant is admitted. Throws OverloadedError if it is refused, or the signal's reason on abort.
   */
  enter(applicant: Applicant, signal: AbortSignal): Promise<Entered>;
  /** The current load. */
  load(): DoorLoad;
}

/** An applicant that was admitted. */
export interface Entered {
  /** To be called when the first output of the admitted work arrives. */
  spoke(): void;
  /** To be called when the work has ended, in whatever way, so that the next applicant can be admitted. */
  leave(): void;
}

/** The load at a door. */
export interface DoorLoad {
  readonly inFlight: number;
  readonly queued: number;
  /** How many applicants have been refused since the start. */
  readonly refused: number;
}

interface Waiting extends Applicant {
  admit(): void;
  refuse(refusal: Refusal): void;
}

/** Makes a door, which drives a gate of its own. */
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
