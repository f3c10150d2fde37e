import { randomUUID } from "node:crypto";
import type { Clock } from "../../infra/clock/clock.ts";
import { isLate } from "../../infra/stream/idle.ts";
import type { LogStore } from "./store/store.ts";

/**
 * A message between edges: `ask` is the id of a request to stop a turn, `done` tells that the request with this id was
 * fulfilled.
 */
type Message = { readonly ask: string; readonly tenant: string; readonly turn: string } | { readonly done: string };

/** Stops turns that run on other edges. */
export interface Interrupts {
  /** Asks all edges to stop a turn; false if none confirms within half a second. Throws StoreError. */
  elsewhere(tenant: string, turn: string): Promise<boolean>;
  close(): void;
}

// How long to wait for an answer: an edge that runs the turn answers at once, unless it is gone.
const answerMs = 500;

/**
 * Handles the requests of other edges, and sends requests to them. `here` stops a turn of this process; it returns
 * false if the turn does not run here.
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
