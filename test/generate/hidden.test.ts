import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, test } from "vitest";
import { FinishReason } from "../../services/gen/duet/generate/v1/generate.ts";
import { until } from "../support/until.ts";
import { beginStream, delta, finish, sendEvents, startPeer } from "./peer.ts";
import { answer, ask, startGenerate } from "./start.ts";

const reasoning = (text: string, field = "reasoning_content") => ({ choices: [{ delta: { [field]: text } }] });
const call = { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: "get", arguments: "{}" } }] } }] };

/** What becomes of an answer of these events. */
async function hear(context: Parameters<typeof startPeer>[0], events: (string | object)[], given = {}) {
  const peer = await startPeer(context, (response) => sendEvents(response, ...events));
  const { client } = await startGenerate(context, peer.url, given);
  const thinking: { elapsedMs: number; done: boolean }[] = [];
  const heard = await answer(client, ask("hi"));
  for await (const { event } of client.generate(ask("hi"))) if (event?.$case === "thinking") thinking.push(event.value);
  return { ...heard, thinking };
}

describe("what a model thinks is told, and not written", () => {
  const rows: [where: string, events: (string | object)[]][] = [
    ["in the text", ["<th", "ink>", "Hm.", "</think", ">\n\n", "Hello."].map(delta)],
    ["in a field beside it", [reasoning("Hm."), delta("Hello.")]],
    ["in the field of newer servers", [reasoning("Hm.", "reasoning"), delta("Hello.")]],
    ["in Ollama's field", [reasoning("Hm.", "thinking"), delta("Hello.")]],
    [
      "in a part of the text",
      [
        { choices: [{ delta: { content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }] } }] },
        { choices: [{ delta: { content: [{ type: "text", text: "Hello." }] } }] },
      ],
    ],
  ];
  for (const [where, events] of rows)
    test(where, async (context) => {
      const { text, events: cases, finished, thinking } = await hear(context, [...events, finish("stop"), "[DONE]"]);
      assert.deepEqual([text, finished?.leftOut], ["Hello.", false]);
      assert.deepEqual([cases[0], cases.at(-1)], ["started", "finished"]);
      assert.equal(thinking.filter(({ done }) => done).length, 1);
      assert.equal(thinking.at(-1)?.done, true);
      assert.ok(cases.lastIndexOf("thinking") < cases.indexOf("delta"));
    });

  test("about once a second, for how long", async (context) => {
    let at = 0;
    const clock = { now: () => at, after: () => () => {} };
    const peer = await startPeer(context, async (response: ServerResponse) => {
      beginStream(response);
      for (let i = 0; i < 30; i++) {
        response.write(`data: ${JSON.stringify(reasoning("Hm."))}\n\n`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        at += 100;
      }
      for (const event of [delta("Hello."), finish("stop")]) response.write(`data: ${JSON.stringify(event)}\n\n`);
      response.end("data: [DONE]\n\n");
    });
    const { client } = await startGenerate(context, peer.url, { clock });
    const told: number[] = [];
    for await (const { event } of client.generate(ask("hi")))
      if (event?.$case === "thinking") told.push(event.value.done ? -event.value.elapsedMs : event.value.elapsedMs);
    assert.ok(told.length >= 3 && told.length <= 5, told.join());
    assert.equal(told[0], 0);
    assert.ok((told.at(-1) ?? 0) < -2000, told.join());
  });
});

test("a tool that is called is left out, and that is told", async (context) => {
  for (const events of [
    [delta("Wait. "), call],
    [delta('Wait. <tool_call>{"name"'), delta(": 1}</tool_call>")],
  ]) {
    const { text, finished } = await hear(context, [...events, finish("tool_calls"), "[DONE]"]);
    assert.deepEqual([text.trim(), finished?.leftOut], ["Wait.", true]);
  }
});

test("a call in JSON goes through where JSON was asked for", async (context) => {
  const json = '{"name": "get", "arguments": {"a": 1}}';
  const peer = await startPeer(context, (response) => sendEvents(response, delta(json), finish("stop"), "[DONE]"));
  const { client } = await startGenerate(context, peer.url);
  const schema = { $case: "jsonSchema", value: '{"type":"object"}' } as const;
  assert.equal((await answer(client, ask("hi", { constraint: schema }))).text, json);
});

