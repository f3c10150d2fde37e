import {
  type LocalModel,
  PromptTooLongError,
  type WriteEvent,
  type WriteRequest,
} from "../../infra/models/llama/model.ts";

/** A model whose words a test gives it one by one. */
export interface Writer extends LocalModel {
  /** What it was asked to write, in order. */
  readonly asked: readonly WriteRequest[];
  /** How many answers it is writing. */
  readonly busy: () => number;
  /** Writes another word of every answer that runs. */
  say(word: string): void;
  /** Ends every answer that runs. */
  end(reason?: "stop" | "length"): void;
}

/** Makes a model of 100 tokens, each a character. */
export function createWriter(): Writer {
  const asked: WriteRequest[] = [];
  const running = new Set<(event: WriteEvent) => void>();
  return {
    name: "words",
    contextSize: 100,
    asked,
    busy: () => running.size,
    say(text) {
      for (const tell of running) tell({ type: "text", text });
    },
    end(reason = "stop") {
      const usage = { promptTokens: 5, cachedTokens: 2, completionTokens: 3 };
      for (const tell of running) tell({ type: "ended", reason, usage });
    },
    async *write(request, signal) {
      asked.push(request);
      if (request.messages.some(({ content }) => content.length > 100)) throw new PromptTooLongError("101 tokens");
      const events: WriteEvent[] = [{ type: "begun" }];
      let wake = () => {};
      const tell = (event: WriteEvent) => {
        events.push(event);
        wake();
      };
      running.add(tell);
      signal.addEventListener("abort", () => wake(), { once: true });
      try {
        for (;;) {
          for (let event = events.shift(); event !== undefined; event = events.shift()) {
            yield event;
            if (event.type === "ended") return;
          }
          signal.throwIfAborted();
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        running.delete(tell);
      }
    },
    close: async () => {},
  };
}
