import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post, readError, readEvents } from "./ask.ts";

let stack: Stack;
let url: string;
beforeAll(async () => {
  stack = await startStack();
  url = `${stack.url}/v1/chat/completions`;
});
afterAll(() => stack.close());

const ask = (content: string, extra: object = {}) => ({
  model: "duet",
  messages: [{ role: "user", content }],
  ...extra,
});
const spoken = { modalities: ["text", "audio"], audio: { voice: "alloy", format: "pcm16" } };
const tools = [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }];
/** The body that the model server has seen last. */
const lastBody = () => stack.vllm.seen().at(-1)?.body as Came;
/** What the voice's engines have spoken; they are tried when the voice starts, too. */
const spokenTexts = () => stack.fish.flatMap((twin) => twin.seen()).map(({ body }) => (body as Came)?.text ?? "");

describe("plain", () => {
  it("at once", async () => {
    const answer = (await (await post(url, ask("[[say:Hello you.]]"))).json()) as Came;
    assert.equal(answer.object, "chat.completion");
    assert.match(answer.id, /^chatcmpl-/);
    assert.deepEqual(answer.choices[0].message, {
      role: "assistant",
      content: "Hello you.",
      refusal: null,
      annotations: [],
    });
    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
    assert.ok(!spokenTexts().join().includes("Hello you"), "nobody speaks what is only to be read");
  });

  it("streamed, with usage where it is asked for", async () => {
    const { events, done } = await readEvents(
      await post(url, ask("[[say:Hello you.]]", { stream: true, stream_options: { include_usage: true } })),
    );
    assert.ok(done);
    assert.deepEqual(events[0]?.choices[0].delta, { role: "assistant", content: "", refusal: null });
    assert.equal(events.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), "Hello you.");
    assert.deepEqual(events.at(-1)?.choices, []);
    assert.ok(events.at(-1)?.usage.total_tokens > 0);
    assert.equal(events.at(-2)?.choices[0].finish_reason, "stop");
    const { events: without } = await readEvents(await post(url, ask("[[say:Hello you.]]", { stream: true })));
    assert.ok(without.every((event) => !("usage" in event)));
  });

  it("says what the model server was asked", async () => {
    const body = ask("[[say:Yes.]]", {
      messages: [
        { role: "system", content: "Be brief." },
        { role: "developer", content: [{ type: "text", text: "Be kind." }] },
        { role: "user", content: "One?" },
        { role: "assistant", content: "Two." },
        { role: "user", content: [{ type: "text", text: "[[say:Yes.]]" }] },
      ],
      max_completion_tokens: 77,
      temperature: 0.5,
      top_p: 0.9,
      seed: -1,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      stop: "END",
      service_tier: "auto",
      store: false,
    });
    assert.equal((await post(url, body)).status, 200);
    const sent = lastBody();
    assert.deepEqual(sent.messages, [
      { role: "system", content: "Be brief.\n\nBe kind." },
      { role: "user", content: "One?" },
      { role: "assistant", content: "Two." },
      { role: "user", content: "[[say:Yes.]]" },
    ]);
    const { max_tokens, temperature, top_p, seed, presence_penalty, frequency_penalty, stop } = sent;
    assert.deepEqual(
      [max_tokens, temperature, top_p, seed, presence_penalty, frequency_penalty, stop],
      [77, 0.5, 0.9, 4_294_967_295, 0.1, 0.2, ["END"]],
    );
  });

  it("one that is cut at its limit says so", async () => {
    const answer = (await (await post(url, ask("[[tokens:50]]", { max_tokens: 5 }))).json()) as Came;
    assert.equal(answer.choices[0].finish_reason, "length");
  });
});

