import type { TurnEvent } from "../events.ts";
import type { Watched } from "./end.ts";

/** A turn whose speech is marked, and its owner. */
export interface MarkedTurn extends Watched {
  readonly tenant: string;
}

/** A stage that adds the mark of a turn's speech to `started`. */
export type MarkTurn = (events: AsyncGenerator<TurnEvent>, turn: MarkedTurn) => AsyncGenerator<TurnEvent>;

/** Marks nothing. */
export const unmarked: MarkTurn = (events) => events;
