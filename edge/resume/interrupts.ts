import { randomUUID } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import { isLate } from "../../infra/stream/idle.ts";
import type { LogStore } from "./store/store.ts";

/**
 * A message between edges: either a request to stop a turn, whose id is `ask`, or the news that the request with the id
 * `done` was fulfilled.
 */
type Message = { readonly ask: string; readonly tenant: string; readonly turn: string } | { readonly done: string };

/** Stops turns that run on other edges. */
export interface Interrupts {
  /** Asks all edges to stop a turn. Resolves to whether an edge confirms within half a second. Throws StoreError. */
  elsewhere(tenant: string, turn: string): Promise<boolean>;
  close(): void;
}

// How long to wait for another edge to confirm, in ms: the edge that runs the turn does so at once, unless it is gone.
const answerMs = 500;

/**
 * Starts handling the requests of other edges. `here` is called to stop a turn of this process; it returns false if the
 * turn does not run here.
 */
export async function createInterrupts(
  store: LogStore,
  clock: Clock,
  here: (tenant: string, turn: string) => boolean,
): Promise<Interrupts> {
  const asked = new Map<string, () => void>();
  const deafen = await store.hear((text) => {
    const message = JSON.parse(text) as Message;
    if ("done" in message) asked.get(message.done)?.();
    else if (!asked.has(message.ask) && here(message.tenant, message.turn)) {
      const done: Message = { done: message.ask };
      store.tell(JSON.stringify(done)).catch(() => {});
    }
  });
  return {
    async elsewhere(tenant, turn) {
      const ask = randomUUID();
      const answer = Promise.withResolvers<void>();
      asked.set(ask, answer.resolve);
      try {
        const message: Message = { ask, tenant, turn };
        // This edge also receives its own message, so a count of 1 means that no other edge received it.
        if ((await store.tell(JSON.stringify(message))) <= 1) return false;
        return !(await isLate(answer.promise, clock, answerMs));
      } finally {
        asked.delete(ask);
      }
    },
    close: deafen,
  };
}