describe("a template that opens the thought", () => {
  const events = [delta("Hm, a greeting."), delta("</think>"), delta("\n\nHello."), finish("stop"), "[DONE]"];
  const listing = (id: string) => ({ "/v1/models": (r: ServerResponse) => r.end(JSON.stringify({ data: [{ id }] })) });

  test("shows itself by its first answer, and is known from the second on", async (context) => {
    const peer = await startPeer(context, (response) => sendEvents(response, ...events));
    const { client } = await startGenerate(context, peer.url);
    assert.equal((await answer(client, ask("hi"))).text, "Hm, a greeting.\n\nHello.");
    assert.equal((await answer(client, ask("hi"))).text, "Hello.");
  });

  test("is known by the model's name", async (context) => {
    const peer = await startPeer(context, (response) => sendEvents(response, ...events), listing("deepseek-r1:8b"));
    const { client } = await startGenerate(context, peer.url);
    assert.equal((await answer(client, ask("hi"))).text, "Hello.");
  });

  test("is known by the setting", async (context) => {
    const peer = await startPeer(context, (response) => sendEvents(response, ...events));
    const { client } = await startGenerate(context, peer.url, { startsThinking: "yes" });
    assert.equal((await answer(client, ask("hi"))).text, "Hello.");
  });

  test("costs no answer where the server takes thoughts out, or the model did not think", async (context) => {
    let beside = true;
    const peer = await startPeer(
      context,
      (response) => {
        const first = beside ? [reasoning("Hm.")] : [];
        sendEvents(response, ...first, delta("Hel"), delta("lo."), finish("stop"), "[DONE]");
      },
      listing("Qwen/QwQ-32B"),
    );
    const { client } = await startGenerate(context, peer.url);
    const { events: cases, text } = await answer(client, ask("hi"));
    assert.equal(text, "Hello.");
    assert.ok(cases.includes("delta"));
    beside = false;
    assert.equal((await answer(client, ask("hi"))).text, "Hello.");
  });
});

describe("a success without a word is none", () => {
  const message = { choices: [{ message: { role: "assistant", content: "Hello." }, finish_reason: "stop" }] };
  const rows: [what: string, events: (string | object)[], hint: RegExp][] = [
    ["nothing", [], /without a word/],
    ["blanks", [delta(" "), delta("\n")], /without a word/],
    ["a thought", [reasoning("Hm.")], /thought, and wrote no answer/],
    ["a thought in the text", [delta("<think>Hm.</think>\n")], /thought, and wrote no answer/],
    ["a call", [call], /called a tool/],
    ["a message in place of a delta", [message], /without a word/],
  ];
  for (const [what, events, hint] of rows)
    test(what, async (context) => {
      const heard = hear(context, [...events, finish("stop"), "[DONE]"]);
      await assert.rejects(heard, (error: Error) => hint.test(error.message) && /UNAVAILABLE/.test(error.message));
    });

  test("a thought that reached its limit says what to do", async (context) => {
    const heard = hear(context, [delta("<think>Hm"), finish("length"), "[DONE]"]);
    await assert.rejects(heard, /allow more tokens, or turn thinking off/);
  });

  test("another server is asked once, and its answer starts once", async (context) => {
    const empty = await startPeer(context, (r) => sendEvents(r, reasoning("Hm."), finish("stop"), "[DONE]"));
    const good = await startPeer(context, (r) => sendEvents(r, delta("Hello."), finish("stop"), "[DONE]"));
    const { client } = await startGenerate(context, [empty.url, good.url]);
    for (let turn = 0; turn < 4; turn++) {
      const { events, text } = await answer(client, ask("hi"));
      assert.equal(text, "Hello.");
      assert.equal(events.filter((event) => event === "started").length, 1);
    }
    const alsoEmpty = await startGenerate(context, [empty.url, empty.url]);
    await assert.rejects(answer(alsoEmpty.client, ask("hi")), /UNAVAILABLE.*wrote no answer/);
  });
});

