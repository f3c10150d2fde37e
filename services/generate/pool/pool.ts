import { chooseServer } from "../../../infra/balance/choose-server.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat, ChatEvent, ChatRequest } from "../chat.ts";
import type { ModelServer } from "../engines/openai/server.ts";
import { createMember, type Member, type MemberOptions } from "./member.ts";

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

/**
 * Makes one of several servers of the same model: each answer is written by the server that its conversation belongs to or that has
 * the least to do, not by one that fails or is silent. An answer that fails before its first text, by a server's fault, is asked for
 * once more, of another server; so is one that ended without a word. The only server there is, is asked even if it fails, so that its
 * own words tell what is wrong. Not if all are known to be silent: then one caller at a time finds out whether they still are, and the
 * others are told at once.
 */
export function createPool(servers: readonly ModelServer[], options: MemberOptions): Pool {
  const members = servers.map((server) => createMember(server, options));
  let turn = 0;

  /** Those that take work, without the one that has been `tried`. */
  const takers = (tried?: Member) => members.filter((member) => member !== tried && member.reason === undefined);

  function choose(among: readonly Member[], { sessionId }: ChatRequest): Member {
    const candidates = among.map((member) => ({ member, url: member.server.url, inFlight: member.inFlight }));
    return chooseServer(candidates, sessionId, turn++)?.member as Member;
  }

  /** The server to ask: one that is well; else any, for what is wrong may be over. Throws if all are silent, and asked already. */
  function pick(request: ChatRequest): Member {
    const well = takers();
    if (well.length > 0) return choose(well, request);
    const speaking = members.filter((member) => !member.isSilent);
    if (speaking.length > 0) return choose(speaking, request);
    const untried = members.filter(({ onTrial }) => !onTrial);
    if (untried.length === 0)
      throw new EngineError("silent", "the model server gives no sign of life: it is being tried", {
        retryDelayMs: silentRetryMs,
        forLog: [...new Set(members.map(({ reason }) => reason))].join("; "),
      });
    return choose(untried, request);
  }

  /** The answer of one server; another one may take over before it has begun. */
  const answer = (member: Member, request: ChatRequest, signal: AbortSignal) =>
    member.answer(request, signal, members.length > 1);

  async function* chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    // A server that was found unwell by somebody's probe is given no work, which would be what has it looked at.
    for (const { watch } of members) watch.lookAgain();
    const first = pick(request);
    let others: readonly Member[];
    const heard = { started: false, text: false };
    try {
      for await (const event of answer(first, request, signal)) {
        heard.started ||= event.type === "started";
        heard.text ||= event.type === "delta";
        yield event;
      }
      return;
    } catch (error) {
      others = takers(first);
      if (heard.text || signal.aborted || !mayTryAgain(error) || others.length === 0) throw error;
    }
    // That the first one thought has been told; that an answer has started is told once.
    for await (const event of answer(choose(others, request), request, signal))
      if (event.type !== "started" || !heard.started) yield event;
  }

  return {
    members,
    chat,
    available: () => takers().length,
    async notReady() {
      // Failed answers are left out: they move work to other servers, and a server that is alone is asked all the same.
      const sightings = await Promise.all(members.map(({ watch }) => watch.ask()));
      const reasons = members.map((member, i) => sightings[i]?.unwell ?? (member.isSilent ? member.reason : undefined));
      return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join("; ");
    },
    async close() {
      for (const { watch } of members) watch.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** When a silent server is worth another question: it is looked at as often. */
const silentRetryMs = 2000;

/** A server that was silent has spent the caller's time, and one that has too much to do says so of the others too. */
function mayTryAgain(error: unknown): boolean {
  return error instanceof EngineError && ["unreachable", "broken", "empty"].includes(error.fault);
}