describe("heard", () => {
  it("streamed: the text as transcript, sound in pieces that may be joined as letters", async () => {
    const { events, done } = await readEvents(
      await post(url, ask("[[say:Hello you there, my friend.]]", { stream: true, ...spoken })),
    );
    assert.ok(done);
    const deltas = events.map(({ choices }) => choices[0]?.delta ?? {});
    assert.equal(deltas.map(({ audio }) => audio?.transcript ?? "").join(""), "Hello you there, my friend.");
    assert.ok(deltas.every(({ content }) => !content));
    const ids = deltas.flatMap(({ audio }) => (audio?.id === undefined ? [] : [audio.id]));
    assert.equal(ids.length, 1);
    const letters = deltas.map(({ audio }) => audio?.data ?? "").join("");
    const bytes = deltas.reduce((sum, { audio }) => sum + Buffer.from(audio?.data ?? "", "base64").length, 0);
    assert.equal(Buffer.from(letters, "base64").length, bytes);
    assert.ok(bytes > 20_000 && bytes % 2 === 0);
    assert.ok(deltas.some(({ audio }) => audio?.expires_at > Date.now() / 1000));
    assert.equal(events.at(-1)?.choices[0].finish_reason, "stop");
  });

  for (const [format, begins] of [
    ["wav", /^RIFF/],
    ["mp3", /^ID3/],
    ["opus", /^OggS/],
    ["pcm16", /^/],
  ] as const)
    it(`at once, as ${format}`, async () => {
      const body = ask("[[say:Hello you.]]", { modalities: ["text", "audio"], audio: { voice: "emma", format } });
      const answer = (await (await post(url, body)).json()) as Came;
      const { content, audio } = answer.choices[0].message;
      assert.equal(content, null);
      assert.equal(audio.transcript, "Hello you.");
      const bytes = Buffer.from(audio.data, "base64");
      assert.match(bytes.toString("latin1"), begins);
      if (format === "wav") assert.equal(bytes.readUInt32LE(40), bytes.length - 44, "its length is known, and told");
    });

  it("an answer may be named by its id in the next question, by its own tenant and while it is known", async () => {
    const first = (await (
      await post(url, ask("[[say:Paris.]]", { modalities: ["text", "audio"], audio: { voice: "emma", format: "mp3" } }))
    ).json()) as Came;
    const { id } = first.choices[0].message.audio;
    const messages = [
      { role: "user", content: "What is the capital of France?" },
      { role: "assistant", audio: { id } },
      { role: "user", content: "[[say:Yes.]]" },
    ];
    assert.equal((await post(url, ask("", { messages }))).status, 200);
    assert.deepEqual(lastBody().messages[2], { role: "assistant", content: "Paris." });
    const unknown = await post(
      url,
      ask("", { messages: [{ role: "assistant", audio: { id: "audio_0" } }, ...messages.slice(2)] }),
    );
    assert.deepEqual([unknown.status, (await readError(unknown)).param], [400, "messages[0].audio.id"]);
  });
});

describe("tools", () => {
  it("are passed on, and what the model calls comes back: not run, not spoken", async () => {
    const before = spokenTexts().length;
    const choice = { type: "function", function: { name: "get_weather" } };
    const body = ask("[[fault:tool-calls-only]]", {
      tools,
      tool_choice: choice,
      parallel_tool_calls: false,
      stream: true,
      ...spoken,
    });
    const { events, done } = await readEvents(await post(url, body));
    assert.ok(done);
    const sent = lastBody();
    assert.deepEqual([sent.tools, sent.tool_choice, sent.parallel_tool_calls], [tools, choice, false]);
    const calls = events.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    assert.deepEqual(
      calls.map(({ index, type, function: called }) => [index, type, called]),
      [[0, "function", { name: "f", arguments: "{}" }]],
    );
    assert.ok(calls[0].id.length > 0);
    assert.equal(events.at(-1)?.choices[0].finish_reason, "tool_calls");
    assert.equal(spokenTexts().length, before);
  });

  it("several at once, in parts, beside what the model says", async () => {
    const answer = (await (await post(url, ask("[[fault:tool-calls-parallel]]", { tools }))).json()) as Came;
    const { message, finish_reason } = answer.choices[0];
    assert.equal(message.content, "Let me look.");
    assert.equal(finish_reason, "tool_calls");
    assert.deepEqual(
      message.tool_calls.map(({ id, function: { name, arguments: given } }: Came) => [id, name, given]),
      [
        ["chatcmpl-tool-a", "get_weather", '{"city": "Paris"}'],
        ["chatcmpl-tool-b", "get_time", "{}"],
      ],
    );
  });

  it("what they have returned goes to the model with their calls", async () => {
    const calls = ["a", "b"].map((id) => ({
      id,
      type: "function",
      function: { name: "get_weather", arguments: "{}" },
    }));
    const messages = [
      { role: "user", content: "Weather?" },
      { role: "assistant", content: null, tool_calls: calls },
      { role: "tool", tool_call_id: "a", content: "sunny" },
      { role: "tool", tool_call_id: "b", content: "" },
      { role: "user", content: "[[say:It is sunny.]]" },
    ];
    const answer = (await (await post(url, ask("", { messages, tools }))).json()) as Came;
    assert.equal(answer.choices[0].message.content, "It is sunny.");
    assert.deepEqual(lastBody().messages.slice(1), messages);
  });

  it("without tools a call that the model makes up is left out", async () => {
    const refused = await post(url, ask("[[fault:tool-calls-only]]"));
    assert.ok(refused.status >= 500);
    await readError(refused);
  });
});

