import type { ToolCall } from "../../chat.ts";
import type { CallPart } from "./chunk.ts";

/** Puts the calls of an answer together, which come in parts. */
export interface Calls {
  add(parts: readonly CallPart[]): void;
  /** Those that have a name, in their order; one that has no id gets one. */
  readonly all: readonly ToolCall[];
}

// Together they are an answer, which tokens bound; this bounds a server that sends without end.
const mostCharacters = 1_000_000;

/** Makes what puts calls together; an id that a server has not given begins with `answerId`. */
export function createCalls(answerId: string): Calls {
  const calls: ToolCall[] = [];
  let characters = 0;
  return {
    add(parts) {
      for (const { index, id, name, arguments: text } of parts) {
        characters += text.length;
        if (characters > mostCharacters) return;
        const before = calls[index] ?? { id: "", name: "", arguments: "" };
        // Some send the name again with each part.
        calls[index] = { id: before.id || id, name: before.name || name, arguments: before.arguments + text };
      }
    },
    get all() {
      const known = calls.filter((call) => call !== undefined && call.name !== "");
      return known.map((call, i) => (call.id === "" ? { ...call, id: `call-${answerId}-${i}` } : call));
    },
  };
}