describe("an oddity ends no good answer", () => {
  const text = delta("Hello.");
  const written = (content: unknown) => ({ choices: [{ delta: { content } }] });
  const parts = (...content: unknown[]) => written(content);
  const second = { index: 1, delta: { content: "Bye." } };
  const usage = (completion_tokens: unknown) => ({ choices: [], usage: { prompt_tokens: 5, completion_tokens } });
  const { STOP, UNSPECIFIED } = FinishReason;
  const rows: [what: string, events: (string | object)[], reason?: FinishReason][] = [
    [
      "text in parts",
      [parts({ type: "text", text: "Hel" }, "lo"), parts({ type: "text", text: "." }), finish("stop"), "[DONE]"],
    ],
    [
      "parts of other kinds",
      [parts({ type: "reference", ids: [1] }, { type: "text", text: "Hello." }, null), finish("stop"), "[DONE]"],
    ],
    [
      "a refusal beside the text",
      [{ choices: [{ delta: { content: null, refusal: "Hello." } }] }, finish("stop"), "[DONE]"],
    ],
    ...[null, 7.5, -1, "7", 99_999_999_999, {}, []].map((count): [string, (string | object)[]] => [
      `usage ${JSON.stringify(count)}`,
      [text, finish("stop"), usage(count), "[DONE]"],
    ]),
    ["usage that is no object", [text, finish("stop"), { choices: [], usage: 7 }, "[DONE]"]],
    ["details that are no object", [text, finish("stop"), { usage: { prompt_tokens_details: 5 } }, "[DONE]"]],
    ["choices that are no list", [{ choices: {} }, text, finish("stop"), "[DONE]"]],
    ["[DONE] and no reason", [text, "[DONE]"], UNSPECIFIED],
    ["a reason and no [DONE]", [text, finish("stop")]],
    ["a reason that is a number", [text, { choices: [{ delta: {}, finish_reason: 1 }] }, "[DONE]"], UNSPECIFIED],
    ["another name for the end", [text, finish("eos_token"), "[DONE]"]],
    ["blanks about [DONE]", [text, finish("stop"), " [DONE] "]],
    ["events of nothing", ["", text, " ", "null", finish("stop"), "[DONE]"]],
    ["a part that is in no list", [written({ type: "text", text: "Hello." }), finish("stop"), "[DONE]"]],
    ["text that is no text", [written(false), written({ url: "x" }), text, finish("stop"), "[DONE]"]],
    [
      "answers that nobody asked for",
      [{ choices: [second] }, { choices: [second, { delta: { content: "Hello." } }] }, finish("stop")],
    ],
    ["an error that is null", [{ error: null, ...text }, finish("stop"), "[DONE]"]],
  ];
  for (const [what, events, reason = STOP] of rows)
    test(what, async (context) => {
      const { text, finished } = await hear(context, events);
      assert.deepEqual([text, finished?.reason], ["Hello.", reason]);
    });

  for (const type of [
    "Text/Event-Stream; Charset=UTF-8",
    "text/plain",
    "application/octet-stream",
    "application/json",
    undefined,
  ])
    test(`content type ${type}`, async (context) => {
      const peer = await startPeer(context, (response) => {
        response.writeHead(200, type === undefined ? {} : { "content-type": type });
        response.end(`data: ${JSON.stringify(text)}\n\ndata: ${JSON.stringify(finish("stop"))}\n\ndata: [DONE]\n\n`);
      });
      const { client } = await startGenerate(context, peer.url);
      assert.equal((await answer(client, ask("hi"))).text, "Hello.");
    });

  test("compression that was not asked for is named", async (context) => {
    const peer = await startPeer(context, (response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" }).write("…");
      response.on("close", () => left++);
    });
    let left = 0;
    const { client } = await startGenerate(context, peer.url);
    await assert.rejects(answer(client, ask("hi")), /compressed/);
    await until("its connection is closed", () => left > 0);
  });

  test("a server that says JSON and then nothing is silent", async (context) => {
    const peer = await startPeer(context, (response) => {
      response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    });
    const { client } = await startGenerate(context, peer.url, { firstTokenTimeoutMs: 300 });
    await assert.rejects(answer(client, ask("hi")), /wrote nothing for 0.3 s/);
  });

  test("a figure is text", async (context) => {
    const { text } = await hear(context, [written("It is "), written(42), finish("stop"), "[DONE]"]);
    assert.equal(text, "It is 42");
  });
});
