import { type Breaker, createBreaker } from "../../../infra/balance/breaker.ts";
import { chooseServer } from "../../../infra/balance/choose-server.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat, ChatEvent, ChatRequest } from "../chat.ts";
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

/** Several servers of one model as one. */
export interface Pool {
  readonly members: readonly Member[];
  readonly chat: Chat;
  /** How many take work now. */
  available(): number;
  /** Why no answer can be had now, with the remedy, by what the servers show of themselves; undefined if one can. */
  notReady(): Promise<string | undefined>;
  /** Cancels what runs and closes all sockets. */
  close(): Promise<void>;
}

/** Options of createPool. */
export type PoolOptions = Omit<WatchOptions, "load">;

interface PoolMember extends Member {
  inFlight: number;
  /** Answers that have begun to come. */
  speaking: number;
  readonly breaker: Breaker;
}

/**
 * Makes one of several servers of the same model: each answer is written by the server that its conversation belongs to or that has
 * the least to do, not by one that fails or is silent. An answer that fails before its first text, by a server's fault, is asked for
 * once more, of another server. The only server there is, is always asked, so that its own words tell what is wrong.
 */
export function createPool(servers: readonly ModelServer[], options: PoolOptions): Pool {
  const { stallTimeoutMs, firstTokenTimeoutMs, always, onSighting, clock } = options;
  const members = servers.map(createMember);
  let turn = 0;

  function createMember(server: ModelServer): PoolMember {
    const breaker = createBreaker();
    const watch = createWatch(server, {
      load: () => member,
      onSighting,
      stallTimeoutMs,
      firstTokenTimeoutMs,
      always,
      clock,
    });
    const member: PoolMember = {
      server,
      watch,
      breaker,
      inFlight: 0,
      speaking: 0,
      get reason() {
        return watch.trouble ?? (breaker.allows(clock.now()) ? undefined : "its last answers failed");
      },
    };
    return member;
  }

  /** Those that take work, without the one that has been `tried`. */
  const takers = (tried?: PoolMember) => members.filter((member) => member !== tried && member.reason === undefined);

  function choose(among: readonly PoolMember[], { sessionId }: ChatRequest): PoolMember {
    const candidates = among.map((member) => ({ member, url: member.server.url, inFlight: member.inFlight }));
    return chooseServer(candidates, sessionId, turn++)?.member as PoolMember;
  }

  /** The answer of one server. `started` is held back as long as another server, if there is one, may take over. */
  async function* answer(member: PoolMember, request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    let started: ChatEvent | undefined;
    let spoke = false;
    member.inFlight++;
    member.breaker.begin(clock.now());
    member.watch.touch();
    try {
      for await (const event of member.server.chat(request, signal)) {
        if (event.type === "started") {
          if (members.length > 1) started = event;
          else yield event;
          continue;
        }
        if (!spoke) {
          spoke = true;
          member.speaking++;
        }
        if (started !== undefined) yield started;
        started = undefined;
        yield event;
      }
      member.breaker.succeeded();
    } catch (error) {
      if (isServersFault(error)) member.breaker.failed(clock.now());
      throw error;
    } finally {
      member.inFlight--;
      if (spoke) member.speaking--;
      member.breaker.ended();
      if (member.inFlight === 0) member.watch.rest();
    }
  }

  async function* chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const well = takers();
    // A server that was found unwell by somebody's probe is given no work, which would be what has it looked at.
    for (const { watch } of members) watch.lookAgain();
    // Among all if none is well: what is wrong may be over.
    const first = choose(well.length > 0 ? well : members, request);
    let others: readonly PoolMember[];
    let spoke = false;
    try {
      for await (const event of answer(first, request, signal)) {
        spoke = true;
        yield event;
      }
      return;
    } catch (error) {
      others = takers(first);
      if (spoke || signal.aborted || !mayTryAgain(error) || others.length === 0) throw error;
    }
    yield* answer(choose(others, request), request, signal);
  }

  return {
    members,
    chat,
    available: () => takers().length,
    async notReady() {
      // Failed and silent answers are left out: they move work to other servers, and a server that is alone is asked all the same.
      const sightings = await Promise.all(members.map(({ watch }) => watch.ask()));
      const reasons = sightings.map(({ unwell }) => unwell);
      return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join("; ");
    },
    async close() {
      for (const { watch } of members) watch.close();
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
