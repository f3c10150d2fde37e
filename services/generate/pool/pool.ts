import { type Breaker, createBreaker } from "../../../infra/balance/breaker.ts";
import { chooseServer } from "../../../infra/balance/choose.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { ChatEngine, ChatEvent, ChatRequest } from "../chat.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { createWatch, type Watch, type WatchOptions } from "./watch.ts";

/** A server of a pool. */
export interface Member {
  readonly server: ModelServer;
  readonly watch: Watch;
  /** Answers that it writes for us. */
  readonly inFlight: number;
  /** Why it is given no work now; undefined if it is. */
  readonly reason: string | undefined;
}

/** Several servers of one model as one engine. */
export interface Pool extends ChatEngine {
  readonly members: readonly Member[];
  /** How many take work now. */
  readonly available: number;
}

/** Options of createPool. */
export interface PoolOptions extends Omit<WatchOptions, "load" | "onSighting"> {
  /** Told of each sighting of a server. */
  readonly onSighting?: (member: Member) => void;
}

interface Place extends Member {
  inFlight: number;
  speaking: number;
  readonly breaker: Breaker;
}

/**
 * Makes one engine of servers that serve the same model: each answer is written by the server that its conversation belongs to or
 * that has the least to do, not by one that fails or is silent. An answer that fails before its first text, by a server's fault, is
 * asked for once more, of another server. The only server there is, is always asked, so that its own words tell what is wrong.
 */
export function createPool(servers: readonly ModelServer[], options: PoolOptions): Pool {
  const { onSighting, ...watching } = options;
  const { clock } = watching;
  const places = servers.map((server) => createPlace(server));
  let turn = 0;

  function createPlace(server: ModelServer): Place {
    const breaker = createBreaker();
    const place: Place = {
      server,
      breaker,
      inFlight: 0,
      speaking: 0,
      watch: createWatch(server, {
        ...watching,
        load: () => place,
        ...(onSighting && { onSighting: () => onSighting(place) }),
      }),
      get reason() {
        return this.watch.trouble ?? (breaker.allows(clock.now()) ? undefined : "its last answers failed");
      },
    };
    return place;
  }

  const available = (tried?: Place) => places.filter((place) => place !== tried && place.reason === undefined);

  /** Among all if none is well: what is wrong may be over. */
  function choose(request: ChatRequest): Place {
    const well = available();
    const candidates = (well.length > 0 ? well : places).map((place) => ({
      place,
      url: place.server.url,
      inFlight: place.inFlight,
    }));
    return chooseServer(candidates, request.sessionId, turn++)?.place as Place;
  }

  /** The answer of one server. `started` is held back as long as another server, if there is one, may take over. */
  async function* answer(place: Place, request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    let started: ChatEvent | undefined;
    let spoke = false;
    place.inFlight++;
    place.breaker.begin(clock.now());
    place.watch.touch();
    try {
      for await (const event of place.server.chat(request, signal)) {
        if (event.type === "started") {
          if (places.length > 1) started = event;
          else yield event;
          continue;
        }
        if (!spoke) {
          spoke = true;
          place.speaking++;
        }
        if (started !== undefined) yield started;
        started = undefined;
        yield event;
      }
      place.breaker.succeeded();
    } catch (error) {
      if (isServersFault(error)) place.breaker.failed(clock.now());
      throw error;
    } finally {
      place.inFlight--;
      if (spoke) place.speaking--;
      place.breaker.ended();
      if (place.inFlight === 0) place.watch.rest();
    }
  }

  return {
    members: places,
    get available() {
      return available().length;
    },
    async *chat(request, signal) {
      const first = choose(request);
      let spoke = false;
      try {
        for await (const event of answer(first, request, signal)) {
          spoke = true;
          yield event;
        }
        return;
      } catch (error) {
        if (spoke || signal.aborted || !mayTryAgain(error) || available(first).length === 0) throw error;
      }
      const others = available(first).map((place) => ({ place, url: place.server.url, inFlight: place.inFlight }));
      yield* answer(chooseServer(others, request.sessionId, turn++)?.place as Place, request, signal);
    },
    async notReady() {
      // What its answers tell is left out: it moves work to other servers, and the only one there is, is asked all the same.
      const sightings = await Promise.all(places.map(({ watch }) => watch.ask()));
      const reasons = sightings.map(({ unwell }) => unwell);
      return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join("; ");
    },
    async close() {
      for (const { watch } of places) watch.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

function isServersFault(error: unknown): boolean {
  return error instanceof EngineError && ["unreachable", "broken", "stalled"].includes(error.fault);
}

/** A server that was silent has spent the caller's time, and one that has too much to do says so of the others too. */
function mayTryAgain(error: unknown): boolean {
  return error instanceof EngineError && (error.fault === "unreachable" || error.fault === "broken");
}
