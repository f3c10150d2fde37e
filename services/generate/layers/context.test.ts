import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Chat, ChatMessage, ChatRequest } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { type ContextTold, TooLongError } from "../too-long.ts";
import { withContext } from "./context.ts";

const tellsNothing: ContextTold = { limit: undefined, promptTokens: undefined };
const tooLong = new TooLongError(tellsNothing, "");
const untold: ContextWindow = { limit: async () => undefined, count: async () => undefined, learn: () => {} };

/** Ten exchanges and a question, each message about 50 tokens. */
const messages: ChatMessage[] = Array.from({ length: 21 }, (_, i) => ({
  role: i % 2 === 0 ? "user" : "assistant",
  content: `${i} ${"ships and harbours ".repeat(11)}`,
}));

/**
 * What a server behind the layer is sent, message by message, for a request of up to 100 tokens; `write` is what it
 * does.
 */
async function sentBy(
  window: ContextWindow,
  write: (length: number) => AsyncIterable<{ type: "delta"; text: string }>,
) {
  const sent: ChatMessage[][] = [];
  const chat: Chat = (request) => {
    sent.push([...request.messages]);
    return write(request.messages.length);
  };
  const request = { messages, maxTokens: 100 } as unknown as ChatRequest;
  const events = Array.fromAsync(withContext(window)(chat)(request, new AbortController().signal));
  const error: unknown = await events.then(
    () => undefined,
    (thrown) => thrown,
  );
  return { sent, error };
}

async function* say() {
  yield { type: "delta" as const, text: "ok" };
}

describe("a conversation", () => {
  it("is sent whole where nothing tells how much it may hold", async () => {
    const { sent } = await sentBy(untold, say);
    assert.deepEqual(sent, [messages]);
  });

  it("loses its oldest exchanges before anything is sent", async () => {
    const { sent } = await sentBy({ ...untold, limit: async () => 700 }, say);
    assert.equal(sent.length, 1);
    assert.ok((sent[0]?.length ?? 0) < messages.length);
    assert.deepEqual(sent[0]?.at(-1), messages.at(-1));
  });

  it("is counted by a server where guesses come near, and the count is believed", async () => {
    const counted: number[] = [];
    const window: ContextWindow = {
      ...untold,
      limit: async () => 1400,
      count: async ({ length }) => {
        counted.push(length);
        return 76 * length;
      },
    };
    const { sent } = await sentBy(window, say);
    // All of it, 1596 tokens for 1300; then what is left of it.
    assert.deepEqual([counted[0], counted.at(-1)], [messages.length, sent[0]?.length]);
    const kept = 76 * (sent[0]?.length ?? 0);
    assert.ok(kept <= 1300 && kept > 0.6 * 1300, `${kept} of 1300`);
  });

  it("is not cut because of a guess that the count shows to be wrong, and is not counted again", async () => {
    let counts = 0;
    const window: ContextWindow = {
      ...untold,
      limit: async () => 700,
      count: async ({ length }) => {
        counts++;
        return 25 * length;
      },
    };
    const sent: number[] = [];
    const chat: Chat = (request) => {
      sent.push(request.messages.length);
      return say();
    };
    const layer = withContext(window)(chat);
    for (const length of [21, 21, 19])
      await Array.fromAsync(
        layer(
          { messages: messages.slice(-length), maxTokens: 100 } as unknown as ChatRequest,
          new AbortController().signal,
        ),
      );
    assert.deepEqual([sent, counts], [[21, 21, 19], 1]);
  });

  for (const [what, hidden, length] of [
    ["is cut by what its answers cost", [], 1],
    ["is not cut by what a model thought", [{ type: "thinking", elapsedMs: 1, done: true }], 3],
    ["is not cut by what was left out of an answer", [{ type: "leftOut" }], 3],
  ] as const)
    it(what, async () => {
      const sent: number[] = [];
      const chat = async function* ({ messages }: ChatRequest) {
        sent.push(messages.length);
        yield* hidden;
        yield* say();
        yield { type: "finished", reason: "stop", usage: { promptTokens: 60, completionTokens: 5000 } };
      } as unknown as Chat;
      const layer = withContext({ ...untold, limit: async () => 4000 })(chat);
      const [first, , second] = messages as [ChatMessage, ChatMessage, ChatMessage];
      for (const asked of [[first], [first, { role: "assistant", content: "ok" }, second]])
        await Array.fromAsync(
          layer({ messages: asked, maxTokens: 100 } as unknown as ChatRequest, new AbortController().signal),
        );
      assert.deepEqual(sent, [1, length]);
    });

  it("is cut until it fits if it is refused for its length", async () => {
    const { sent, error } = await sentBy(untold, async function* (length) {
      if (length > 5) throw tooLong;
      yield* say();
    });
    assert.equal(error, undefined);
    assert.ok(sent.length > 2, `${sent.length} times`);
    const lengths = sent.map(({ length }) => length);
    assert.deepEqual(
      lengths,
      [...new Set(lengths)].sort((a, b) => b - a),
    );
    assert.deepEqual(sent.at(-1)?.at(-1), messages.at(-1));
  });

  it("is cut at once to the limit that the refusal tells, and the limit is remembered", async () => {
    const learnt: number[] = [];
    const window: ContextWindow = { ...untold, learn: (limit) => learnt.push(limit) };
    // Its tokens are twice as many as anybody guesses: about 100 a message.
    const { sent, error } = await sentBy(window, async function* (length) {
      if (length * 100 > 600) throw new TooLongError({ limit: 700, promptTokens: length * 100 }, "");
      yield* say();
    });
    assert.deepEqual([error, sent.length, learnt], [undefined, 2, [700]]);
  });

  it("is refused in the end if its last message alone is too long", async () => {
    const { sent, error } = await sentBy(untold, async function* () {
      yield* [];
      throw tooLong;
    });
    assert.equal(sent.at(-1)?.length, 1);
    assert.equal(error, tooLong);
  });

  it("is not sent again once its answer has begun", async () => {
    const { sent, error } = await sentBy(untold, async function* () {
      yield* say();
      throw tooLong;
    });
    assert.equal(sent.length, 1);
    assert.equal(error, tooLong);
  });
});
