import type { TurnEvent } from "../events.ts";
import type { Watched } from "./end.ts";

/** A turn whose speech is marked as machine-made, and the tenant that the turn belongs to. */
export interface MarkedTurn extends Watched {
  readonly tenant: string;
}

/** A stage that adds a mark to a turn's `started` event: it says that the speech is machine-made. */
export type MarkTurn = (events: AsyncGenerator<TurnEvent>, turn: MarkedTurn) => AsyncGenerator<TurnEvent>;

/** Passes the events of a turn on without marking its speech as machine-made. */
export const unmarked: MarkTurn = (events) => events;
