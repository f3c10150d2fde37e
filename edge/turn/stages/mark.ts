import type { TurnEvent } from "../events.ts";
import type { Watched } from "./end.ts";

/** A turn whose speech is marked, and whose it is. */
export interface MarkedTurn extends Watched {
  readonly tenant: string;
}

/** A stage that says of `started` what marks the speech of a turn. */
export type MarkTurn = (events: AsyncGenerator<TurnEvent>, turn: MarkedTurn) => AsyncGenerator<TurnEvent>;

/** Marks nothing. */
export const unmarked: MarkTurn = (events) => events;
