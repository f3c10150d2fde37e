import type { ChatMessage } from "../chat.ts";
import { countTokens } from "../engines/openai/tokenize.ts";
import type { Member } from "./pool.ts";

/** The context that all servers of a pool have, whichever is asked. */
export interface ContextWindow {
  /** Tokens of prompt and answer together; undefined if nothing tells. */
  limit(): Promise<number | undefined>;
  /** A server has refused a prompt and told its limit. */
  learn(limit: number): void;
  /** Has a server count the tokens of a prompt; undefined if none can. Throws the signal's reason alone. */
  count(messages: readonly ChatMessage[], signal: AbortSignal): Promise<number | undefined>;
}

/** Makes it of what the servers tell. `configured` is the limit while none of them does. */
export function createWindow(members: readonly Member[], configured: number | undefined): ContextWindow {
  let told: number | undefined;
  const lengths = () => [
    ...members.flatMap(({ watch }) => watch.seen?.maxModelLen ?? []),
    ...(told === undefined ? [] : [told]),
  ];
  return {
    learn(limit) {
      told = Math.min(limit, told ?? limit);
    },
    async limit() {
      if (lengths().length === 0) await Promise.all(members.map(({ watch }) => watch.ask()));
      return lengths().length > 0 ? Math.min(...lengths()) : configured;
    },
    async count(messages, signal) {
      // Those that tell a version are vLLM.
      const member = members.find(({ reason, watch }) => reason === undefined && watch.seen?.version !== undefined);
      return member && countTokens(member.server, member.server.model ?? member.watch.seen?.model, messages, signal);
    },
  };
}
