/** The engine's workers, as far as the schedule knows them: who has a free slot, who could not be reached. */
export interface Workers {
  /** A worker with a free slot, one that is not resting if there is any; undefined if all are busy. */
  idle(now: number): number | undefined;
  /** Takes a slot of a worker. */
  take(worker: number): void;
  /** Gives a slot back. */
  free(worker: number): void;
  /** The worker could not be reached: it is a last choice for a while. */
  rest(worker: number, now: number): void;
  /** Slots in use. */
  readonly busy: number;
}

/** Makes workers with `slots[i]` slots each; a resting worker is a last choice for `restMs`. */
export function createWorkers(slots: readonly number[], restMs: number): Workers {
  const used = slots.map(() => 0);
  const restsUntil = slots.map(() => Number.NEGATIVE_INFINITY);
  return {
    idle(now) {
      let best: number | undefined;
      let bestRest = Number.POSITIVE_INFINITY;
      for (const [worker, slotCount] of slots.entries()) {
        const rest = Math.max(restsUntil[worker] as number, now);
        if (used[worker] === slotCount || rest >= bestRest) continue;
        best = worker;
        bestRest = rest;
      }
      return best;
    },
    take(worker) {
      used[worker] = (used[worker] as number) + 1;
    },
    free(worker) {
      used[worker] = (used[worker] as number) - 1;
    },
    rest(worker, now) {
      restsUntil[worker] = now + restMs;
    },
    get busy() {
      return used.reduce((sum, n) => sum + n, 0);
    },
  };
}
