import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Chat, ChatEvent, ChatMessage, ChatRequest } from "../chat.ts";
import type { ContextWindow } from "../pool/window.ts";
import { type ContextTold, TooLongError } from "../too-long.ts";
import { withContext } from "./context.ts";

const tellsNothing: ContextTold = { limit: undefined, promptTokens: undefined };
const tooLong = new TooLongError(tellsNothing, "");
const thought: ChatEvent = { type: "thinking", elapsedMs: 0, done: true };
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

  it("is never sent again as it was refused, be it one message or as short as it may become", async () => {
    for (const told of [tellsNothing, { limit: 700, promptTokens: 5_000 }, { limit: undefined, promptTokens: 5_000 }])
      for (const length of [1, 2, 3, 21]) {
        const sent: number[] = [];
        const chat: Chat = async function* (request) {
          sent.push(request.messages.length);
          yield* [];
          throw new TooLongError(told, "");
        };
        const request = { messages: messages.slice(-length), maxTokens: 100 } as unknown as ChatRequest;
        const asking = withContext(untold)(chat)(request, new AbortController().signal);
        await assert.rejects(Array.fromAsync(asking), TooLongError);
        assert.deepEqual(sent, [...new Set(sent)], JSON.stringify({ told, length }));
      }
  });

  it("is not sent again once its answer has begun", async () => {
    const { sent, error } = await sentBy(untold, async function* () {
      yield* say();
      throw tooLong;
    });
    assert.equal(sent.length, 1);
    assert.equal(error, tooLong);
  });

  /** What is sent of some messages, and what the server behind was asked on the way. */
  async function ask(asked: readonly ChatMessage[], window: Partial<ContextWindow>, maxTokens = 100) {
    const told = { limits: 0, counts: 0 };
    const { limit = untold.limit, count = untold.count } = window;
    const watched: ContextWindow = {
      ...untold,
      limit: () => {
        told.limits++;
        return limit();
      },
      count: (messages, signal) => {
        told.counts++;
        return count(messages, signal);
      },
    };
    let sent: readonly ChatMessage[] = [];
    const chat: Chat = (request) => {
      sent = request.messages;
      return say();
    };
    const request = { messages: asked, maxTokens } as unknown as ChatRequest;
    await Array.fromAsync(withContext(watched)(chat)(request, new AbortController().signal));
    return { ...told, sent };
  }
  /** A question of so many tokens, all guessed; a prompt has three more. */
  const question = (tokens: number): ChatMessage => ({ role: "user", content: "1".repeat(tokens - 5) });

  it("is looked at from a thousand tokens on", async () => {
    const { limits } = await ask([question(996)], {});
    const { limits: asked } = await ask([question(997)], {});
    assert.deepEqual([limits, asked], [0, 1]);
  });

  it("is counted where it may be twice what is guessed, and then more than 85 % of what there is room for", async () => {
    const counts = async (limit: number) => (await ask([question(1000)], { limit: async () => limit })).counts;
    // 2003 at most: 85 % of 2356.5.
    assert.deepEqual([await counts(100 + 2357), await counts(100 + 2356)], [0, 1]);
  });

  it("is sent whole where the answer alone would not fit", async () => {
    for (const [limit, length] of [
      [100, 21],
      [101, 1],
    ] as const)
      assert.equal((await ask(messages, { limit: async () => limit })).sent.length, length);
  });

  it("is counted six times at most, however wrong the guesses are", async () => {
    const long = Array.from(
      { length: 801 },
      (_, i) => ({ ...question(100), role: i % 2 ? "assistant" : "user" }) as const,
    );
    const distinct = long.map((message, i) => ({ ...message, content: `${i} ${message.content}` }));
    // Whatever is left is too much.
    const { counts } = await ask(distinct, { limit: async () => 20_100, count: async () => 21_000 });
    assert.equal(counts, 6);
  });

  it("is as much as was counted to fill 65 % of the room", async () => {
    const counts: number[] = [];
    const window = (per: number): Partial<ContextWindow> => ({
      limit: async () => 1400,
      count: async ({ length }) => {
        counts.push(length);
        return per * length;
      },
    });
    // All of it is 1596; what is left is counted once, and is enough.
    await ask(messages, window(76));
    assert.equal(counts.length, 2);
  });

  it("is tried twelve times", async () => {
    const long = Array.from({ length: 401 }, (_, i) => ({
      ...messages[i % 2],
      content: `${i} ${messages[0]?.content}`,
    }));
    let tries = 0;
    const chat: Chat = async function* () {
      tries++;
      yield* [];
      throw tooLong;
    };
    const request = { messages: long, maxTokens: 100 } as unknown as ChatRequest;
    const asking = withContext(untold)(chat)(request, new AbortController().signal);
    await assert.rejects(Array.fromAsync(asking), tooLong);
    assert.equal(tries, 12);
  });

  it("is not sent again for another error, nor after more than that it was taken", async () => {
    const broken = new Error("broken");
    const { sent, error } = await sentBy(untold, async function* () {
      yield* [];
      throw broken;
    });
    assert.deepEqual([sent.length, error], [1, broken]);
    const taken = await sentBy(untold, async function* (length) {
      yield { type: "accepted", model: "m" } as never;
      if (length > 5) throw tooLong;
    });
    assert.ok(taken.error === undefined && taken.sent.length > 1);
  });

  it("is answered though nothing is told of its tokens", async () => {
    const events = [
      { type: "delta", text: "ok" },
      { type: "finished", reason: "stop", usage: undefined },
    ] as const;
    const chat: Chat = async function* () {
      yield* events;
    };
    const request = { messages, maxTokens: 100 } as unknown as ChatRequest;
    const answered = Array.fromAsync(withContext(untold)(chat)(request, new AbortController().signal));
    assert.deepEqual(await answered, events);
  });

  it("is known from what its answer says of it, be there hidden thoughts", async () => {
    for (const hidden of [[], [thought]]) {
      let counts = 0;
      const window: ContextWindow = {
        ...untold,
        limit: async () => 1_300,
        count: async () => {
          counts++;
          return undefined;
        },
      };
      const chat: Chat = async function* () {
        yield* hidden;
        yield { type: "delta", text: "ok" };
        const usage = { promptTokens: 1_003, cachedTokens: 0, completionTokens: 9 };
        yield { type: "finished", reason: "stop", usage };
      };
      const layer = withContext(window)(chat);
      const request = { messages: [question(1_000)], maxTokens: 100 } as unknown as ChatRequest;
      const counted: number[] = [];
      for (let turn = 0; turn < 2; turn++) {
        await Array.fromAsync(layer(request, new AbortController().signal));
        counted.push(counts);
      }
      assert.deepEqual(counted, [1, 1]);
    }
  });

  it("is known from what an answer used, but for hidden thoughts", async () => {
    // 85 % of what there is room for are 4845.
    const room = { limit: async () => 5_800 };
    const answer = "1".repeat(995);
    const asked = [question(1_000)];
    const next = [...asked, { role: "assistant", content: answer }, question(1_000)] as const;
    const rows: [hidden: ChatEvent[], counts: number][] = [
      [[], 0],
      [[thought], 1],
      [[{ type: "leftOut" }], 1],
    ];
    for (const [hidden, counts] of rows) {
      let counted = 0;
      const window: ContextWindow = {
        ...untold,
        ...room,
        count: async () => {
          counted++;
          return undefined;
        },
      };
      const chat: Chat = async function* () {
        yield* hidden;
        yield { type: "delta", text: answer.slice(0, 500) };
        yield { type: "delta", text: answer.slice(500) };
        const usage = { promptTokens: 1_003, cachedTokens: 0, completionTokens: 900 };
        yield { type: "finished", reason: "stop", usage };
      };
      const layer = withContext(window)(chat);
      const send = (some: readonly ChatMessage[]) =>
        Array.fromAsync(
          layer({ messages: some, maxTokens: 100 } as unknown as ChatRequest, new AbortController().signal),
        );
      await send(asked);
      counted = 0;
      // 1003 are known; the answer and the question may be twice as much as 904 and 1000, or 1000 and 1000.
      await send(next);
      assert.equal(counted, counts, JSON.stringify(hidden));
    }
  });
});
