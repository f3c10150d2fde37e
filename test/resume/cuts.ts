import assert from "node:assert/strict";
import type { Client } from "@connectrpc/connect";
import type { AssistantService } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { Random } from "../../infra/random/random.ts";
import { checkTurn, type Event, type TurnResult } from "../support/events.ts";

/** A customer of an edge. */
export type Customer = Client<typeof AssistantService>;

/** A turn that was read in pieces. */
export interface CutTurn extends TurnResult {
  /** How many times its connection was cut. */
  readonly cuts: number;
}

/**
 * Asks, and reads the answer as one whose connection is cut at random places, `mostCuts` times at most: each time it is
 * resumed on any of the edges. Holds what came to what a turn promises: no event is lost, none is repeated, and there
 * is one end.
 */
export async function readCut(
  customers: readonly Customer[],
  text: string,
  mostCuts: number,
  random: Random,
): Promise<CutTurn> {
  const any = () => customers[Math.floor(random() * customers.length)] as Customer;
  const events: Event[] = [];
  let cuts = 0;
  let turnId = "";
  for (;;) {
    const line = new AbortController();
    const { signal } = line;
    const isCut = cuts < mostCuts;
    // Now and then right behind the first event, or before any.
    let left = isCut ? Math.floor(random() ** 2 * 40) + (turnId === "" ? 1 : 0) : Number.POSITIVE_INFINITY;
    if (left === 0) line.abort();
    const after = events.at(-1)?.sequence ?? 0;
    const source: AsyncIterable<Event> =
      turnId === ""
        ? any().converse({ text, resumeWindowMs: 60_000 }, { signal })
        : (any().resume({ turnId, afterSequence: after }, { signal }) as AsyncIterable<never>);
    try {
      for await (const event of source) {
        if (event.sequence === 0) continue;
        events.push(event);
        if (event.event.case === "started") {
          assert.ok(event.event.value.resumable);
          turnId = event.event.value.turnId;
        }
        if (--left <= 0) line.abort();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (events.at(-1)?.event.case === "finished") return { ...checkTurn(events), cuts };
    assert.ok(signal.aborted, "a stream ended without its end");
    cuts++;
  }
}
