import type { TurnEvent } from "../turn/events.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { requestIdReused, toLogFailure } from "./failures.ts";
import type { LogStore, TurnKey } from "./store/store.ts";

/** A request that names itself, and so is answered once. */
export interface NamedRequest {
  readonly id: string;
  readonly digest: string;
  /** How long the id is remembered, in milliseconds. Default: a day. */
  readonly ttlMs?: number;
  /** Whether a turn with this event may be returned when the request is repeated. Default: always. */
  readonly isGood?: (event: TurnEvent) => boolean;
}

/** What a turn has of the request that it answers: nobody else may answer it as well. */
export interface Claim {
  /**
   * Notes that this turn answers the request; the id of the turn that was noted before, if there is one. Throws
   * Failure.
   */
  take(): Promise<string | undefined>;
  /** The same events; notes whether whoever asks again may get them. */
  watch(events: AsyncIterable<Numbered<TurnEvent>>): AsyncGenerator<Numbered<TurnEvent>>;
  /** The request may be answered by another turn. */
  release(): Promise<void>;
  /**
   * The turn has ended. If the request minds what is given again, and this is not it or is not `kept`, it is released.
   */
  settle(kept: boolean): void;
}

// How long clients commonly may retry a request with the same id.
const requestMs = 24 * 3_600_000;

/** A turn's claim to a request; one without a name is nobody's. */
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
