import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { requestIdReused, toLogFailure } from "./failures.ts";
import type { LogStore, TurnKey } from "./store/store.ts";

/** A request with an id: however often it is sent, it is answered only once. */
export interface NamedRequest {
  readonly id: string;
  readonly digest: string;
  /** How long the request's id is remembered, in milliseconds. Default: a day. */
  readonly ttlMs?: number;
  /** Whether a turn with this event may also answer a retry of the request. Default: always true. */
  readonly isGood?: (event: TurnEvent) => boolean;
}

/** A turn's claim to the request that it answers: no other turn may answer the same request. */
export interface Claim {
  /**
   * Records that this turn answers the request, and resolves to undefined. If another turn already answers it, records
   * nothing and resolves to the id of that turn. Throws Failure if the store fails, or the request's id is reused for
   * another request.
   */
  take(): Promise<string | undefined>;
  /** Passes the turn's events on, and notes whether all are good (`isGood`) and the turn is complete, for `settle`. */
  watch(events: AsyncIterable<Numbered<TurnEvent>>): AsyncGenerator<Numbered<TurnEvent>>;
  /** Gives up the claim, so that another turn may answer the request. */
  release(): Promise<void>;
  /**
   * To be called when the turn has ended; `kept` tells whether its log is complete. If the request has `isGood`, keeps
   * the claim only if all events were good, the turn is complete, and its log was kept.
   */
  settle(kept: boolean): void;
}

// How long an id is remembered by default, in ms: APIs commonly let clients retry a request with the same id for a day.
const requestMs = 24 * 3_600_000;

/** Makes a turn's claim to a request. If `request` is undefined, nothing is claimed. */
export function createClaim(store: LogStore, { tenant, turn }: TurnKey, request: NamedRequest | undefined): Claim {
  const note = `${turn} ${request?.digest}`;
  let isGood = true;
  let isWhole = false;
  const release = async () => {
    if (request !== undefined) await store.release(tenant, request.id, note).catch(() => {});
  };
  return {
    async take() {
      if (request === undefined) return undefined;
      const { id, digest, ttlMs = requestMs } = request;
      const before = await store.claim(tenant, id, note, ttlMs).catch((error) => {
        throw toLogFailure(error);
      });
      const [other, otherDigest] = before?.split(" ") ?? [];
      if (other !== undefined && otherDigest !== digest) throw requestIdReused();
      return other;
    },
    async *watch(events) {
      for await (const numbered of events) {
        isGood &&= request?.isGood?.(numbered.event) ?? true;
        isWhole ||= numbered.event.case === "finished";
        yield numbered;
      }
    },
    release,
    settle(kept) {
      if (request?.isGood !== undefined && !(isGood && isWhole && kept)) void release();
    },
  };
}
