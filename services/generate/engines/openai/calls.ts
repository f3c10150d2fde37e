import type { ToolCall } from "../../chat.ts";
import type { CallPart } from "./chunk.ts";

/** Assembles an answer's tool calls, which arrive in parts. */
export interface Calls {
  add(parts: readonly CallPart[]): void;
  /** The calls that have a name, in order; a call without an id is given one. */
  readonly all: readonly ToolCall[];
}

// The maximum total length of an answer's tool calls, to stop endless ones; usually the token limit is reached first.
const mostCharacters = 1_000_000;

/** Makes an assembler. If a server has given a call no id, an id that begins with `answerId` is made up. */
export function createCalls(answerId: string): Calls {
  const calls: ToolCall[] = [];
  let characters = 0;
  return {
    add(parts) {
      for (const { index, id, name, arguments: text } of parts) {
        characters += text.length;
        if (characters > mostCharacters) return;
        const before = calls[index] ?? { id: "", name: "", arguments: "" };
        // Some servers repeat the name with each part, so only the arguments are appended.
        calls[index] = { id: before.id || id, name: before.name || name, arguments: before.arguments + text };
      }
    },
    get all() {
      const known = calls.filter((call) => call !== undefined && call.name !== "");
      return known.map((call, i) => (call.id === "" ? { ...call, id: `call-${answerId}-${i}` } : call));
    },
  };
}
