import type { ChatMessage } from "../chat.ts";
import { countTokens } from "../engines/openai/tokenize.ts";
import type { Member } from "./member.ts";

/** The context window that all servers of a pool support. */
export interface ContextWindow {
  /** The maximum of prompt and answer tokens together; undefined if unknown. */
  limit(): Promise<number | undefined>;
  /** Records the limit that a server stated when it refused a prompt. */
  learn(limit: number): void;
  /** Asks a server to count the tokens of a prompt; undefined if no server can. Throws only the signal's reason. */
  count(messages: readonly ChatMessage[], signal: AbortSignal): Promise<number | undefined>;
}

/** Makes the context window from what the servers report; `configured` is its limit while no server reports one. */
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
      // A server that reports a version is vLLM, which can count tokens.
      const member = members.find(({ reason, watch }) => reason === undefined && watch.seen?.version !== undefined);
      return member && countTokens(member.server, member.server.model ?? member.watch.seen?.model, messages, signal);
    },
  };
}
