import assert from "node:assert/strict";
import { type TestContext, test } from "vitest";
import { tokenize } from "../../infra/twins/vllm/batch/tokens.ts";
import { startVllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";
import { type DeepPartial, type Message, Role } from "../../services/gen/duet/generate/v1/generate.ts";
import { delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, startGenerate } from "./start.ts";

const system = { role: Role.SYSTEM, content: "You are a voice assistant. ".repeat(8) };
const saying = (i: number) => `Number ${i}: tell me of ships, of harbours and of winds. ${"And of sails. ".repeat(20)}`;

async function start(context: TestContext, given: Partial<VllmTwinOptions>) {
  const twin = await startVllmTwin({ timeScale: 0, ...given });
  context.onTestFinished(() => twin.close());
  return { twin, ...(await startGenerate(context, twin.url)) };
}

/** Talks turn by turn with all that was said; gives what the server was sent in each turn. */
async function talk(service: Awaited<ReturnType<typeof start>>, turns: number) {
  const messages: DeepPartial<Message>[] = [system];
  for (let turn = 0; turn < turns; turn++) {
    messages.push({ role: Role.USER, content: `${saying(turn)} [[tokens:40]]` });
    const { text } = await answer(service.client, { messages, maxTokens: 64 });
    messages.push({ role: Role.ASSISTANT, content: text });
  }
  return service.twin.seen().map(({ body }) => (body as { messages: { role: string; content: string }[] }).messages);
}

test("a conversation longer than the context goes on: its oldest exchanges are left out, in blocks", async (context) => {
  const sent = await talk(await start(context, { maxModelLen: 2048 }), 40);
  assert.equal(sent.length, 40, "none was refused and asked again");
  let moves = 0;
  for (const [turn, messages] of sent.entries()) {
    assert.equal(messages[0]?.content, system.content);
    assert.equal(messages[1]?.role, "user");
    assert.ok(messages.at(-1)?.content.startsWith(`Number ${turn}:`));
    const before = sent[turn - 1];
    if (before === undefined) continue;
    // Byte for byte what was sent before, and more; or a new beginning.
    const same = before.every(({ content }, i) => messages[i]?.content === content);
    if (!same) moves++;
  }
  assert.ok(moves >= 3 && moves <= 12, `${moves} new beginnings in 40 turns`);
});

/** The tokens of a prompt, as the stand-in's tokenizer counts them. */
const tokensOf = ({ content }: { content: string }) => 5 + tokenize(content).length;

const kinds: Record<string, (i: number) => string> = {
  "long words": (i) => `${i} ${"absolute question standard ".repeat(40)}`,
  figures: (i) => `${i} ${"3.14159, 2.71828; ".repeat(30)}`,
  hanzi: (i) => `${i}${"今天的天气怎么样我们去公园散步吧".repeat(30)}`,
  "short words": (i) => `${i} ${"I am in it as we go on. ".repeat(40)}`,
  "figures first, then long words": (i) => (i < 60 ? kinds.figures?.(i) : kinds["long words"]?.(i)) ?? "",
  "long words first, then figures": (i) => (i < 100 ? kinds["long words"]?.(i) : kinds.figures?.(i)) ?? "",
};
for (const [kind, content] of Object.entries(kinds))
  test(`a conversation that is new to the service is cut where its tokens say: ${kind}`, async (context) => {
    const all = Array.from(
      { length: 121 },
      (_, i) => ({ role: i % 2 === 0 ? "user" : "assistant", content: content(i) }) as const,
    );
    const total = all.reduce((sum, message) => sum + tokensOf(message), 0);
    const exchange = Math.max(...all.map(tokensOf)) * 2;
    // Once it just fits, once it does not, once a part of it does.
    for (const maxModelLen of [Math.ceil(total * 1.01) + 16, Math.floor(total * 0.99), Math.floor(total * 0.5)]) {
      const { twin, client } = await start(context, { maxModelLen });
      const messages = all.map(({ role, content }) => ({
        role: role === "user" ? Role.USER : Role.ASSISTANT,
        content,
      }));
      await answer(client, { messages, maxTokens: 8 });
      const bodies = twin.seen().map(({ body }) => body as { messages: { content: string }[] });
      assert.equal(bodies.length, 1, "it is not refused");
      const sent = bodies[0]?.messages.reduce((sum, message) => sum + tokensOf(message), 0) ?? 0;
      const budget = maxModelLen - 8;
      if (total + 3 <= budget) assert.equal(sent, total, "what fits is sent whole");
      // A cut leaves the newest exchanges, 70 % of the budget and up to all of it; how much depends on where earlier
      // turns were cut.
      else assert.ok(sent <= budget && sent >= 0.68 * budget - exchange, `${sent} of ${total} tokens in ${budget}`);
    }
  });

test("what fits is sent as it is", async (context) => {
  const sent = await talk(await start(context, { maxModelLen: 32_768 }), 12);
  for (const [turn, messages] of sent.entries()) assert.equal(messages.length, 2 + 2 * turn);
});

test("a server that tells its limit only by refusing is asked once more, for less", async (context) => {
  const sizes: number[] = [];
  const peer = await startPeer(context, (response, _request, body) => {
    const { messages } = JSON.parse(body) as { messages: unknown[] };
    sizes.push(messages.length);
    if (messages.length > 20) {
      const error = { message: "too long", type: "exceed_context_size_error", code: 400 };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    } else sendEvents(response, delta("ok"), finish("stop"), "[DONE]");
  });
  const { client } = await startGenerate(context, peer.url);
  const turn = (i: number) => [
    { role: Role.USER, content: saying(i) },
    { role: Role.ASSISTANT, content: "Yes." },
  ];
  const messages = [...Array.from({ length: 11 }, (_, i) => turn(i)).flat(), { role: Role.USER, content: "And now?" }];
  assert.equal((await answer(client, { messages })).text, "ok");
  assert.equal(sizes.length, 2);
});