describe("a shape", () => {
  const schema = { type: "object", properties: { reply: { type: "string" } }, required: ["reply"] };
  const format = { type: "json_schema", json_schema: { name: "answer", schema, strict: true } };
  const rows: [format: object, sent: object][] = [
    [
      { response_format: format },
      { response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true } } },
    ],
    [
      { response_format: { type: "json_object" } },
      {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: { type: "object" }, strict: true },
        },
      },
    ],
    [{ response_format: { type: "regex", regex: "[ab]+" } }, { structured_outputs: { regex: "[ab]+" } }],
    [{ response_format: { type: "choice", choice: ["yes", "no"] } }, { structured_outputs: { choice: ["yes", "no"] } }],
    [{ response_format: { type: "text" } }, {}],
  ];
  for (const [given, sent] of rows)
    it(JSON.stringify(given), async () => {
      const response = await post(url, ask("Well?", given));
      assert.equal(response.status, 200, await response.clone().text());
      await response.json();
      const { response_format, structured_outputs } = lastBody();
      assert.deepEqual(JSON.parse(JSON.stringify({ response_format, structured_outputs })), sent);
    });

  it("of an answer in JSON the values are heard", async () => {
    const body = ask('[[say:{"mood":"glad","reply":"Good morning."}]]', {
      response_format: { type: "json_object" },
      spoken: ["reply"],
      stream: true,
      ...spoken,
    });
    const { events } = await readEvents(await post(url, body));
    assert.equal(
      events.map(({ choices }) => choices[0]?.delta.audio?.transcript ?? "").join(""),
      '{"mood":"glad","reply":"Good morning."}',
    );
    assert.ok(events.some(({ choices }) => choices[0]?.delta.audio?.data));
    const words = spokenTexts().join(" ");
    assert.match(words, /Good morning/);
    assert.doesNotMatch(words, /glad|mood|reply/);
  });
});

describe("a conversation that is kept", () => {
  it("needs its last question alone", async () => {
    const session = { session_id: "talk-1", user: "ada" };
    await (await post(url, ask("My name is Ada. [[say:Hello Ada.]]", session))).json();
    const second = await readEvents(
      await post(url, ask("[[say:You are Ada.]]", { ...session, stream: true, ...spoken })),
    );
    assert.ok(second.done);
    assert.deepEqual(lastBody().messages.slice(1, 3), [
      { role: "user", content: "My name is Ada. [[say:Hello Ada.]]" },
      { role: "assistant", content: "Hello Ada." },
    ]);
    const more = await post(
      url,
      ask("", {
        ...session,
        messages: [
          { role: "user", content: "a" },
          { role: "user", content: "b" },
        ],
      }),
    );
    assert.deepEqual([more.status, (await readError(more)).param], [400, "messages"]);
  });
});

describe("what goes wrong", () => {
  const rows: [name: string, extra: object, param: string][] = [
    ["no messages", { messages: [] }, "messages"],
    ["instructions alone", { messages: [{ role: "system", content: "x" }] }, "messages"],
    ["a role that is none", { messages: [{ role: "robot", content: "x" }] }, "messages[0].role"],
    [
      "a picture",
      { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "x" } }] }] },
      "messages[0].content",
    ],
    ["more than one answer", { n: 2 }, "n"],
    ["a temperature out of range", { temperature: 3 }, "temperature"],
    ["sound without a voice", { modalities: ["text", "audio"] }, "audio"],
    [
      "a streamed file",
      { modalities: ["text", "audio"], stream: true, audio: { voice: "alloy", format: "mp3" } },
      "audio.format",
    ],
    [
      "an unknown form of sound",
      { modalities: ["text", "audio"], audio: { voice: "alloy", format: "flac" } },
      "audio.format",
    ],
    ["functions", { functions: [] }, "functions"],
    ["a tool that is none", { tools: [{ type: "web_search" }] }, "tools[0].type"],
    ["log probabilities", { logprobs: true }, "logprobs"],
    ["too many stops", { stop: ["a", "b", "c", "d", "e"] }, "stop"],
  ];
  for (const [name, extra, param] of rows)
    it(`${name}: 400, and no model works`, async () => {
      const before = stack.vllm.seen().length;
      const response = await post(url, ask("Hello?", extra));
      assert.equal(response.status, 400);
      assert.equal((await readError(response)).param, param);
      assert.equal(stack.vllm.seen().length, before);
    });

  it("a model server that fails before it begins is told by a status", async () => {
    const response = await post(url, ask("[[fault:engine-dead]]", { stream: true }));
    assert.ok(response.status >= 500, `${response.status}`);
    await readError(response);
  });

  it("one that breaks off is told in the stream, which then has no end", async () => {
    const { events, done } = await readEvents(await post(url, ask("[[fault:error-mid]]", { stream: true })));
    assert.equal(done, false);
    assert.deepEqual(Object.keys(events.at(-1)?.error).sort(), ["code", "message", "param", "type"]);
  });
});
